import type { Caller } from '../../platform/http/caller.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import type { Query } from '../../platform/sql/sql.js'

/** Kinds of items that hold others, as a list in SQL. */
export const groupKinds = `('series', 'season', 'artist', 'album')`

/** Playable items inside an item, or the item itself: what marking a group as watched is about. */
export async function leavesOf(sql: Query, caller: Caller, itemId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `with recursive inside as (
       select i.id, i.kind from read.items i where i.id = $1 and ${visibleTo('i', 2)}
       union all select c.id, c.kind from inside p join read.items c on c.parent_id = p.id and not c.removed
     ) select id from inside where kind not in ${groupKinds}`,
    [itemId, visibilityOf(caller)],
  )
  return rows.map(row => row.id)
}
