import type { UndoSelection } from '@projectionist/shared/events/undo'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Query } from '../../platform/sql/sql.js'

/** What makes a play; marks and ratings are taken back on their own. */
export const playTypes: readonly string[] = ['PlaybackStarted', 'PlaybackProgressed', 'PlaybackCompleted']

/** Events that somebody may take back. */
export interface Chosen {
  readonly selection: UndoSelection
  /** Kinds of events that can be taken back at all. */
  readonly types: readonly string[]
  /** The person whose own playing it is; undefined: it is about libraries, and whoever asks may change these. */
  readonly personal: string | undefined
  /** Only events before this place in the log. */
  readonly before: number
  /** Of a scan: what its events follow from. */
  readonly scanCauses: readonly string[]
}

/** What forgets a play stands in the play's line of the history, not in that of the undo it follows from. */
const ofCause = (n: string): string =>
  `(h.group_id = ${n} or (h.type in ('PlayForgotten', 'PlayRemembered') and h.correlation_id = ${n}))`

interface Facts {
  readonly playId?: string
  readonly happenedAt?: string
}

/** Whether an event in hand is among them; its stream is one that `nextStreams` has given. */
export function isChosen({ selection, types, before, scanCauses }: Chosen, event: RecordedEvent): boolean {
  if (event.position >= before || !types.includes(event.type)) return false
  const { playId, happenedAt } = event.data as Facts
  switch (selection.of) {
    case 'events':
      return selection.eventIds.includes(event.id)
    case 'cause':
      return event.metadata.correlationId === selection.correlationId || playId === selection.correlationId
    case 'scan':
      return scanCauses.includes(event.metadata.causationId)
    case 'plays': {
      const at = Date.parse(happenedAt ?? event.metadata.time)
      return playTypes.includes(event.type) && at >= Date.parse(selection.from) && at < Date.parse(selection.to)
    }
  }
}

/**
 * The same as a condition on `read.history h`, with its values. Nobody's playing but the person's own is ever in it. Of plays it may
 * give more: what a device reported late has happened before it was recorded, which only the log knows.
 */
function chosenSql({ selection, types, personal, before, scanCauses }: Chosen): {
  readonly condition: string
  readonly values: unknown[]
} {
  const values: unknown[] = [types, before]
  const and = (condition: (n: string) => string, value: unknown): string => ` and ${condition(`$${values.push(value)}`)}`
  const scope =
    personal === undefined ? ` and h.category <> 'playback'` : and(n => `h.category = 'playback' and h.owner = ${n}`, personal)
  return { condition: `h.type = any($1) and h.position < $2${scope}${asked()}`, values }

  function asked(): string {
    switch (selection.of) {
      case 'events':
        return and(n => `h.event_id = any(${n})`, selection.eventIds)
      case 'cause':
        return and(ofCause, selection.correlationId)
      case 'scan':
        return and(n => `h.cause_id = any(${n})`, scanCauses)
      case 'plays':
        return (
          and(n => `h.type = any(${n})`, playTypes) +
          and(n => `h.at >= ${n}`, selection.from) +
          (selection.items ? and(n => `h.item_id = any(${n})`, selection.items) : '')
        )
    }
  }
}

/** How many events of each kind are chosen, most first. */
export async function countKinds(sql: Query, chosen: Chosen): Promise<{ type: string; count: number }[]> {
  const { condition, values } = chosenSql(chosen)
  return sql.query<{ type: string; count: number }>(
    `select h.type, count(*)::int as count from read.history h where ${condition} group by h.type order by 2 desc, 1`,
    values,
  )
}

export interface Page {
  readonly streamIds: readonly string[]
  /** How many events it goes over. */
  readonly events: number
  /** How far in the log the page goes; undefined: nothing is left. */
  readonly end: number | undefined
}

/** Streams with chosen events after a place in the log, by so many events; a stream may come again on a later page. */
export async function nextStreams(sql: Query, chosen: Chosen, after: number, limit: number): Promise<Page> {
  const { condition, values } = chosenSql(chosen)
  const rows = await sql.query<{ position: number; stream_id: string }>(
    `select h.position, h.stream_id from read.history h where ${condition} and h.position > $${values.length + 1} order by h.position limit $${values.length + 2}`,
    [...values, after, limit],
  )
  return { streamIds: [...new Set(rows.map(row => row.stream_id))], events: rows.length, end: rows.at(-1)?.position }
}

/** Of these streams those that the choice touches as well. */
export async function touched(sql: Query, chosen: Chosen, streamIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { condition, values } = chosenSql(chosen)
  const rows = await sql.query<{ stream_id: string }>(
    `select distinct h.stream_id from read.history h where ${condition} and h.stream_id = any($${values.length + 1})`,
    [...values, streamIds],
  )
  return new Set(rows.map(row => row.stream_id))
}
