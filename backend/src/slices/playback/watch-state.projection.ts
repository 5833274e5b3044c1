import { playbackEvents, type PlaybackEvent } from '@projectionist/shared/events/playback'
import { UserErased } from '@projectionist/shared/events/user'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { fold, projection, subjectOf, sweep, table, type Key, type RowOf } from '../../platform/eventing/projection.js'
import { bounded, join, nothing, type Intents } from './intents.js'
import type { Met } from './plays-and-marks.js'
import { standingOf } from './standing.js'

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
    last_played_at: 'timestamptz?',
    watched_at: 'timestamptz?',
    rating: 'int?',
    /** `ElsewherePlace` of the contract: where another device is, when that is worth telling. */
    elsewhere: 'json?',
    /** `Intents`: what the other columns follow from. */
    intents: 'json',
  },
  {
    key: ['user_id', 'item_id'],
    indexes: ['(user_id, last_played_at desc) where unfinished', '(user_id, watched_at desc) where watched', '(item_id)'],
  },
)
type State = RowOf<typeof watchState>

const whose = (event: RecordedEvent): Key => subjectOf(event).split('.')

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

function rowOf([user_id, item_id]: Key, intents: Intents): State {
  const { positionMs, durationMs, unfinished, watched, plays, lastPlayedAt, watchedAt, rating, elsewhere } = standingOf(intents)
  return {
    user_id: String(user_id),
    item_id: String(item_id),
    position_ms: positionMs,
    duration_ms: durationMs,
    unfinished,
    watched,
    plays,
    last_played_at: iso(lastPlayedAt),
    watched_at: iso(watchedAt),
    rating,
    elsewhere: elsewhere && { ...elsewhere, at: iso(elsewhere.at) },
    intents,
  }
}

/** Where each person stands with each item: the same row in whatever order events come. */
export const watchStateProjection = projection({
  name: 'watch_state',
  version: 2,
  tables: [watchState],
  when: [
    ...playbackEvents.map(type =>
      fold(type, watchState, whose, (row, event, key) => {
        const before = (row?.intents ?? nothing) as Intents
        const intents = bounded(join(before, event as RecordedEvent & PlaybackEvent as Met))
        return rowOf(key, intents)
      }),
    ),
    sweep(UserErased, watchState, 'user_id', ({ data }) => data.userId),
  ],
  views: {
    watch_state: `select user_id, item_id, position_ms, duration_ms, unfinished, watched, plays, last_played_at, watched_at, rating, elsewhere
      from {schema}.watch_state`,
  },
  announces: {
    topic: 'watch-state',
    subject: event => {
      const [userId, itemId] = whose(event) as [string, string]
      return { userId, itemId }
    },
  },
})

export const playbackPortrait: Portrait = {
  category: 'playback',
  projection: watchStateProjection,
  fields(rows) {
    const [row] = rows(watchState)
    return row ? telling({ watched: row.watched, plays: row.plays, positionMs: row.position_ms, rating: row.rating }) : {}
  },
}
