import {
  ItemRated,
  MarkedUnwatched,
  MarkedWatched,
  OtherPlaceDismissed,
  PlaybackCompleted,
  PlaybackProgressed,
  PlaybackStarted,
  type PlaybackEvent,
} from '@projectionist/shared/events/playback'
import { Command, type Decider } from '../../platform/eventing/decider.js'
import { happenedAt, type Clock } from './clock.js'
import { forgetting } from './forgetting.js'
import { isKnown, join, nothing, type Intents } from './intents.js'
import { inLibrary, isDismissed, isForgotten } from './plays-and-marks.js'
import { isFinished } from './progress.js'

/** One person's playing of one item. */
interface Subject {
  readonly userId: string
  readonly itemId: string
}
/** When it happened. `notBefore`, ms since 1970: what is known beyond the device's own account. */
interface Timed extends Clock {
  readonly notBefore?: number | undefined
}
type DataOf<Type extends PlaybackEvent['type']> = Extract<PlaybackEvent, { type: Type }>['data']
type ClockData = Omit<DataOf<'MarkedWatched'>, 'libraryId'>
type Untimed<Data> = Omit<Data, keyof ClockData>
/** The library the item is in, where it is known. */
interface Placed {
  readonly libraryId?: string | undefined
}

export class RecordProgress extends Command<
  'RecordProgress',
  Subject & Timed & Untimed<DataOf<'PlaybackProgressed'>> & Omit<Untimed<DataOf<'PlaybackStarted'>>, 'playId' | 'positionMs' | 'durationMs'>
> {
  readonly type = 'RecordProgress'
}
export class MarkWatched extends Command<'MarkWatched', Subject & Timed & Placed & { readonly watched: boolean }> {
  readonly type = 'MarkWatched'
}
export class RateItem extends Command<'RateItem', Subject & Timed & Placed & { readonly rating: number | null }> {
  readonly type = 'RateItem'
}
/** The person has seen enough of where another play of theirs is. */
export class DismissOtherPlace extends Command<'DismissOtherPlace', Subject & Timed & { readonly playId: string }> {
  readonly type = 'DismissOtherPlace'
}
export type PlaybackCommand = RecordProgress | MarkWatched | RateItem | DismissOtherPlace

export const playbackStream = ({ userId, itemId }: Subject): string => `playback-${userId}.${itemId}`

/**
 * Every intent that says something new is recorded, also when it comes late and newer ones stand: what they come to together
 * is `standingOf`. What is known already, such as the same report again, is not.
 */
export const playback: Decider<Intents, PlaybackCommand, PlaybackEvent> = {
  category: 'playback',
  streamId: ({ data }) => playbackStream(data),
  initial: nothing,

  decide({ type, data }, intents, { now }) {
    const clock = settled(data, now)
    const ifNew = (event: PlaybackEvent): readonly PlaybackEvent[] => (isKnown(intents, event) || join(intents, event) === intents ? [] : [event])
    switch (type) {
      case 'RecordProgress': {
        const { playId, positionMs, durationMs, libraryId, fileId, method, device, cause } = data
        const place = { playId, positionMs, durationMs }
        const progressed = ifNew(PlaybackProgressed({ ...place, cause, ...clock }))
        if (progressed.length === 0) return []
        const play = intents.plays.find(known => known.playId === playId)
        const completes = isFinished(positionMs, durationMs) && !(play && (play.completed !== null || isForgotten(play)))
        return [
          ...(play?.device ? [] : [PlaybackStarted({ ...place, libraryId, fileId, method, device, ...clock })]),
          ...progressed,
          ...(completes ? [PlaybackCompleted({ ...place, ...clock })] : []),
        ]
      }
      case 'MarkWatched':
        return ifNew((data.watched ? MarkedWatched : MarkedUnwatched)({ ...clock, ...inLibrary(data) }))
      case 'RateItem':
        return ifNew(ItemRated({ rating: data.rating, ...clock, ...inLibrary(data) }))
      case 'DismissOtherPlace':
        return intents.plays.some(play => play.playId === data.playId && !isDismissed(play)) ? [OtherPlaceDismissed({ playId: data.playId, ...clock })] : []
    }
  },

  evolve: join,
  reverts: forgetting,
}

function settled({ deviceSequence, deviceTime, clockOffsetMs, notBefore }: Timed, now: Date): Required<ClockData> {
  const at = happenedAt({ deviceTime, clockOffsetMs }, now.getTime(), notBefore)
  return { deviceSequence, deviceTime, clockOffsetMs, happenedAt: new Date(at).toISOString() }
}
