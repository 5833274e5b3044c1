import { PlayStopped, type PlaybackEvent } from '@projectionist/shared/events/playback'
import { Command, type Decider } from '../../platform/eventing/decider.js'

/** Somebody ends another person's session. */
export class StopPlay extends Command<
  'StopPlay',
  {
    readonly userId: string
    readonly itemId: string
    readonly playId: string
    readonly sessionId: string
    readonly libraryId: string
  }
> {
  readonly type = 'StopPlay'
}

/** Plays that others ended, in the streams of those who played. */
export const stopping: Decider<null, StopPlay, PlaybackEvent> = {
  category: 'playback',
  streamId: ({ data: { userId, itemId } }) => `playback-${userId}.${itemId}`,
  initial: null,
  decide: ({ data: { playId, sessionId, libraryId } }) => [PlayStopped({ playId, sessionId, libraryId })],
  evolve: state => state,
  reverts: {
    PlayStopped: { never: 'A player that was stopped is started again by whoever watched. The place they were at is kept.' },
  },
}
