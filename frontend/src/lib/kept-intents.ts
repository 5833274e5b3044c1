import { sendIntents } from '@projectionist/shared/api/playback'
import { call, session } from './api.js'
import { deviceSays, type DeviceSays } from './device-clock.js'
import { thisDevice } from './device.js'
import { exclusively } from './exclusive.js'
import { live } from './live.js'
import { createOutbox, type KeptIntent, type OutboxParts } from './outbox.js'
import { ApiError } from './problem.js'
import { useStore } from './store.js'

const send: OutboxParts['send'] = async intents => {
  try {
    const body = { device: thisDevice(), sentAt: new Date().toISOString(), intents: [...intents] }
    return (await call(sendIntents, { body })).results
  } catch (error) {
    return error instanceof ApiError && (error.code === 'invalid-request' || error.status === 413) ? 'malformed' : 'away'
  }
}

let tellRefused: OutboxParts['refused'] = () => {}

/** What this browser keeps for the server. */
export const outbox = createOutbox({
  storage: localStorage,
  person: () => {
    const state = session.state()
    return state.status === 'signed-in' ? state.me.id : null
  },
  send,
  exclusively: work => exclusively('projectionist-outbox', work),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  refused: intents => tellRefused(intents),
})

/** Sends what is kept at the start, when the network or the server is back, and when somebody signs in. Returns what undoes it. */
export function bindOutbox(refused: OutboxParts['refused']): () => void {
  tellRefused = refused
  const flush = () => void outbox.flush()
  addEventListener('online', flush)
  addEventListener('storage', outbox.look)
  const undo = [live.onCaughtUp(flush), session.watch(flush)]
  flush()
  return () => {
    for (const one of undo) one()
    removeEventListener('online', flush)
    removeEventListener('storage', outbox.look)
  }
}

/** What the server answered; or, kept on this device, how that is withdrawn: false when not all of it is here any more. */
export type SentOrKept<T> = { readonly answer: T } | { readonly withdraw: () => boolean }

/** Tells the server what the person means, or keeps it on this device when the server is away. Rejects when the server says no. */
export async function sendOrKeep<T>(
  tell: (says: DeviceSays) => Promise<T>,
  intents: (says: DeviceSays) => readonly KeptIntent[],
): Promise<SentOrKept<T>> {
  const says = deviceSays()
  try {
    return { answer: await tell(says) }
  } catch (error) {
    if (!(error instanceof ApiError) || !error.passing) throw error
    const withdrawals = intents(says).map(outbox.keep)
    return { withdraw: () => withdrawals.map(withdraw => withdraw()).every(Boolean) }
  }
}

export const keptWords = 'Kept on this device. It will be sent when the server is back.'

/** How many things this person did are kept here and have yet to be sent. */
export const useKeptIntents = (): number => useStore(outbox.waiting)
