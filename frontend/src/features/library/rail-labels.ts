import type { Mark } from './pages.js'

export interface RailLabel {
  readonly text: string
  /** Place on the rail, 0 to 1. */
  readonly at: number
}

/**
 * What is written along the rail: each key where its items begin, and only as many as have room; months stand under their
 * year. Keys that begin where another has just been written are left out; dragging still stops at them.
 */
export function railLabels(marks: readonly Mark[], total: number, height: number, lineHeight: number): readonly RailLabel[] {
  const labels: RailLabel[] = []
  let before = ''
  for (const { key, start } of marks) {
    const text = /^\d{4}-\d{2}$/.test(key) ? key.slice(0, 4) : key
    if (text === before) continue
    const at = start / Math.max(1, total)
    const last = labels[labels.length - 1]
    if (last && (at - last.at) * height < lineHeight) continue
    before = text
    labels.push({ text, at })
  }
  return labels
}
