const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const two = (value: number) => String(value).padStart(2, '0')

/** A moment as a field of type `datetime-local` has it, in the person's zone, to the minute. */
export function toLocal(iso: string): string {
  const date = new Date(iso)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Back again; null for what is no moment. */
export function fromLocal(local: string): string | null {
  const ms = local === '' ? NaN : new Date(local).getTime()
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

/** So many places a slider has between the first moment and now. */
export const sliderSteps = 1000

/** The moment at a slider's place, a whole minute of those between; the last place is now. */
export function momentAt(step: number, firstMs: number, nowMs: number): string {
  if (step >= sliderSteps) return new Date(nowMs).toISOString()
  const ms = firstMs + ((nowMs - firstMs) * step) / sliderSteps
  return new Date(Math.floor(ms / minuteMs) * minuteMs).toISOString()
}

export const stepOf = (iso: string, firstMs: number, nowMs: number): number =>
  nowMs <= firstMs
    ? sliderSteps
    : Math.min(sliderSteps, Math.max(0, Math.round(((Date.parse(iso) - firstMs) / (nowMs - firstMs)) * sliderSteps)))

/** Moments one asks for again and again. */
export const quickMoments: readonly { readonly label: string; readonly agoMs: number }[] = [
  { label: 'An hour ago', agoMs: 60 * minuteMs },
  { label: 'Yesterday', agoMs: dayMs },
  { label: 'A week ago', agoMs: 7 * dayMs },
  { label: 'A month ago', agoMs: 30 * dayMs },
  { label: 'A year ago', agoMs: 365 * dayMs },
]
