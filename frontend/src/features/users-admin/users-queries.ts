import { addUser, changeUser, eraseUser, getErasures, getUsers } from '@projectionist/shared/api/accounts'
import type { Call } from '@projectionist/shared/api/endpoint'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.js'

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => call(getUsers, { signal }),
  select: answer => answer.users,
  meta: { topics: ['users'] },
})

export function useAddUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Call<typeof addUser>['body']) => call(addUser, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}
export function useChangeUser(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Call<typeof changeUser>['body']) => call(changeUser, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}
export function useEraseUser(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(eraseUser, { params: { id } }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['users'] }), client.invalidateQueries({ queryKey: ['erasures'] })]),
  })
}

const LOOK_AGAIN_MS = 1000

/** Erasures under way; looked at again until there are none. */
export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => call(getErasures, { signal }),
  select: answer => answer.erasures,
  refetchInterval: query => (query.state.data?.erasures.length ? LOOK_AGAIN_MS : false),
  meta: { topics: ['users'] },
})
