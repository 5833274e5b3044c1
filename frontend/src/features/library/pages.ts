import type { Response } from '@projectionist/shared/api/endpoint'
import type { getItemsIndex } from '@projectionist/shared/api/items'

export type Index = Response<typeof getItemsIndex>

/** A stretch of a list that is fetched in one go: from item `start` on, `count` items, `cursor` leads there. */
export interface ListPage {
  readonly start: number
  readonly count: number
  readonly cursor: string
}

/** What the rail shows: where the items of a key begin. */
export interface Mark {
  readonly key: string
  readonly start: number
  readonly count: number
}

/** The server answers at most so many items at once. */
const most = 500
/** Neighbouring buckets are fetched together up to this many: few requests, each soon there. */
const enough = 120

/**
 * Cuts a list into pages along its buckets. A page starts where a bucket does, since only these places have cursors; small
 * buckets share a page.
 */
export function pagesOf({ buckets }: Pick<Index, 'buckets'>): readonly ListPage[] {
  const pages: { start: number; count: number; cursor: string }[] = []
  let start = 0
  for (const { count, cursor } of buckets) {
    const last = pages.at(-1)
    if (count > 0) {
      if (last && last.count < enough && last.count + count <= most) last.count += count
      else pages.push({ start, count, cursor })
    }
    start += count
  }
  return pages
}

/** Index of the page that holds an item of the list; the last one for what lies beyond the end. */
export function pageAt(pages: readonly ListPage[], item: number): number {
  let low = 0
  let high = pages.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pages[middle]!.start <= item) low = middle
    else high = middle - 1
  }
  return low
}

/** Keys of the list in its order, neighbouring buckets of one key joined. */
export function marksOf({ buckets }: Pick<Index, 'buckets'>): readonly Mark[] {
  const marks: { key: string; start: number; count: number }[] = []
  let start = 0
  for (const { key, count } of buckets) {
    const last = marks[marks.length - 1]
    if (last?.key === key) last.count += count
    else marks.push({ key, start, count })
    start += count
  }
  return marks
}

/** Index of the mark an item stands under. */
export function markAt(marks: readonly Mark[], item: number): number {
  let low = 0
  let high = marks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (marks[middle]!.start <= item) low = middle
    else high = middle - 1
  }
  return low
}
