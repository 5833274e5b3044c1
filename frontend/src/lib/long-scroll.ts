/**
 * Browsers stop laying out at some 17 to 33 million pixels, a million posters need more. A list longer than `longest` gets that
 * height, and its content is moved under it by `shift`: small movements stay one to one, a jump of the scroll bar lands in
 * proportion. (The method of SlickGrid: the list is cut in pages, each with a fixed shift.)
 */
export interface ScrollShape {
  /** Height of all content, px. */
  readonly total: number
  readonly viewport: number
}
export interface ScrollPlace {
  /** Scroll offset in the document's own pixels, from the top of the list. */
  readonly physical: number
  readonly shift: number
}

export const longest = 8_000_000
const parts = 100

export const physicalHeight = (total: number): number => Math.min(total, longest)

const pageHeight = longest / parts
const shiftOf = (page: number, total: number): number => {
  const pages = Math.ceil(total / pageHeight)
  return Math.round(page * ((total - longest) / (pages - 1)))
}
const lastPage = (total: number) => Math.ceil(total / pageHeight) - 1

/** The place for a virtual offset. */
export function placeAt(top: number, { total, viewport }: ScrollShape): ScrollPlace {
  const within = Math.max(0, Math.min(top, total - viewport))
  if (total <= longest) return { physical: within, shift: 0 }
  const shift = shiftOf(Math.min(lastPage(total), Math.floor(within / pageHeight)), total)
  return { physical: within - shift, shift }
}

/** The place after the document was scrolled from `before` to `physical`; where its `physical` differs, scroll there. */
export function placeAfter(physical: number, before: ScrollPlace, shape: ScrollShape): ScrollPlace {
  const { total, viewport } = shape
  if (total <= longest) return { physical, shift: 0 }
  if (Math.abs(physical - before.physical) < viewport) return placeAt(physical + before.shift, shape)
  const page = Math.floor((Math.max(0, physical) * ((total - viewport) / (longest - viewport))) / pageHeight)
  return { physical, shift: shiftOf(Math.min(lastPage(total), page), total) }
}
