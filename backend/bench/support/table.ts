import { loadavg } from 'node:os'

/** Value below which a share of the samples lies: `percentile(times, 0.99)`. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

export const load = (): string => loadavg().map(value => value.toFixed(2)).join(' ')
export const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))
export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** Prints rows as a table for notes, under a title with the load of the machine. */
export function printTable(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n### ${title} (load average ${load()})\n`)
  console.log(`| ${columns.join(' | ')} |`)
  console.log(`|${columns.map(() => '---').join('|')}|`)
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}
