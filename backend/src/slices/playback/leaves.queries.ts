import type { Caller } from '../../platform/http/caller.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import type { Query } from '../../platform/sql/sql.js'

/** Kinds of items that hold others, as a list in SQL. */
export const groupKinds = `('series', 'season', 'artist', 'album')`

export interface Leaf {
  readonly itemId: string
  readonly libraryId: string
}

/** Playable items inside these items, or the items themselves, each once: what marking a group as watched is about. */
export async function leavesOf(sql: Query, caller: Caller, itemIds: readonly string[]): Promise<Leaf[]> {
  const rows = await sql.query<{ id: string; library_id: string }>(
    `with recursive inside as (
       select i.id, i.kind, i.library_id from read.items i where i.id = any($1) and ${visibleTo('i', 2)}
       union select c.id, c.kind, c.library_id from inside p join read.items c on c.parent_id = p.id and not c.removed
     ) select id, library_id from inside where kind not in ${groupKinds}`,
    [itemIds, visibilityOf(caller)],
  )
  return rows.map(row => ({ itemId: row.id, libraryId: row.library_id }))
}
