import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { StreamKinds } from '../../platform/eventing/stream-kinds.js'
import { takeBack, type Reverted, type TakenBack, type Undo } from '../../platform/eventing/taking-back.js'
import type { Sql } from '../../platform/sql/sql.js'
import { barredFromOutside } from './outside.js'
import { isChosen, touched, type Chosen } from './selection.js'

export interface Decided extends TakenBack {
  readonly streamId: string
  /** The stream as it stands, its events in today's versions. */
  readonly history: readonly RecordedEvent[]
}

/** What an undo rests on. */
export interface UndoParts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly kinds: StreamKinds
}

/**
 * Decides for these streams what takes the chosen events back, from the log as it stands. Streams whose first chosen event is not
 * after `after` were decided on an earlier page, and are left out. Changes nothing.
 */
export async function decide(
  { sql, store, catalog, kinds }: UndoParts,
  streamIds: readonly string[],
  chosen: Chosen,
  undo: Undo,
  after = 0,
): Promise<readonly Decided[]> {
  const read = await store.readMany(streamIds)
  const streams = streamIds.flatMap((streamId, index) => {
    const first = read[index]!.find(event => isChosen(chosen, event))
    return first && first.position > after ? [{ streamId, history: read[index]!.map(event => catalog.current(event)) }] : []
  })
  const decided = streams.map(stream => ({
    ...stream,
    ...takeBack(kinds.deciders, catalog, stream.history, event => isChosen(chosen, event), undo),
  }))
  const barred = await barredFromOutside(
    sql,
    decided.flatMap(({ events }) => events),
    others => touched(sql, chosen, others),
  )
  if (barred.size === 0) return decided
  return decided.map(one => {
    const stays = one.outcomes.filter(({ event }) => barred.has(event.id))
    if (stays.length === 0) return one
    const again = takeBack(kinds.deciders, catalog, one.history, event => isChosen(chosen, event) && !barred.has(event.id), undo)
    const left = stays.map(({ event }): Reverted => ({ event, outcome: 'conflict', why: barred.get(event.id)! }))
    return { ...one, events: again.events, outcomes: [...again.outcomes, ...left] }
  })
}
