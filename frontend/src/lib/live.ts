import { getMe } from '@projectionist/shared/api/accounts'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, session } from './api.js'
import { createLiveConnection, type LiveConnection, type MessageOf, type MessageType, type Socket } from './live-connection.js'

/** What a query shows, in the words of the live `changed` message: `queryOptions({ …, meta: { topics: ['items'] } })`. */
export type Topic = MessageOf<'changed'>['topics'][number]

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { readonly topics?: readonly Topic[] }
  }
}

/** The live connection of this tab. It runs while somebody is signed in. */
export const live: LiveConnection = createLiveConnection({
  open: () => new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/api/live`) as unknown as Socket,
  token: refused => session.token(refused),
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  random: Math.random,
})

/** Subscribes while the component is there: `useLive('progress', message => …)`. The handler may change between renders. */
export function useLive<T extends MessageType>(type: T, handler: (message: MessageOf<T>) => void): void {
  useEffect(() => live.subscribe(type, handler), [type, handler])
}

/** Invalidations of lists come in waves while a scan runs; at most one round of fetching in this time. */
const roundMs = 1000

/**
 * Ties the connection to the session and to the query cache: `changed` messages make the queries of their topics fetch again,
 * a connection that is back makes all do so. Returns what undoes it.
 */
export function bindLive(client: QueryClient): () => void {
  const due = new Set<Topic>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastRound = 0
  const round = () => {
    timer = null
    lastRound = Date.now()
    const topics = new Set(due)
    due.clear()
    void client.invalidateQueries({ predicate: query => query.meta?.topics?.some(topic => topics.has(topic)) ?? false })
  }
  const meetAgain = async () => {
    const me = await call(getMe).catch(() => null)
    // What the person may see has changed, perhaps.
    if (me && session.meet(me)) await client.invalidateQueries()
  }
  const follow = () => {
    if (session.state().status === 'signed-in') live.start()
    else live.stop()
    live.renew()
  }
  const wake = () => document.visibilityState === 'visible' && live.wake()
  const undo = [
    live.subscribe('changed', ({ topics }) => {
      for (const topic of topics) due.add(topic)
      if (topics.includes('users')) void meetAgain()
      timer ??= setTimeout(round, Math.max(0, lastRound + roundMs - Date.now()))
    }),
    live.onCaughtUp(() => void client.invalidateQueries()),
    session.watch(follow),
  ]
  follow()
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  return () => {
    if (timer) clearTimeout(timer)
    for (const one of undo) one()
    removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    live.stop()
  }
}
