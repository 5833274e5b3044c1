import type { PlaybackEvent } from '@projectionist/shared/events/playback'
import { isFinished } from './progress.js'

/** Where a play was, by one report of its device. `at`: ms since 1970 by the server's clock. */
export interface Report {
  readonly sequence: number
  readonly at: number
  readonly positionMs: number
  readonly durationMs: number
}

/** What all reports of one play say together. */
export interface Play {
  readonly playId: string
  readonly device: { readonly id: string; readonly name: string } | null
  readonly first: Report | null
  readonly last: Report | null
  readonly furthestMs: number
  /** The first that came to where only credits remain. */
  readonly completed: Report | null
  /** How often it was forgotten or remembered: odd is forgotten. */
  readonly turn: number
  /** When the person was last told enough of where it is. */
  readonly dismissedAt: number | null
}

/** What a person said of an item without playing it. */
export interface Mark {
  readonly mark: 'watched' | 'unwatched' | 'rated'
  readonly rating: number | null
  readonly sequence: number
  readonly deviceTime: string
  readonly at: number
  readonly turn: number
}

/** An event as a fold meets it: recorded, or just decided and without a time of its own. */
export type Met = PlaybackEvent & { readonly metadata?: { readonly time: string } }

/** The person was told enough of where it is; not of what it came to since. */
export const isDismissed = ({ dismissedAt, last }: Play): boolean => dismissedAt !== null && dismissedAt >= (last?.at ?? 0)
export const isForgotten = ({ turn }: Play | Mark): boolean => turn % 2 === 1
export const isSameMark = (a: Mark, b: Mark): boolean =>
  a.mark === b.mark && a.rating === b.rating && a.sequence === b.sequence && a.deviceTime === b.deviceTime

/** The library of what is marked, for whoever looks through the history by library. */
export const inLibrary = ({ libraryId }: { readonly libraryId?: string | undefined }): { libraryId?: string } =>
  libraryId === undefined ? {} : { libraryId }

/** What an event says of a play; undefined: nothing. */
export function playOf(event: Met): Play | undefined {
  switch (event.type) {
    case 'PlaybackStarted':
      return { ...reported(event), device: event.data.device }
    case 'PlaybackProgressed': {
      const play = reported(event)
      return isFinished(event.data.positionMs, event.data.durationMs) ? { ...play, completed: play.last } : play
    }
    case 'PlaybackCompleted': {
      const play = reported(event)
      return { ...play, completed: play.last }
    }
    case 'PlayForgotten':
    case 'PlayRemembered':
      return { ...unheard(event.data.playId), turn: event.data.turn }
    case 'OtherPlaceDismissed':
      return { ...unheard(event.data.playId), dismissedAt: timeOf(event) }
    default:
      return undefined
  }
}

function reported(event: Extract<Met, { data: { positionMs: number } }>): Play {
  const { playId, positionMs, durationMs, deviceSequence = -1 } = event.data
  const report = { sequence: deviceSequence, at: timeOf(event), positionMs, durationMs }
  return { ...unheard(playId), first: report, last: report, furthestMs: positionMs }
}

const unheard = (playId: string): Play => ({
  playId, device: null, first: null, last: null, furthestMs: 0, completed: null, turn: 0, dismissedAt: null,
})

/** What an event says of a mark; undefined: nothing. */
export function markOf(event: Met): Mark | undefined {
  switch (event.type) {
    case 'MarkedWatched':
    case 'MarkedUnwatched':
      return { mark: event.type === 'MarkedWatched' ? 'watched' : 'unwatched', rating: null, ...numbered(event), turn: 0 }
    case 'ItemRated':
      return { mark: 'rated', rating: event.data.rating, ...numbered(event), turn: 0 }
    case 'MarkForgotten':
    case 'MarkRemembered':
      return { mark: event.data.mark, rating: event.data.rating, ...numbered(event), turn: event.data.turn }
    default:
      return undefined
  }
}

const numbered = (event: Extract<Met, { data: { deviceSequence: number } }>) => ({
  sequence: event.data.deviceSequence, deviceTime: event.data.deviceTime, at: timeOf(event),
})

interface Timed {
  readonly data: { readonly [name in 'deviceTime' | 'happenedAt']?: string | undefined } & { readonly clockOffsetMs?: number | undefined }
  readonly metadata?: { readonly time: string }
}

/** Events from before clocks were settled come from live players: they happened when they were recorded. */
function timeOf({ data, metadata }: Timed): number {
  if (data.happenedAt !== undefined) return Date.parse(data.happenedAt)
  if (metadata) return Date.parse(metadata.time)
  return data.deviceTime === undefined ? 0 : Date.parse(data.deviceTime) + (data.clockOffsetMs ?? 0)
}
