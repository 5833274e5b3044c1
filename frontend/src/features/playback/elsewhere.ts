import type { MessageOf } from '../../lib/live-connection.js'

/** Where another device of the same person is in what this page shows. */
export interface Elsewhere {
  readonly sessionId: string
  readonly device: string
  readonly positionMs: number
  readonly durationMs: number
  readonly state: 'playing' | 'paused' | 'stopped'
  /** When this page heard of it, by its own clock. */
  readonly heardMs: number
}

/** Less than this apart counts as the same place. */
const apartMs = 5_000

/** Takes in a report of some device; null when there is none of another device for this item. */
export function hear(
  known: Elsewhere | null,
  message: MessageOf<'progress'>,
  here: { readonly itemId: string; readonly ownSessions: ReadonlySet<string>; readonly nowMs: number },
): Elsewhere | null {
  if (message.itemId !== here.itemId || here.ownSessions.has(message.sessionId)) return known
  const { sessionId, device, positionMs, durationMs, state } = message
  return { sessionId, device, positionMs, durationMs, state, heardMs: here.nowMs }
}

/** Where that device is now; while it plays, time goes on between its reports. */
export const placeNow = ({ state, positionMs, durationMs, heardMs }: Elsewhere, nowMs: number) =>
  state === 'playing' ? Math.min(durationMs, positionMs + Math.max(0, nowMs - heardMs)) : positionMs

/** Whether to offer going on here from there: this page does not play, and is at another place. */
export const worthOffering = (
  there: Elsewhere,
  here: { readonly playing: boolean; readonly positionMs: number },
  nowMs: number,
) => !here.playing && placeNow(there, nowMs) < there.durationMs && Math.abs(placeNow(there, nowMs) - here.positionMs) > apartMs
