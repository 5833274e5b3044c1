import type { Call } from '@projectionist/shared/api/endpoint'
import { addLibrary, changeLibrary, removeLibrary, startScan } from '@projectionist/shared/api/libraries'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.js'

function useLibraryMutation<Variables, Answer>(mutationFn: (variables: Variables) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      client.invalidateQueries({
        predicate: query => query.meta?.topics?.some(topic => topic === 'libraries' || topic === 'scans') ?? false,
      }),
  })
}

export const useAddLibrary = () => useLibraryMutation((body: Call<typeof addLibrary>['body']) => call(addLibrary, { body }))
export const useChangeLibrary = (id: string) =>
  useLibraryMutation((body: Call<typeof changeLibrary>['body']) => call(changeLibrary, { params: { id }, body }))
export const useRemoveLibrary = () => useLibraryMutation((id: string) => call(removeLibrary, { params: { id } }))
export const useStartScan = () => useLibraryMutation((id: string) => call(startScan, { params: { id } }))
