import {
  ItemRated,
  MarkedUnwatched,
  MarkedWatched,
  PlaybackCompleted,
  PlaybackProgressed,
  PlaybackStarted,
  type PlaybackEvent,
} from '@projectionist/shared/events/playback'
import { Command, type Decider } from '../../platform/eventing/decider.js'

/** One person's playing of one item. */
interface Subject {
  readonly userId: string
  readonly itemId: string
}
/** When something happened by the device's own account. */
export interface Clock {
  readonly deviceSequence: number
  readonly deviceTime: string
  readonly clockOffsetMs: number
}
type Progressed = Extract<PlaybackEvent, { type: 'PlaybackProgressed' }>['data']
type Started = Extract<PlaybackEvent, { type: 'PlaybackStarted' }>['data']

export class RecordProgress extends Command<
  'RecordProgress',
  Subject & Omit<Progressed, keyof Clock> & Clock & Omit<Started, 'playId' | 'positionMs' | 'durationMs'>
> {
  readonly type = 'RecordProgress'
}
export class MarkWatched extends Command<'MarkWatched', Subject & Clock & { readonly watched: boolean }> {
  readonly type = 'MarkWatched'
}
export class RateItem extends Command<'RateItem', Subject & Clock & { readonly rating: number | null }> {
  readonly type = 'RateItem'
}
export type PlaybackCommand = RecordProgress | MarkWatched | RateItem

export interface PlaybackState {
  readonly plays: ReadonlyMap<string, { readonly sequence: number; readonly completed: boolean }>
  readonly watched: boolean
  readonly rating: number | null
}

/** From here on only credits remain. */
export const isFinished = (positionMs: number, durationMs: number): boolean => durationMs > 0 && positionMs >= durationMs * 0.9

/** So little was seen that nobody would call it begun: up to a minute, less where the whole thing is short. */
export const isBarelyBegun = (positionMs: number, durationMs: number): boolean => positionMs < Math.min(60_000, durationMs * 0.05)

export const playbackStream = ({ userId, itemId }: Subject): string => `playback-${userId}.${itemId}`

export const playback: Decider<PlaybackState, PlaybackCommand, PlaybackEvent> = {
  category: 'playback',
  streamId: ({ data }) => playbackStream(data),
  initial: { plays: new Map(), watched: false, rating: null },

  decide({ type, data }, state) {
    switch (type) {
      case 'RecordProgress': {
        const { playId, positionMs, durationMs, libraryId, fileId, method, device, cause, deviceSequence, deviceTime, clockOffsetMs } = data
        const play = state.plays.get(playId)
        // A device's reports may come late or twice; what is older than the newest says nothing new.
        if (play && deviceSequence <= play.sequence) return []
        const at = { playId, positionMs, durationMs }
        const clock = { deviceSequence, deviceTime, clockOffsetMs }
        return [
          ...(play ? [] : [PlaybackStarted({ ...at, libraryId, fileId, method, device })]),
          PlaybackProgressed({ ...at, cause, ...clock }),
          ...(isFinished(positionMs, durationMs) && !play?.completed ? [PlaybackCompleted({ ...at, ...clock })] : []),
        ]
      }
      case 'MarkWatched': {
        if (data.watched === state.watched) return []
        const { deviceSequence, deviceTime, clockOffsetMs } = data
        return [(data.watched ? MarkedWatched : MarkedUnwatched)({ deviceSequence, deviceTime, clockOffsetMs })]
      }
      case 'RateItem': {
        if (data.rating === state.rating) return []
        const { rating, deviceSequence, deviceTime, clockOffsetMs } = data
        return [ItemRated({ rating, deviceSequence, deviceTime, clockOffsetMs })]
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PlaybackStarted':
        return { ...state, plays: new Map(state.plays).set(event.data.playId, { sequence: -1, completed: false }) }
      case 'PlaybackProgressed': {
        const { playId, deviceSequence } = event.data
        const completed = state.plays.get(playId)?.completed ?? false
        return { ...state, plays: new Map(state.plays).set(playId, { sequence: deviceSequence, completed }) }
      }
      case 'PlaybackCompleted': {
        const { playId, deviceSequence } = event.data
        return { ...state, watched: true, plays: new Map(state.plays).set(playId, { sequence: deviceSequence, completed: true }) }
      }
      case 'MarkedWatched':
        return { ...state, watched: true }
      case 'MarkedUnwatched':
        return { ...state, watched: false }
      case 'ItemRated':
        return { ...state, rating: event.data.rating }
      default:
        return state
    }
  },
}
