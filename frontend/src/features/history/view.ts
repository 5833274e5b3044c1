import { typesOf } from '../../lib/history-kinds.js'
import type { EntryFilter } from '../../lib/history.js'

/** What one looks for: part of the address, so that it can be shared and gone back to. */
export interface View {
  readonly q: string | null
  /** Ids of `historyKinds`. */
  readonly what: readonly string[]
  readonly user: string | null
  readonly process: string | null
  readonly device: string | null
  readonly library: string | null
  /** Days of the calendar, `YYYY-MM-DD`, by the person's zone; both inclusive. */
  readonly from: string | null
  readonly to: string | null
  readonly item: string | null
  readonly subject: string | null
  readonly scan: string | null
  /** All that this entry led to. */
  readonly cause: string | null
  /** One entry, shown by itself above the rest. */
  readonly entry: string | null
}

const single = ['q', 'user', 'process', 'device', 'library', 'from', 'to', 'item', 'subject', 'scan', 'cause', 'entry'] as const

export function viewOf(search: URLSearchParams): View {
  const values = Object.fromEntries(single.map(name => [name, search.get(name) || null])) as Record<
    (typeof single)[number],
    string | null
  >
  const day = (value: string | null) =>
    value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
  return { ...values, from: day(values.from), to: day(values.to), what: search.getAll('what') }
}

/** The address with some of it changed; what says nothing is left out. */
export function withView(search: URLSearchParams, changes: Partial<View>): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name)
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value as string | null])
      if (one) next.append(name, one)
  }
  return next
}

/** What to ask the server for. Days begin and end at midnight where the person is. */
export function filterOf({ what, from, to, entry: _, ...view }: View): EntryFilter {
  const given = Object.fromEntries(Object.entries(view).filter(([, value]) => value !== null)) as EntryFilter
  const kind = typesOf(what)
  return {
    ...given,
    ...(kind.length > 0 && { kind }),
    ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to && { to: endOfDay(to).toISOString() }),
  }
}

function endOfDay(day: string): Date {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + 1)
  return date
}

/** Whether anything narrows the history. */
export const isNarrowed = ({ entry: _, ...view }: View): boolean =>
  Object.values(view).some(value => value !== null && value.length > 0)

/** The day so many days before `now`, by the person's zone. */
export function dayBefore(days: number, now: number): string {
  const date = new Date(now)
  date.setDate(date.getDate() - days)
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-')
}
