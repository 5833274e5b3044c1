import type { MediaFile, MediaInfo } from '@projectionist/shared/events/media'
import type { Caller } from '../../platform/http/caller.js'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'

export interface PlayableFile {
  readonly file: MediaFile
  readonly media: MediaInfo
  /** Folder of the library it is in; null while that cannot be reached. */
  readonly root: string | null
}

export interface PlayableItem {
  readonly id: string
  readonly libraryId: string
  /** Its versions, best picture first. */
  readonly files: readonly PlayableFile[]
  /** Where the person left off; 0 at the start. */
  readonly resumeMs: number
}

/** An item with what there is to play of it. Throws `item-not-found`, also for what the person may not see; `not-playable`. */
export async function playableItem(sql: Query, caller: Caller, id: string): Promise<PlayableItem> {
  const [row] = await sql.query<{ library_id: string; files: readonly Omit<PlayableFile, 'root'>[]; resume_ms: number | null }>(
    `select i.library_id, i.files, case when w.unfinished then w.position_ms end as resume_ms
     from read.items i left join read.watch_state w on w.user_id = $3 and w.item_id = i.id
     where i.id = $1 and not i.removed and ${visibleTo('i', 2)}`,
    [id, visibilityOf(caller), caller.userId],
    'playable_item',
  )
  if (!row) throw new DomainError('item-not-found')
  const playable = row.files.filter(({ media }) => media.video.length + media.audio.length > 0)
  if (playable.length === 0) throw new DomainError('not-playable')
  const roots = await sql.query<{ id: string; path: string; lost: string | null }>(
    'select id, path, lost from read.library_roots where id = any($1)',
    [playable.map(({ file }) => file.location.rootId)],
    'roots_of_files',
  )
  const reachable = new Map(roots.filter(root => root.lost === null).map(root => [root.id, root.path]))
  return {
    id,
    libraryId: row.library_id,
    files: playable.map(known => ({ ...known, root: reachable.get(known.file.location.rootId) ?? null })),
    resumeMs: row.resume_ms ?? 0,
  }
}
