import type { Position } from '../../platform/eventing/event-store.js'
import type { Query } from '../../platform/sql/sql.js'

/** Nodes' clocks differ, and events are recorded in batches: so many events at most lie between one and a later one of an earlier time. */
const OUT_OF_ORDER = 5000

/**
 * The last position recorded at or before a moment, 0 before the first event. Asked of the history, which has the times of any
 * store's log in an index.
 */
export async function positionAt(sql: Query, at: string): Promise<Position> {
  const [row] = await sql.query<{ position: Position }>(
    `with latest as (select position from read.history where at <= $1 order by at desc limit 1)
     select coalesce((
       select max(position) from (
         select position, at from read.history where position >= (select position from latest) order by position limit ${OUT_OF_ORDER}
       ) near where at <= $1), 0) as position`,
    [at],
    'position_at',
  )
  return row!.position
}

/** When the earliest event was recorded; null when there is none yet. */
export async function firstMoment(sql: Query): Promise<string | null> {
  const [row] = await sql.query<{ at: string }>('select at from read.history order by at limit 1', [], 'first_moment')
  return row?.at ?? null
}
