import type { Me } from '@projectionist/shared/api/accounts'
import { getItem } from '@projectionist/shared/api/items'
import { getLibraries } from '@projectionist/shared/api/libraries'
import { queryOptions } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { call, session } from './api.js'
import { askHealth } from './health.js'
import { preparing } from './preparing.js'

/** Queries that several features share. */

export const healthQuery = queryOptions({
  queryKey: ['health'],
  async queryFn({ signal }) {
    const health = await askHealth(signal)
    if (health.status === 'preparing') preparing.met()
    return health
  },
  staleTime: 60_000,
})

export const librariesQuery = queryOptions({
  queryKey: ['libraries'],
  queryFn: ({ signal }) => call(getLibraries, { signal }),
  select: answer => answer.libraries,
  staleTime: 60_000,
  meta: { topics: ['libraries', 'scans'] },
})

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ['item', id],
    queryFn: ({ signal }) => call(getItem, { params: { id }, signal }),
    staleTime: 30_000,
    meta: { topics: ['items', 'watch-state'] },
  })

export const useSession = () => useSyncExternalStore(session.watch, session.state)

/** The signed-in person. Only under routes that ask for a sign-in. */
export function useMe(): Me {
  const state = useSession()
  if (state.status !== 'signed-in') throw new Error('Nobody is signed in')
  return state.me
}
