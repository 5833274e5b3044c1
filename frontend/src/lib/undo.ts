import { changeUndo, getUndo, requestUndo, type Undo } from '@projectionist/shared/api/undo'
import type { UndoSelection } from '@projectionist/shared/events/undo'
import { QueryObserver, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call } from './api.js'
import { useLive, type Topic } from './live.js'
import { count, counted } from './words.js'

const topics: readonly Topic[] = ['undos']

export const undoQuery = (id: string) =>
  queryOptions({
    queryKey: ['undo', id],
    queryFn: ({ signal }) => call(getUndo, { params: { id }, signal }),
    // Its progress is told live; should nothing be heard, it is asked for.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2000 : false),
    meta: { topics },
  })

/** Keeps undos in the cache as the server reports them. Mount where one is shown. */
export function useLiveUndos(): void {
  const client = useQueryClient()
  useLive(
    'undo',
    useCallback(({ undo }: { undo: Undo }) => client.setQueryData(undoQuery(undo.id).queryKey, undo), [client]),
  )
}

/** What came of an undo, in a line. */
export function undoWords({ state, reverted, unneeded, conflicts, done, total, problem }: Undo): string {
  switch (state) {
    case 'running':
      return `${count(done)} of ${counted(total, 'change', 'changes')}`
    case 'cancelled':
      return `Cancelled: ${counted(reverted, 'change was', 'changes were')} taken back, the rest stays`
    case 'failed':
      return problem ?? 'It could not be finished'
    case 'done':
      if (reverted === 0) return conflicts > 0 ? 'Nothing could be taken back' : 'There was nothing left to take back'
      return conflicts > 0
        ? `${count(reverted)} of ${counted(reverted + unneeded + conflicts, 'change', 'changes')} taken back`
        : `${counted(reverted, 'change', 'changes')} taken back`
  }
}

/** Where an undo and what came of it are shown. */
export const undoPath = (id: string): string => `/undo/${id}`

/** Where something is previewed before it is taken back. */
export const takeBackPath = (selection: Exclude<UndoSelection, { of: 'plays' }>): string => {
  const ids =
    selection.of === 'events' ? selection.eventIds : [selection.of === 'scan' ? selection.scanId : selection.correlationId]
  return `/undo?${new URLSearchParams([['of', selection.of], ...ids.map(id => ['id', id])])}`
}

/** What an address made by `takeBackPath` is about. */
export function selectionOf(search: URLSearchParams): UndoSelection | null {
  const ids = search.getAll('id')
  const [id] = ids
  if (id === undefined) return null
  switch (search.get('of')) {
    case 'events':
      return { of: 'events', eventIds: ids }
    case 'scan':
      return { of: 'scan', scanId: id }
    case 'cause':
      return { of: 'cause', correlationId: id }
    default:
      return null
  }
}

/** Begins an undo; gives its id. */
export const useRequestUndo = () =>
  useMutation({ mutationFn: (selection: UndoSelection) => call(requestUndo, { body: { selection } }).then(({ id }) => id) })

export function useCancelUndo(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(changeUndo, { params: { id }, body: { action: 'cancel' } }),
    onSettled: () => client.invalidateQueries({ queryKey: undoQuery(id).queryKey }),
  })
}

/** Takes something back and waits until that is over, however it ended. */
export function useTakeBack(): (selection: UndoSelection) => Promise<Undo> {
  const client = useQueryClient()
  return useCallback(
    async selection => {
      const { id } = await call(requestUndo, { body: { selection } })
      return ended(client, id)
    },
    [client],
  )
}

function ended(client: QueryClient, id: string): Promise<Undo> {
  return new Promise((resolve, reject) => {
    const observer = new QueryObserver(client, undoQuery(id))
    const stop = observer.subscribe(({ data, error }) => {
      if (error) reject(error)
      else if (data && data.state !== 'running') resolve(data)
      else return
      stop()
    })
  })
}
