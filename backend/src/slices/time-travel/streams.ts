import type { Response } from '@projectionist/shared/api/endpoint'
import type { getStream, getWatchingThen, StreamEvent } from '@projectionist/shared/api/time-travel'
import { DomainError } from '../../platform/eventing/decider.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import type { ItemSummaries } from '../../platform/item-summaries.js'
import type { Query } from '../../platform/sql/sql.js'
import { positionAt } from './moments.js'
import { differences, type Portraits } from './portraits.js'
import { mayKnow, namesOf, subjectsOf, told } from './subjects.js'

interface Parts {
  readonly sql: Query
  readonly store: EventStore
  readonly portraits: Portraits
  readonly items: ItemSummaries
}

interface Asked {
  readonly at: string
  /** A revision, or a position in the history; before it. */
  readonly before: number | undefined
  readonly limit: number
}

/** Own are a person's account and plays; all else is for admins. */
const own = ({ userId }: Caller, category: string, id: string): boolean =>
  (category === 'user' && id === userId) || (category === 'playback' && id.startsWith(`${userId}.`))

/** A subject as of a moment, and what happened to it up to then. Throws `stream-not-found`, also for what the caller may not see. */
export async function streamAsOf(
  { sql, store, portraits }: Parts,
  caller: Caller,
  category: string,
  id: string,
  { at, before, limit }: Asked,
): Promise<Response<typeof getStream>> {
  const streamId = `${category}-${id}`
  const events = caller.role === 'admin' || own(caller, category, id) ? await store.read(streamId) : []
  const subject = (await subjectsOf(sql, [streamId])).get(streamId)!
  if (events.length === 0 || !mayKnow(caller, subject)) throw new DomainError('stream-not-found')
  const position = await positionAt(sql, at)
  const until = events.filter(event => event.position <= position)
  const [then, now] = [portraits.asOf(events, position), portraits.asOf(events, events.at(-1)!.position)]
  const shown = until.filter(({ revision }) => before === undefined || revision < before).slice(-limit)
  return {
    subject: told(subject),
    first: events[0]!.metadata.time,
    at,
    then,
    now,
    differences: differences(then, now),
    events: (await eventsOf(sql, portraits, events, shown)).toReversed(),
    next: shown[0] && shown[0].revision > 0 ? String(shown[0].revision) : null,
  }
}

/** Neighbours in the stream, oldest first: what one leaves is what the next one finds. */
async function eventsOf(sql: Query, portraits: Portraits, all: readonly RecordedEvent[], events: readonly RecordedEvent[]): Promise<StreamEvent[]> {
  let found = events[0] ? portraits.asOf(all, events[0].position - 1) : null
  const names = await namesOf(sql, events.flatMap(({ metadata: { actor } }) => (actor.kind === 'user' ? [actor.userId] : [])))
  return events.map(({ id, type, position, metadata: { actor, reason, time, correlationId } }) => {
    const left = portraits.asOf(all, position)
    const changes = differences(found, left)
    found = left
    return {
      id,
      position: String(position),
      type,
      at: time,
      actor,
      actorName: actor.kind === 'user' ? (names.get(actor.userId) ?? '') : actor.name,
      reason,
      correlationId,
      changes,
    }
  })
}

/** Where a person stood with everything they had played, marked and rated up to a moment. Throws `user-not-found`. */
export async function watchingAsOf(
  { sql, store, portraits, items }: Parts,
  caller: Caller,
  userId: string,
  { at, before, limit }: Asked,
): Promise<Response<typeof getWatchingThen>> {
  if (caller.role !== 'admin' && userId !== caller.userId) throw new DomainError('user-not-found')
  const position = await positionAt(sql, at)
  const rows = await sql.query<{ position: number; item_id: string; at: string }>(
    `select h.position, h.item_id, h.at from read.history h
     where h.owner = $1 and h.category = 'playback' and h.position <= $2 and h.position < $3
       and not exists (
         select from read.history l where l.item_id = h.item_id and l.owner = $1 and l.category = 'playback' and l.position > h.position and l.position <= $2)
     order by h.position desc limit $4`,
    [userId, position, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  )
  const page = rows.slice(0, limit)
  const streams = await store.readMany(page.map(row => `playback-${userId}.${row.item_id}`))
  const summaries = new Map((await items.of(caller, page.map(row => row.item_id))).map(item => [item.id, item]))
  return {
    entries: page.flatMap((row, index) => {
      const events = streams[index]!
      const item = summaries.get(row.item_id) ?? null
      // What is hidden today stays so.
      if (events.length === 0 || (item === null && caller.libraries !== 'all')) return []
      const [then, now] = [portraits.asOf(events, position) ?? {}, portraits.asOf(events, events.at(-1)!.position) ?? {}]
      return [{ itemId: row.item_id, item, at: row.at, then, now, differences: differences(then, now) }]
    }),
    next: rows.length > limit ? String(page.at(-1)!.position) : null,
  }
}
