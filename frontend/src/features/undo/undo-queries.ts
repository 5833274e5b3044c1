import { getPlayed, getUndoConflicts, previewUndo, type UndoTally } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../lib/api.js'
import type { Topic } from '../../lib/live.js'

/** What taking something back would change, page by page. Looked at anew each time: it depends on what others do meanwhile. */
export const previewQuery = (selection: UndoSelection) =>
  infiniteQueryOptions({
    queryKey: ['undo-preview', selection],
    queryFn: ({ pageParam, signal }) =>
      call(previewUndo, { body: { selection, limit: 100, ...(pageParam !== null && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    staleTime: 30_000,
    gcTime: 0,
    retry: false,
  })

export interface RunningTally extends UndoTally {
  /** Everything was looked at. */
  readonly whole: boolean
}

/** Goes through the whole selection and counts what would come of it, as fast as the server answers. `null` before the first answer. */
export function useTally(
  selection: UndoSelection,
  first: { readonly tally: UndoTally; readonly next: string | null } | undefined,
): RunningTally | null {
  const [counted, setCounted] = useState<RunningTally | null>(null)
  useEffect(() => {
    if (!first) return
    const stop = new AbortController()
    const walk = async (): Promise<void> => {
      let sum = first.tally
      let { next } = first
      setCounted({ ...sum, whole: next === null })
      while (next !== null) {
        const page = await call(previewUndo, {
          body: { selection, cursor: next, limit: 2000, details: false },
          signal: stop.signal,
        })
        sum = {
          reverted: sum.reverted + page.tally.reverted,
          unneeded: sum.unneeded + page.tally.unneeded,
          conflicts: sum.conflicts + page.tally.conflicts,
        }
        next = page.next
        setCounted({ ...sum, whole: next === null })
      }
    }
    // Without a count one may still take back: what stays is told then.
    walk().catch(() => {})
    return () => stop.abort()
  }, [selection, first])
  return counted
}

export const conflictsQuery = (id: string) =>
  queryOptions({
    queryKey: ['undo-conflicts', id],
    queryFn: ({ signal }) => call(getUndoConflicts, { params: { id }, signal }),
    meta: { topics: ['undos'] satisfies Topic[] },
  })

/** What the person played in a time, latest first. */
export const playedQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['played', from, to],
    queryFn: ({ signal }) => call(getPlayed, { query: { from, to }, signal }),
    meta: { topics: ['watch-state'] satisfies Topic[] },
  })
