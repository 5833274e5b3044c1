import { getSessions } from '@projectionist/shared/api/playback'
import { useEffect, useState } from 'react'
import { call, session } from './api.js'
import { hear, playsNow, type AllElsewhere, type Elsewhere } from './elsewhere.js'
import { live } from './live.js'
import { createStore, useStore } from './store.js'

const nothing: AllElsewhere = new Map()
const all = createStore(nothing)
const ownSessions = new Set<string>()

/** A session this page plays: what live messages say of others comes from elsewhere. */
export const noteOwnSession = (sessionId: string): void => void ownSessions.add(sessionId)

const take = (report: Parameters<typeof hear>[1]) => all.set(known => hear(known, report, { ownSessions, nowMs: Date.now() }))

/** What plays already when this page comes, or comes back; from then on its reports come by themselves. */
async function look() {
  const state = session.state()
  if (state.status !== 'signed-in') return
  const answer = await call(getSessions).catch(() => null)
  for (const { user, item, ...report } of answer?.sessions ?? [])
    if (user.id === state.me.id) take({ ...report, itemId: item.id })
}

/** Listens to what the person's other devices play. Returns what undoes it. */
export function bindElsewhere(): () => void {
  const undo = [
    live.subscribe('progress', take),
    live.subscribe('authenticated', () => {
      all.set(nothing)
      void look()
    }),
    session.watch(() => session.state().status === 'signed-out' && all.set(nothing)),
  ]
  return () => {
    for (const one of undo) one()
  }
}

/** Where the person's newest other device is in an item; undefined when there is none. */
export const useElsewhere = (itemId: string): Elsewhere | undefined => useStore(all).get(itemId)

/** What plays on the person's other devices at this moment, with that moment; told each second while something does. */
export function usePlayingElsewhere(): { readonly playing: readonly Elsewhere[]; readonly nowMs: number } {
  const known = useStore(all)
  const nowMs = useSeconds([...known.values()].some(({ state }) => state === 'playing'))
  return { playing: [...known.values()].filter(there => playsNow(there, nowMs)), nowMs }
}

/** Ms since 1970, each second anew while `runs`. */
export function useSeconds(runs: boolean): number {
  const [, tick] = useState(0)
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => tick(count => count + 1), 1000)
    return () => clearInterval(timer)
  }, [runs])
  return Date.now()
}
