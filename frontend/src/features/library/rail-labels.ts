import type { Mark } from './pages.js'

export interface RailLabel {
  readonly text: string
  /** Place on the rail, 0 to 1. */
  readonly at: number
}

/** A key gives way to the next one when that holds so many times as much and there is room for one of them. */
const outweighs = 4

/**
 * What is written along the rail: each key where its items begin, and only as many as have room; months stand under their
 * year. Of keys that begin too near to each other one is left out; dragging still stops at it.
 */
export function railLabels(marks: readonly Mark[], total: number, height: number, lineHeight: number): readonly RailLabel[] {
  const labels: (RailLabel & { readonly count: number })[] = []
  let before = ''
  for (const { key, start, count } of marks) {
    const text = /^\d{4}-\d{2}$/.test(key) ? key.slice(0, 4) : key
    if (text === before) continue
    const at = start / Math.max(1, total)
    const last = labels[labels.length - 1]
    if (last && (at - last.at) * height < lineHeight) {
      if (count < last.count * outweighs) continue
      labels.pop()
    }
    before = text
    labels.push({ text, at, count })
  }
  return labels.map(({ text, at }) => ({ text, at }))
}
