import { addUser, changeUser, getUsers } from '@projectionist/shared/api/accounts'
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
