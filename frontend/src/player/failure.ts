import { errorCodes, type ErrorCode } from '@projectionist/shared/api/errors'

/** Why nothing plays: a code of the server's, or one of this device's own. */
export type FailureCode = ErrorCode | 'network' | 'offline' | 'media' | 'no-hls'

export interface Failure {
  readonly code: FailureCode
  /** Technical, for whoever wants to look further; never needed to understand what to do. */
  readonly detail?: string
}

/** Thrown by the ports of the player when the server refuses, or cannot be reached (`network`). */
export class PlaybackRefused extends Error {
  override readonly name = 'PlaybackRefused'
  constructor(readonly failure: Failure) {
    super(failure.detail ?? failure.code)
  }
}

export const failureOf = (error: unknown): Failure =>
  error instanceof PlaybackRefused
    ? error.failure
    : { code: 'internal', detail: error instanceof Error ? error.message : String(error) }

/** What a person can do about it. `quality`: choose another; `files`: look at the item's files. */
export type NextStep = 'retry' | 'leave' | 'sign-in'

export interface FailureWords {
  readonly title: string
  readonly advice: string
  readonly steps: readonly NextStep[]
}

const own: Partial<Record<FailureCode, FailureWords>> = {
  offline: {
    title: 'You are offline',
    advice: 'Playback goes on by itself as soon as the network is back.',
    steps: ['retry', 'leave'],
  },
  network: {
    title: 'The server cannot be reached',
    advice: 'Check that this device is on the network and that the server runs. Your place is kept.',
    steps: ['retry', 'leave'],
  },
  media: {
    title: 'This file does not play here',
    advice:
      'The browser could not decode it, and converting it did not help. The file may be damaged; another version or another browser may play it.',
    steps: ['retry', 'leave'],
  },
  'no-hls': {
    title: 'This browser is too old to play this',
    advice:
      'It has to be converted while it plays, and this browser cannot take that. Update it, or use a current Chrome, Edge, Firefox or Safari.',
    steps: ['leave'],
  },
  'file-unavailable': {
    title: 'The disk with this file cannot be reached',
    advice: 'Switch on the disk or the network storage it is on, then try again. Nothing was lost.',
    steps: ['retry', 'leave'],
  },
  'file-incomplete': {
    title: 'This file is damaged or incomplete',
    advice:
      'It ends before it should. If it is still being copied, wait until that is done; else copy it again, or get it anew. Your place is kept.',
    steps: ['retry', 'leave'],
  },
  'item-not-found': {
    title: 'This is not in your libraries',
    advice: 'It may have been removed, or is not shared with you.',
    steps: ['leave'],
  },
  'not-playable': {
    title: 'There is nothing to play here',
    advice: 'This entry has no film, video or music of its own.',
    steps: ['leave'],
  },
  'cannot-transcode': {
    title: 'The server cannot convert this file',
    advice:
      'It has to be converted to play here, and the server has no FFmpeg that can. A browser that plays it as it is may help.',
    steps: ['retry', 'leave'],
  },
  'no-worker': {
    title: 'The server is busy converting',
    advice: 'All its workers are taken. Try again in a moment.',
    steps: ['retry', 'leave'],
  },
  'disk-full': {
    title: 'The server’s disk is full',
    advice: 'Converting needs a little room. Free some space, then try again.',
    steps: ['retry', 'leave'],
  },
  'not-signed-in': { title: 'You are signed out', advice: 'Sign in again; your place is kept.', steps: ['sign-in'] },
  'session-ended': { title: 'You are signed out', advice: 'Sign in again; your place is kept.', steps: ['sign-in'] },
  'too-many-tries': { title: 'Too many tries', advice: 'Wait a minute, then try again.', steps: ['retry', 'leave'] },
}

/** A failure in plain words with the next step; there are words for every code. */
export function failureWords({ code }: Failure): FailureWords {
  const words = own[code]
  if (words) return words
  const title = errorCodes[code as ErrorCode][1]
  return { title, advice: 'Try again; if it stays like this, the server’s log says more.', steps: ['retry', 'leave'] }
}
