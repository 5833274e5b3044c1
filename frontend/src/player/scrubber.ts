/** From the pointer to a time and back, on a bar as wide as the film is long. */

export interface Range {
  readonly startMs: number
  readonly endMs: number
}
export interface ChapterMark {
  readonly startMs: number
  readonly title: string
}

export const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high))

/** The time under `clientX` on a bar from `left`, `width` pixels wide; the ends are as near as it gets. */
export function timeAt(clientX: number, bar: { readonly left: number; readonly width: number }, durationMs: number): number {
  return bar.width <= 0 ? 0 : Math.round(clamp((clientX - bar.left) / bar.width, 0, 1) * durationMs)
}

/** Part of the bar before a time, from 0 to 1. */
export const fraction = (ms: number, durationMs: number) => (durationMs <= 0 ? 0 : clamp(ms / durationMs, 0, 1))

/** The chapter a time is in; null before the first. */
export function chapterAt<C extends ChapterMark>(chapters: readonly C[], ms: number): C | null {
  return chapters.findLast(chapter => chapter.startMs <= ms) ?? null
}

export interface Segment extends Range {
  readonly title: string | null
}
/** The bar cut at its chapters, from 0 to the end without gaps; one segment when there are none. Marks past the end are left out. */
export function segments(chapters: readonly ChapterMark[], durationMs: number): readonly Segment[] {
  const marks = chapters.filter(chapter => chapter.startMs < durationMs).toSorted((a, b) => a.startMs - b.startMs)
  const first = marks[0]
  const starts = first === undefined || first.startMs > 0 ? [{ startMs: 0, title: null }, ...marks] : marks
  return starts
    .map((mark, at) => ({ startMs: mark.startMs, endMs: starts[at + 1]?.startMs ?? durationMs, title: mark.title }))
    .filter(segment => segment.endMs > segment.startMs)
}

/** How much of `segment`, from 0 to 1, lies before `ms`. */
export const filled = (segment: Range, ms: number) => clamp((ms - segment.startMs) / (segment.endMs - segment.startMs), 0, 1)

/** Start of the chapter before or after; going back within the first three seconds of a chapter goes to the one before it. */
export function chapterStep(chapters: readonly ChapterMark[], ms: number, step: 1 | -1): number | null {
  if (step === 1) return chapters.find(chapter => chapter.startMs > ms)?.startMs ?? null
  return chapters.findLast(chapter => chapter.startMs < ms - 3000)?.startMs ?? (chapters.length > 0 ? 0 : null)
}
