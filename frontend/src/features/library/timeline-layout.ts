import type { ItemSummary } from '@projectionist/shared/api/items'
import { estimatedHeight, justify, tileRatio, type Justified } from './justified.js'
import type { Index } from './pages.js'

/** A stretch of the timeline that is laid out at once: a bucket, with the month's heading where the month begins. */
export interface Section {
  readonly key: string
  readonly start: number
  readonly count: number
  readonly heading: boolean
}

export function sectionsOf({ buckets }: Pick<Index, 'buckets'>): readonly Section[] {
  let start = 0
  return buckets.map(({ key, count }, index) => {
    const section = { key, start, count, heading: buckets[index - 1]?.key !== key }
    start += count
    return section
  })
}

export interface TimelineShape {
  readonly width: number
  readonly rowHeight: number
  readonly gap: number
  readonly headingHeight: number
}

/** Lays out the pictures of a section, once they are known. */
export const layOut = (items: readonly ItemSummary[], { width, rowHeight, gap }: TimelineShape): Justified =>
  justify(
    items.map(item => tileRatio(item.width, item.height)),
    width,
    rowHeight,
    gap,
  )

/** Where each section begins, and at the end where the last one ends: exact for those laid out, estimated for the others. */
export function offsetsOf(
  sections: readonly Section[],
  known: ReadonlyMap<number, Justified>,
  shape: TimelineShape,
): readonly number[] {
  const offsets = [0]
  sections.forEach((section, index) => {
    const body = known.get(index)?.height ?? estimatedHeight(section.count, shape.width, shape.rowHeight, shape.gap)
    offsets.push(offsets[index]! + (section.heading ? shape.headingHeight : 0) + body + shape.gap)
  })
  return offsets
}

/** Index of the section at an offset. */
export function sectionAt(offsets: readonly number[], top: number): number {
  let low = 0
  let high = Math.max(0, offsets.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (offsets[middle]! <= top) low = middle
    else high = middle - 1
  }
  return low
}
