import { z } from 'zod'
import { event, type Fact } from './event.js'

/** Streams are `playback-<userId>.<itemId>`: one person's playing of one item. */

export const DeviceClock = z.object({
  /** Counts the reports of one device, so that late and doubled ones are told apart. */
  deviceSequence: z.int().nonnegative(),
  /** The device's own clock when it happened. */
  deviceTime: z.iso.datetime(),
  /** Server's clock minus device's clock, as the device measured it, ms. */
  clockOffsetMs: z.int(),
})

const Position = z.object({ playId: z.uuid(), positionMs: z.int().nonnegative(), durationMs: z.int().nonnegative() })

export const PlaybackStarted = event(
  'PlaybackStarted',
  Position.extend({
    libraryId: z.uuid(),
    fileId: z.uuid(),
    method: z.enum(['direct', 'remux', 'transcode']),
    device: z.object({ id: z.string(), name: z.string() }),
  }),
)
export const PlaybackProgressed = event(
  'PlaybackProgressed',
  Position.extend({ cause: z.enum(['pause', 'seek', 'stop', 'minute', 'silence']) }).extend(DeviceClock.shape),
)
/** Played to where only credits remain. */
export const PlaybackCompleted = event('PlaybackCompleted', Position.extend(DeviceClock.shape))
export const MarkedWatched = event('MarkedWatched', DeviceClock)
export const MarkedUnwatched = event('MarkedUnwatched', DeviceClock)
/** From 1 to 10; null takes the rating back. */
export const ItemRated = event('ItemRated', z.object({ rating: z.int().min(1).max(10).nullable() }).extend(DeviceClock.shape))

export const playbackEvents = [
  PlaybackStarted, PlaybackProgressed, PlaybackCompleted, MarkedWatched, MarkedUnwatched, ItemRated,
] as const
export type PlaybackEvent = Fact<(typeof playbackEvents)[number]>
