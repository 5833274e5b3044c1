/** Times as people say them, in their locale and zone. Everything takes `now` where it matters, in ms since 1970. */

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Length of a film or a piece of it: `2 h 14 min`, `43 min`, `50 s`. */
export function duration(ms: number): string {
  if (ms < minuteMs) return `${Math.max(1, Math.round(ms / 1000))} s`
  const minutes = Math.round(ms / minuteMs)
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return hours === 0 ? `${minutes} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** What is left to play: `1 h 12 min left`, `under a minute left`. */
export const timeLeft = (positionMs: number, durationMs: number): string => {
  const left = Math.max(0, durationMs - positionMs)
  return left < minuteMs ? 'under a minute left' : `${duration(left)} left`
}

/** A place in a film or track as players show it: `1:02:07`, `3:05`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const startOfDay = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
/** Calendar days from `ms` to `now`, by the person's zone. */
const daysAgo = (ms: number, now: number) => Math.round((startOfDay(now) - startOfDay(ms)) / dayMs)

/** How long ago: `just now`, `12 minutes ago`, `yesterday`, `on Tuesday`, `on 3 March`, `on 3 March 2021`. */
export function ago(iso: string, now: number, locale?: string): string {
  const then = Date.parse(iso)
  const past = now - then
  if (past < minuteMs) return 'just now'
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (past < hourMs) return relative.format(-Math.floor(past / minuteMs), 'minute')
  const days = daysAgo(then, now)
  if (days === 0) return relative.format(-Math.floor(past / hourMs), 'hour')
  if (days === 1) return relative.format(-1, 'day')
  if (days < 7) return `on ${new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(then)}`
  return `on ${calendarDay(iso, now, locale)}`
}

/** A day of the calendar; its year only where it is not this one: `3 March`, `3 March 2021`. */
export function calendarDay(iso: string, now: number, locale?: string): string {
  const then = new Date(iso)
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return then.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** Heading for the things of one day: `Today`, `Yesterday`, `Tuesday 3 March`. */
export function dayHeading(iso: string, now: number, locale?: string): string {
  const days = daysAgo(Date.parse(iso), now)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const weekday = new Date(iso).toLocaleDateString(locale, { weekday: 'long' })
  return `${weekday} ${calendarDay(iso, now, locale)}`
}

/** The time of day: `21:40`, `9:40 PM`, as the locale has it. */
export const timeOfDay = (iso: string, locale?: string): string =>
  new Date(iso).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })

/** Day of a date without a zone, `YYYY-MM-DD…`, in words: `3 March 2021`. */
export const wholeDate = (date: string, locale?: string): string =>
  new Date(`${date.slice(0, 10)}T12:00:00`).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** A month key of an index, `2021-03`, in words: `March 2021`; other keys stay as they are. */
export const monthWords = (key: string, locale?: string): string =>
  /^\d{4}-\d{2}$/.test(key) ? new Date(`${key}-15T12:00:00`).toLocaleDateString(locale, { month: 'long', year: 'numeric' }) : key

/** Where somebody left off, in a sentence: `left off 12 minutes in, on Tuesday`. */
export function leftOff(positionMs: number, at: string, now: number, locale?: string): string {
  const minutes = Math.floor(positionMs / minuteMs)
  const place =
    minutes < 1
      ? `${Math.max(1, Math.floor(positionMs / 1000))} seconds in`
      : minutes < 90
        ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} in`
        : `${duration(positionMs)} in`
  return `left off ${place}, ${ago(at, now, locale)}`
}

/** How long something that is measured will still take; null where it cannot be said honestly yet. */
export function estimate(done: number, total: number, elapsedMs: number): string | null {
  if (done < 20 || elapsedMs < 3000 || done >= total) return null
  const left = (elapsedMs / done) * (total - done)
  return left < 90_000 ? 'about a minute left' : `about ${duration(Math.ceil(left / minuteMs) * minuteMs)} left`
}
