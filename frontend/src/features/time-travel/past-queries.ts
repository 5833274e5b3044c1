import { getPastLibraries, getPastLibrary, lookBack, putAway, type PastLibrary } from '@projectionist/shared/api/time-travel'
import { getItems } from '@projectionist/shared/api/items'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.js'
import { ApiError } from '../../lib/problem.js'

/** While one is being made, its progress is asked for this often. */
const soonMs = 400
/** A look now and then keeps the past library that this tab shows from being put away. */
const nowAndThenMs = 5 * 60_000

export const isUnfinished = ({ state }: PastLibrary): boolean => state === 'waiting' || state === 'building'

export const pastLibrariesQuery = queryOptions({
  queryKey: ['past-libraries'],
  queryFn: ({ signal }) => call(getPastLibraries, { signal }),
  staleTime: 0,
})

export const pastLibraryQuery = (id: string) =>
  queryOptions({
    queryKey: ['past-library', id],
    queryFn: ({ signal }) => call(getPastLibrary, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data) ? soonMs : nowAndThenMs),
    staleTime: 0,
  })

/** Answers once the lists of a past library can be shown; a large one takes the server a while to sort. */
export const sortedQuery = (id: string) =>
  queryOptions({
    queryKey: ['past-library', id, 'sorted'],
    queryFn: ({ signal }) => call(getItems, { query: { limit: 1 }, asOf: id, signal }).then(() => true),
    retry: (failures, error) => failures < 20 && error instanceof ApiError && error.passing,
    retryDelay: 1000,
    staleTime: 0,
  })

export function useLookBack() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (at: string) => call(lookBack, { body: { at } }),
    onSuccess: library => {
      client.setQueryData(pastLibraryQuery(library.id).queryKey, library)
      return client.invalidateQueries({ queryKey: pastLibrariesQuery.queryKey })
    },
  })
}

export function usePutAway() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(putAway, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: pastLibrariesQuery.queryKey }),
  })
}
