import type { LibraryEvent } from '@projectionist/shared/events/library'
import type { ItemEvent } from '@projectionist/shared/events/item'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { subjectOf } from '../../platform/eventing/projection.js'
import { overlap } from '../../platform/media/folder-overlap.js'
import type { Query } from '../../platform/sql/sql.js'

/** By the event that would be taken back: why that cannot be, seen from outside its stream. */
export type Barred = ReadonlyMap<string, string>

type Restored = Extract<ItemEvent, { type: 'MediaRestored' }>['data']['files'][number]
interface Return<What> {
  /** The event that would be taken back. */
  readonly of: string
  readonly subject: string
  readonly what: What
}

/**
 * What a stream cannot know of others: that a file it would bring back stands in another item by now, or another file in its
 * place, and that a folder it would bring back belongs to another library. `ours`: of these streams those the same undo takes care of.
 */
export async function barredFromOutside(
  sql: Query,
  events: readonly RecordedEvent[],
  ours: (streamIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Barred> {
  const files: Return<Restored>[] = []
  const folders: Return<string>[] = []
  for (const event of events) {
    const { type, data } = event as unknown as ItemEvent | LibraryEvent
    const [of, subject] = [event.metadata.causationId, subjectOf(event)]
    if (type === 'MediaRestored') files.push(...data.files.map(what => ({ of, subject, what })))
    if (type === 'LibraryRestored') folders.push(...data.roots.map(({ path }) => ({ of, subject, what: path })))
    if (type === 'LibraryFolderAdded') folders.push({ of, subject, what: data.path })
  }
  return new Map([...(await takenFolders(sql, folders)), ...(await takenFiles(sql, files, ours))])
}

async function takenFolders(sql: Query, folders: readonly Return<string>[]): Promise<(readonly [string, string])[]> {
  if (folders.length === 0) return []
  const roots = await sql.query<{ path: string; library_id: string; name: string }>(
    'select r.path, r.library_id, l.name from read.library_roots r join read.libraries l on l.id = r.library_id',
  )
  return folders.flatMap(({ of, subject, what }) => {
    const other = roots.find(root => root.library_id !== subject && overlap(root.path, what))
    return other ? [[of, `The folder ${what} belongs to the library “${other.name}” now.`] as const] : []
  })
}

async function takenFiles(
  sql: Query,
  files: readonly Return<Restored>[],
  ours: (streamIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<(readonly [string, string])[]> {
  if (files.length === 0) return []
  const rows = await sql.query<{ ordinal: number; item_id: string; moved: boolean; title: string | null }>(
    `select f.ordinal::int as ordinal, k.item_id, k.file_id = f.file_id as moved, i.title
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) with ordinality as f(library_id, item_id, file_id, root_id, relative, ordinal)
     cross join lateral (
       select item_id, file_id from read.known_files where file_id = f.file_id and library_id = f.library_id and not gone
       union select item_id, file_id from read.known_files where root_id = f.root_id and relative collate "C" = f.relative and not gone
     ) k
     left join read.items i on i.id = k.item_id
     where k.item_id <> f.item_id`,
    [
      files.map(({ what }) => what.libraryId), files.map(({ subject }) => subject), files.map(({ what }) => what.file.fileId),
      files.map(({ what }) => what.file.location.rootId), files.map(({ what }) => what.file.location.relative),
    ],
  )
  if (rows.length === 0) return []
  const handled = await ours([...new Set(rows.map(({ item_id }) => `item-${item_id}`))])
  return rows
    .filter(({ item_id }) => !handled.has(`item-${item_id}`))
    .map(({ ordinal, moved, title }) => {
      const { of, what } = files[ordinal - 1]!
      const where = title === null ? 'something else' : `“${title}”`
      return [of, moved ? `The file belongs to ${where} now.` : `In the place of ${what.file.location.relative} is a file of ${where} now.`] as const
    })
}
