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
  /**
   * When it happened by the server's clock, as settled when it was recorded: the device's time with its offset, never later
   * than it was heard of. Absent in events of the time when only live players reported: those happened when they were recorded.
   */
  happenedAt: z.iso.datetime().optional(),
})

/** Of the item; left out by events of the time when the history was not looked through by library. */
const InLibrary = { libraryId: z.uuid().optional() }

const Position = z.object({ playId: z.uuid(), positionMs: z.int().nonnegative(), durationMs: z.int().nonnegative() })

export const PlaybackStarted = event(
  'PlaybackStarted',
  Position.extend({
    libraryId: z.uuid(),
    fileId: z.uuid(),
    method: z.enum(['direct', 'remux', 'transcode']),
    device: z.object({ id: z.string(), name: z.string() }),
  }).extend(DeviceClock.partial().shape),
)
export const PlaybackProgressed = event(
  'PlaybackProgressed',
  Position.extend({ cause: z.enum(['pause', 'seek', 'stop', 'minute', 'silence']) }).extend(DeviceClock.shape),
)
/** Played to where only credits remain. */
export const PlaybackCompleted = event('PlaybackCompleted', Position.extend(DeviceClock.shape))
export const MarkedWatched = event('MarkedWatched', DeviceClock.extend(InLibrary))
export const MarkedUnwatched = event('MarkedUnwatched', DeviceClock.extend(InLibrary))
const Rating = z.int().min(1).max(10).nullable()
/** From 1 to 10; null takes the rating back. */
export const ItemRated = event('ItemRated', z.object({ rating: Rating, ...InLibrary }).extend(DeviceClock.shape))

/** `turn` counts how often something was forgotten or remembered, this time included: odd turns forget, even ones remember. */
const ForgottenPlay = z.object({ playId: z.uuid(), completed: z.boolean(), turn: z.int().positive() })
/** A play counts no more, as if it had never been. `completed`: it was seen to the end. */
export const PlayForgotten = event('PlayForgotten', ForgottenPlay)
export const PlayRemembered = event('PlayRemembered', ForgottenPlay)

/** The mark itself, so that it can be told apart, and when it was made. */
const ForgottenMark = z
  .object({ mark: z.enum(['watched', 'unwatched', 'rated']), rating: Rating, turn: z.int().positive(), ...InLibrary })
  .extend(DeviceClock.shape)
/** A mark or a rating counts no more, as if it had never been made. */
export const MarkForgotten = event('MarkForgotten', ForgottenMark)
export const MarkRemembered = event('MarkRemembered', ForgottenMark)

/** The person does not want to be told any more of the place where another play of theirs is. */
export const OtherPlaceDismissed = event('OtherPlaceDismissed', z.object({ playId: z.uuid() }).extend(DeviceClock.shape))

/** Somebody else, an admin, ended a session of this play from afar. Where it was stays. */
export const PlayStopped = event('PlayStopped', z.object({ playId: z.uuid(), sessionId: z.uuid(), libraryId: z.uuid() }))

export const playbackEvents = [
  PlaybackStarted, PlaybackProgressed, PlaybackCompleted, MarkedWatched, MarkedUnwatched, ItemRated,
  PlayForgotten, PlayRemembered, MarkForgotten, MarkRemembered, OtherPlaceDismissed, PlayStopped,
] as const
export type PlaybackEvent = Fact<(typeof playbackEvents)[number]>
