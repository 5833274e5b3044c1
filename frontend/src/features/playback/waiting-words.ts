import type { PlaybackSession } from '@projectionist/shared/api/playback'
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

/** Why nothing moves, for a person who wonders. */
export function waitingWords(waiting: Waiting, session: Sent | null): WaitingWords {
  switch (waiting.for) {
    case 'decision':
      return { title: 'Asking the server how to play this', detail: null }
    case 'first-picture':
      if (session?.method === 'transcode') return { title: 'The server converts the first seconds', detail: conversion(session) }
      return { title: session?.method === 'remux' ? 'The server repackages the first seconds' : 'Opening the file', detail: null }
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
      return { title: 'No network', detail: 'It goes on by itself as soon as the network is back.' }
    case 'retry':
      return { title: 'The connection broke off', detail: `Trying again, ${waiting.attempt} of ${waiting.of}` }
    case 'change':
      return { title: 'Making the change', detail: 'Your place is kept.' }
    case 'repair':
      return { title: 'The browser stumbled over this file', detail: 'Trying it another way.' }
  }
}
