import { getHistory, type HistoryEntry } from '@projectionist/shared/api/history'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from './api.js'

export interface HistoryFilter {
  readonly item?: string | undefined
  readonly user?: string | undefined
  readonly kind?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What happened, newest first, page by page. */
export const historyQuery = (filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: ['history', filter],
    queryFn: ({ pageParam, signal }) =>
      call(getHistory, { query: { ...filter, limit: 60, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    select: data => data.pages.flatMap(page => page.entries),
    meta: { topics: ['history'] },
  })

/** Entries that one cause brought about, as they follow each other. */
export interface Cause {
  readonly id: string
  readonly entries: readonly HistoryEntry[]
}

/** Puts neighbours of one cause together. */
export function byCause(entries: readonly HistoryEntry[]): readonly Cause[] {
  const causes: { id: string; correlationId: string; entries: HistoryEntry[] }[] = []
  for (const entry of entries) {
    const last = causes.at(-1)
    if (last?.correlationId === entry.correlationId) last.entries.push(entry)
    else causes.push({ id: entry.id, correlationId: entry.correlationId, entries: [entry] })
  }
  return causes
}

/** Puts neighbours of one calendar day together, by the person's zone. */
export function byDay<T>(
  values: readonly T[],
  at: (value: T) => string,
): readonly { readonly day: string; readonly values: readonly T[] }[] {
  const days: { day: string; key: string; values: T[] }[] = []
  for (const value of values) {
    const key = new Date(at(value)).toDateString()
    const last = days.at(-1)
    if (last?.key === key) last.values.push(value)
    else days.push({ day: at(value), key, values: [value] })
  }
  return days
}
