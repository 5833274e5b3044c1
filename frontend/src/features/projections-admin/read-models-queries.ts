import { getReadModels, rebuildReadModels, resumeReadModel } from '@projectionist/shared/api/projections'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.js'
import { isBusy } from './read-model-words.js'

const queryKey = ['read-models']

export const readModelsQuery = queryOptions({
  queryKey,
  queryFn: ({ signal }) => call(getReadModels, { signal }),
  // How far a rebuild has come is not announced: it is looked at while the page is open, more often while something goes on.
  refetchInterval: query => (query.state.data?.readModels.some(isBusy) ? 1000 : 10_000),
})

/** Rebuilds one by its name, or all. */
export function useRebuild() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string | undefined) => call(rebuildReadModels, { body: name === undefined ? {} : { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
}

export function useResume() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => call(resumeReadModel, { params: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
}
