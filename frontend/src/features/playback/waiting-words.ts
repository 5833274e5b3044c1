import type { PlaybackSession } from '@projectionist/shared/api/playback'
import type { Away } from '../../lib/away.js'
import type { FailureCode } from '../../player/failure.js'
import type { Waiting } from '../../player/player-state.js'
import { clock } from '../../player/time-format.js'

export interface WaitingWords {
  readonly title: string
  readonly detail: string | null
}
type Sent = Pick<PlaybackSession, 'method' | 'sends' | 'original'>

const conversion = ({ sends, original }: Sent) =>
  original.video !== sends.video && original.video && sends.video
    ? `${original.video} → ${sends.video}`
    : original.audio !== sends.audio && original.audio && sends.audio
      ? `${original.audio} → ${sends.audio}`
      : null

const serverAway: WaitingWords = { title: 'The server does not answer', detail: 'It goes on by itself as soon as it is back.' }

const retried = (after: FailureCode) =>
  after === 'no-worker'
    ? 'The server is busy converting for others'
    : after === 'unavailable'
      ? 'The server is not ready yet'
      : after === 'session-not-found'
        ? 'The server had ended this playback'
        : 'The connection broke off'

/** Nearer to the start than this, it is the start. */
const startMs = 10_000

/** Why nothing moves at a place, for a person who wonders. Where network or server are away, that is why. */
export function waitingWords(waiting: Waiting, session: Sent | null, atMs: number, away: Away): WaitingWords {
  if (away === 'offline') return { title: 'No network', detail: 'It goes on by itself as soon as the network is back.' }
  if (away === 'server') return serverAway
  switch (waiting.for) {
    case 'decision':
      return { title: 'Asking the server how to play this', detail: null }
    case 'first-picture':
      if (session?.method === 'transcode')
        return {
          title: atMs < startMs ? 'The server converts the first seconds' : `The server starts to convert at ${clock(atMs)}`,
          detail: conversion(session),
        }
      if (session?.method === 'remux')
        return {
          title: atMs < startMs ? 'The server repackages the first seconds' : `The server starts to repackage at ${clock(atMs)}`,
          detail: null,
        }
      return { title: 'Opening the file', detail: null }
    case 'seek':
      return {
        title: `Going to ${clock(waiting.toMs)}`,
        detail: session?.method === 'transcode' ? 'The server starts to convert there' : null,
      }
    case 'data':
      return session?.method === 'transcode'
        ? {
            title: 'Waiting for the server',
            detail: 'Converting or the connection is slower than playing. A lower quality may help.',
          }
        : { title: 'Waiting for more of the file', detail: 'The connection is slower than playing. A lower quality may help.' }
    case 'network':
      return { title: 'The connection is back', detail: 'Going on where it was.' }
    case 'retry':
      return { title: retried(waiting.after), detail: `Trying again, ${waiting.attempt} of ${waiting.of}` }
    case 'change':
      return { title: 'Making the change', detail: 'Your place is kept.' }
    case 'repair':
      return { title: 'The browser stumbled over this file', detail: 'Trying it another way.' }
  }
}
