import type { MessageOf } from './live-connection.js'

/** Where another device of the same person is in an item. */
export interface Elsewhere {
  readonly itemId: string
  readonly sessionId: string
  readonly device: string
  readonly positionMs: number
  readonly durationMs: number
  readonly state: 'playing' | 'paused'
  /** When this page heard of it, by its own clock. */
  readonly heardMs: number
}
/** The newest of each item. */
export type AllElsewhere = ReadonlyMap<string, Elsewhere>

/** Less than this apart counts as the same place. */
const apartMs = 5_000
/** A device that plays reports every ten seconds; after three that did not come it is not known to play any more. */
const silentMs = 35_000

/** Takes in a report of some device, which may be this page's own; the same object when it says nothing new. */
export function hear(
  known: AllElsewhere,
  { itemId, sessionId, device, positionMs, durationMs, state }: Omit<MessageOf<'progress'>, 'type' | 'at'>,
  here: { readonly ownSessions: ReadonlySet<string>; readonly nowMs: number },
): AllElsewhere {
  const before = known.get(itemId)
  if (here.ownSessions.has(sessionId)) return known
  if (state !== 'stopped')
    return new Map(known).set(itemId, { itemId, sessionId, device, positionMs, durationMs, state, heardMs: here.nowMs })
  if (before?.sessionId !== sessionId) return known
  const rest = new Map(known)
  rest.delete(itemId)
  return rest
}

/** Where that device is now; while it plays, time goes on between its reports. */
export const placeNow = ({ state, positionMs, durationMs, heardMs }: Elsewhere, nowMs: number) =>
  state === 'playing' ? Math.min(durationMs, positionMs + Math.max(0, nowMs - heardMs)) : positionMs

/** It plays at this moment, as far as anybody can know, and is not at its end. */
export const playsNow = (there: Elsewhere, nowMs: number) =>
  there.state === 'playing' && nowMs - there.heardMs < silentMs && placeNow(there, nowMs) < there.durationMs

/** Whether the player offers going on here from there: it plays there, or was paused there and stands still here; at another place. */
export const worthOffering = (
  there: Elsewhere,
  here: { readonly playing: boolean; readonly positionMs: number },
  nowMs: number,
) =>
  (playsNow(there, nowMs) || (there.state === 'paused' && !here.playing)) &&
  placeNow(there, nowMs) < there.durationMs &&
  Math.abs(placeNow(there, nowMs) - here.positionMs) > apartMs
