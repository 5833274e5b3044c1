import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import { groupKinds } from './leaves.queries.js'

export interface PlayableItem {
  readonly id: string
  readonly library_id: string
  readonly is_group: boolean
  /** Its first version; null where it has none any more. */
  readonly file_id: string | null
}

/** Of these items, those the person may see, also when their files are gone: what was watched was watched. */
export async function playableItems(sql: Query, caller: Caller, ids: readonly string[]): Promise<ReadonlyMap<string, PlayableItem>> {
  const rows = await sql.query<PlayableItem>(
    `select i.id, i.library_id, i.kind in ${groupKinds} as is_group, i.files->0->'file'->>'fileId' as file_id
     from read.items i where i.id = any($1) and ${visibleTo('i', 2)}`,
    [[...new Set(ids)], visibilityOf(caller)],
    'playable_items',
  )
  return new Map(rows.map(row => [row.id, row]))
}
