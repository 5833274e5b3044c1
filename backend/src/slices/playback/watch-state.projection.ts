import type { EventType } from '@projectionist/shared/events/event'
import {
  ItemRated,
  MarkedUnwatched,
  MarkedWatched,
  PlaybackCompleted,
  PlaybackProgressed,
  PlaybackStarted,
} from '@projectionist/shared/events/playback'
import { UserErased } from '@projectionist/shared/events/user'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { fold, projection, subjectOf, sweep, table, type Key, type RowOf } from '../../platform/eventing/projection.js'
import { isBarelyBegun, isFinished } from './playback.js'

const watchState = table(
  'watch_state',
  {
    user_id: 'uuid',
    item_id: 'uuid',
    position_ms: 'bigint',
    duration_ms: 'bigint',
    /** Begun and not finished: it belongs into continue watching. */
    unfinished: 'boolean',
    watched: 'boolean',
    plays: 'int',
    completed_play: 'uuid?',
    last_played_at: 'timestamptz?',
    watched_at: 'timestamptz?',
    rating: 'int?',
  },
  {
    key: ['user_id', 'item_id'],
    indexes: ['(user_id, last_played_at desc) where unfinished', '(user_id, watched_at desc) where watched', '(item_id)'],
  },
)
type State = RowOf<typeof watchState>
type DataOf<T> = T extends EventType<string, infer D> ? D : never

const whose = (event: RecordedEvent): Key => subjectOf(event).split('.')

const nothingYet = ([user_id, item_id]: Key): State => ({
  user_id: String(user_id),
  item_id: String(item_id),
  position_ms: 0,
  duration_ms: 0,
  unfinished: false,
  watched: false,
  plays: 0,
  completed_play: null,
  last_played_at: null,
  watched_at: null,
  rating: null,
})

const change = <T extends EventType>(type: T, apply: (state: State, event: RecordedEvent<DataOf<T>>) => Partial<State>) =>
  fold(type, watchState, whose, (row, event, key) => {
    const state = row ?? nothingYet(key)
    return { ...state, ...apply(state, event) }
  })

/** Where each person stands with each item. */
export const watchStateProjection = projection({
  name: 'watch_state',
  version: 2,
  tables: [watchState],
  when: [
    change(PlaybackStarted, (_, { data, metadata }) => ({ duration_ms: data.durationMs, last_played_at: metadata.time })),
    change(PlaybackProgressed, (state, { data, metadata }) => {
      const finished = isFinished(data.positionMs, data.durationMs)
      // The rest of the credits is not a second viewing.
      if (finished && state.completed_play === data.playId) return { last_played_at: metadata.time }
      return {
        position_ms: finished ? 0 : data.positionMs,
        duration_ms: data.durationMs,
        unfinished: !finished && !isBarelyBegun(data.positionMs, data.durationMs),
        last_played_at: metadata.time,
      }
    }),
    change(PlaybackCompleted, (state, { data, metadata }) => ({
      position_ms: 0,
      unfinished: false,
      watched: true,
      plays: state.plays + 1,
      completed_play: data.playId,
      last_played_at: metadata.time,
      watched_at: metadata.time,
    })),
    change(MarkedWatched, (_, { metadata }) => ({ position_ms: 0, unfinished: false, watched: true, watched_at: metadata.time })),
    change(MarkedUnwatched, () => ({ position_ms: 0, unfinished: false, watched: false, watched_at: null })),
    change(ItemRated, (_, { data }) => ({ rating: data.rating })),
    sweep(UserErased, watchState, 'user_id', ({ data }) => data.userId),
  ],
  views: { watch_state: 'select * from {schema}.watch_state' },
  announces: {
    topic: 'watch-state',
    subject: event => {
      const [userId, itemId] = whose(event) as [string, string]
      return { userId, itemId }
    },
  },
})
