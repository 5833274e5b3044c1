import {
  exportHistory,
  getHistory,
  getHistoryChoices,
  getHistoryEntry,
  getHistoryGroups,
  type HistoryEntry,
  type HistoryGroup,
} from '@projectionist/shared/api/history'
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, session } from './api.js'
import { ApiError, unreachable } from './problem.js'
import { addressOf } from './request.js'

/** What of the history is asked for; what is absent is not asked. */
export interface HistoryFilter {
  readonly item?: string | undefined
  readonly subject?: string | undefined
  readonly scan?: string | undefined
  readonly library?: string | undefined
  readonly user?: string | undefined
  readonly device?: string | undefined
  readonly process?: string | undefined
  readonly kind?: string[] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly q?: string | undefined
}
/** The same of single entries: all of one line, or all that one entry led to. */
export interface EntryFilter extends HistoryFilter {
  readonly group?: string | undefined
  readonly owner?: string | undefined
  readonly cause?: string | undefined
}

const LINES = 40
const ENTRIES = 60
/** A page may be empty while there is more further back: looks on so many times before it asks whether to. */
const LOOKS_ON = 12

const linesQuery = (filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: ['history', 'lines', filter],
    async queryFn({ pageParam, signal }) {
      const groups: HistoryGroup[] = []
      let cursor = pageParam
      for (let looks = 0; looks < LOOKS_ON; looks++) {
        const page = await call(getHistoryGroups, { query: { ...filter, limit: LINES, ...(cursor && { cursor }) }, signal })
        groups.push(...page.groups)
        cursor = page.next
        if (cursor === null || groups.length >= LINES / 2) break
      }
      return { groups, next: cursor }
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    staleTime: Infinity,
  })

/** Pages of lines or entries, as lists show them. */
export interface Pages<T> {
  readonly values: readonly T[] | undefined
  readonly error: unknown
  readonly retry: () => void
  /** Fetches further back; absent at the end. */
  readonly more: (() => void) | undefined
  readonly fetching: boolean
}

/**
 * Lines of the history, newest first. While one looks at the first page, what is new joins it; further back nothing moves, and
 * `news` brings the newest.
 */
export function useHistoryLines(filter: HistoryFilter): Pages<HistoryGroup> & { readonly news: (() => void) | undefined } {
  const client = useQueryClient()
  const options = linesQuery(filter)
  const lines = useInfiniteQuery(options)
  const newest = useQuery({
    queryKey: ['history', 'newest', filter],
    queryFn: ({ signal }) => call(getHistoryGroups, { query: { ...filter, limit: 1 }, signal }),
    select: page => page.groups[0] && `${page.groups[0].id} ${page.groups[0].position}`,
    meta: { topics: ['history'] as const },
  })
  const first = lines.data?.pages[0]?.groups[0]
  const behind = lines.isSuccess && newest.data !== undefined && newest.data !== (first && `${first.id} ${first.position}`)
  const alone = (lines.data?.pages.length ?? 0) <= 1
  const { isFetching, refetch } = lines
  useEffect(() => {
    if (behind && alone && !isFetching) void refetch()
    // One fetch for each thing that is new.
    // eslint-disable-next-line react/exhaustive-deps
  }, [newest.data])
  return {
    values: lines.data?.pages.flatMap(page => page.groups),
    error: lines.data ? null : lines.error,
    retry: () => void refetch(),
    more: lines.hasNextPage ? () => void (isFetching || lines.fetchNextPage({ cancelRefetch: false })) : undefined,
    fetching: lines.isFetchingNextPage,
    news: behind && !alone ? () => void client.resetQueries({ queryKey: options.queryKey }) : undefined,
  }
}

/** Single entries, newest first. */
export function useHistoryEntries(filter: EntryFilter): Pages<HistoryEntry> {
  const entries = useInfiniteQuery({
    queryKey: ['history', 'entries', filter],
    async queryFn({ pageParam, signal }) {
      const found: HistoryEntry[] = []
      let cursor = pageParam as string | null
      for (let looks = 0; looks < LOOKS_ON; looks++) {
        const page = await call(getHistory, { query: { ...filter, limit: ENTRIES, ...(cursor && { cursor }) }, signal })
        found.push(...page.entries)
        cursor = page.next
        if (cursor === null || found.length > 0) break
      }
      return { entries: found, next: cursor }
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  return {
    values: entries.data?.pages.flatMap(page => page.entries),
    error: entries.data ? null : entries.error,
    retry: () => void entries.refetch(),
    more: entries.hasNextPage ? () => void (entries.isFetching || entries.fetchNextPage()) : undefined,
    fetching: entries.isFetchingNextPage,
  }
}

/** One entry with what it changed, what led to it and what it led to. */
export function useHistoryEntry(id: string) {
  const { data, error, refetch } = useQuery({
    queryKey: ['history', 'entry', id],
    queryFn: ({ signal }) => call(getHistoryEntry, { params: { id }, signal }),
  })
  return { data, error: data ? null : error, retry: () => void refetch() }
}

export const historyChoicesQuery = queryOptions({
  queryKey: ['history', 'choices'],
  queryFn: ({ signal }) => call(getHistoryChoices, { signal }),
  staleTime: 60_000,
})

/** Fetches all that fits as a file and hands it to the browser to keep. Throws as `call` does. */
export async function saveHistory(filter: EntryFilter, format: 'csv' | 'jsonl'): Promise<void> {
  const token = await session.token()
  const response = await fetch(addressOf(exportHistory.path, {}, { ...filter, format }), {
    headers: token ? { Authorization: `Bearer ${token}` } : {},
  }).catch((error: unknown) => {
    throw unreachable(error)
  })
  if (!response.ok) throw await ApiError.from(response)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = `history-${new Date().toISOString().slice(0, 10)}.${format}`
  link.click()
  URL.revokeObjectURL(link.href)
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
