import type { Caller } from '../../platform/http/caller.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import type { Query } from '../../platform/sql/sql.js'

export interface Unfinished {
  readonly item_id: string
  readonly position_ms: number
  readonly duration_ms: number
  readonly last_played_at: string
}

/** What the person has begun and not finished, newest first. Music is not continued, nor what lies among photos. */
export function unfinished(sql: Query, caller: Caller, limit: number): Promise<Unfinished[]> {
  return sql.query<Unfinished>(
    `select w.item_id, w.position_ms, w.duration_ms, w.last_played_at
     from read.watch_state w join read.items i on i.id = w.item_id
     where w.user_id = $1 and w.unfinished and i.kind in ('film', 'episode', 'video') and not i.removed and ${visibleTo('i', 2)}
       and not exists (select from read.libraries l where l.id = i.library_id and l.kind = 'photos')
     order by w.last_played_at desc limit $3`,
    [caller.userId, visibilityOf(caller), limit],
  )
}

/** Of a person's watched episodes only the latest say what is being watched now. */
const LOOK_BACK = 1000

/**
 * For each series being watched, the first episode after the one watched last that is not watched; latest series first. A series
 * with an episode begun after that one is gone on with there, and has no next one.
 */
export function nextUp(sql: Query, caller: Caller, limit: number, seriesId?: string): Promise<{ item_id: string }[]> {
  return sql.query<{ item_id: string }>(
    `with latest as (
       select w.item_id, w.watched_at from read.watch_state w
       where w.user_id = $1 and w.watched order by w.watched_at desc limit ${LOOK_BACK}
     ), series as (
       select distinct on (s.parent_id) s.parent_id as id, l.watched_at, s.season_number, i.episode_number
       from latest l join read.items i on i.id = l.item_id and i.kind = 'episode' join read.items s on s.id = i.parent_id
       where ${visibleTo('i', 2)} and ($4::uuid is null or s.parent_id = $4)
       order by s.parent_id, l.watched_at desc, s.season_number desc, i.episode_number desc
     )
     select n.id as item_id from series
     cross join lateral (
       select (array_agg(e.id order by s.season_number, e.episode_number) filter (where w.watched is not true))[1] as id,
         coalesce(bool_or(w.unfinished), false) as begun
       from read.items s join read.items e on e.parent_id = s.id and e.kind = 'episode' and not e.removed
       left join read.watch_state w on w.user_id = $1 and w.item_id = e.id
       where s.parent_id = series.id and (s.season_number, e.episode_number) > (series.season_number, series.episode_number)
     ) n
     where n.id is not null and not n.begun
     order by series.watched_at desc limit $3`,
    [caller.userId, visibilityOf(caller), limit, seriesId ?? null],
  )
}

