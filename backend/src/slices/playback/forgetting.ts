import { MarkForgotten, MarkRemembered, PlayForgotten, PlayRemembered, type PlaybackEvent } from '@projectionist/shared/events/playback'
import type { Reverts } from '../../platform/eventing/decider.js'
import type { Intents } from './intents.js'
import { inLibrary, isForgotten, isSameMark, markOf } from './plays-and-marks.js'

/**
 * What takes back what a person watched and marked: the play or mark counts no more, as if it had never been, and can be
 * remembered again. A play is forgotten as a whole, with all its reports, so that only the first event of it that is taken back
 * has to do anything.
 */
export const forgetting: Reverts<Intents, PlaybackEvent> = {
  PlaybackStarted: (event, intents) => turnPlay(event.data.playId, intents, true),
  PlaybackProgressed: (event, intents) => turnPlay(event.data.playId, intents, true),
  PlaybackCompleted: (event, intents) => turnPlay(event.data.playId, intents, true),
  PlayForgotten: (event, intents) => turnPlay(event.data.playId, intents, false),
  PlayRemembered: (event, intents) => turnPlay(event.data.playId, intents, true),
  MarkedWatched: (event, intents) => turnMark(event, intents, true),
  MarkedUnwatched: (event, intents) => turnMark(event, intents, true),
  ItemRated: (event, intents) => turnMark(event, intents, true),
  MarkForgotten: (event, intents) => turnMark(event, intents, false),
  MarkRemembered: (event, intents) => turnMark(event, intents, true),
  // It goes with its play; of itself it changes nothing that a person watched.
  OtherPlaceDismissed: () => [],
}

function turnPlay(id: string, { plays }: Intents, forget: boolean): readonly PlaybackEvent[] {
  const play = plays.find(({ playId }) => playId === id)
  if (!play || isForgotten(play) === forget) return []
  return [(forget ? PlayForgotten : PlayRemembered)({ playId: id, completed: play.completed !== null, turn: play.turn + 1 })]
}

type MarkEvent = Extract<PlaybackEvent, { type: 'MarkedWatched' | 'MarkedUnwatched' | 'ItemRated' | 'MarkForgotten' | 'MarkRemembered' }>

function turnMark(event: MarkEvent, intents: Intents, forget: boolean): readonly PlaybackEvent[] {
  const said = markOf(event)!
  const known = intents.marks.find(other => isSameMark(other, said))
  if (!known || isForgotten(known) === forget) return []
  return [(forget ? MarkForgotten : MarkRemembered)({
    mark: known.mark, rating: known.rating, turn: known.turn + 1, deviceSequence: known.sequence, deviceTime: known.deviceTime,
    clockOffsetMs: 0, happenedAt: new Date(known.at).toISOString(), ...inLibrary(event.data),
  })]
}
