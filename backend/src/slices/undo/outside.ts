import type { LibraryEvent } from '@projectionist/shared/events/library'
import type { ItemEvent } from '@projectionist/shared/events/item'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { subjectOf } from '../../platform/eventing/projection.js'
import { overlap } from '../../platform/media/folder-overlap.js'
import type { Query } from '../../platform/sql/sql.js'
import { takingTheLastAdmin } from './admins-left.js'

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
 * place, that a folder it would bring back belongs to another library, and that nobody else is an admin. `ours`: of these streams
 * those the same undo takes care of.
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
  return new Map([
    ...(await takenFolders(sql, folders)),
    ...(await takenFiles(sql, files, ours)),
    ...(await takingTheLastAdmin(sql, events)),
  ])
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
  const locations = files.map(({ what }) => what.file.location)
  // Asked by lists, which are fast whatever the planner believes of the table; matched here.
  const rows = await sql.query<FileRow>(
    `select k.item_id, k.file_id, k.library_id, k.root_id, k.relative, i.title from (
       select item_id, file_id, library_id, root_id, relative from read.known_files where file_id = any($1) and not gone
       union select item_id, file_id, library_id, root_id, relative from read.known_files where root_id = any($2) and relative collate "C" = any($3) and not gone
     ) k left join read.items i on i.id = k.item_id`,
    [
      files.map(({ what }) => what.file.fileId),
      [...new Set(locations.map(({ rootId }) => rootId))],
      locations.map(({ relative }) => relative),
    ],
  )
  const byContent = Map.groupBy(rows, row => `${row.library_id} ${row.file_id}`)
  const byPlace = Map.groupBy(rows, row => `${row.root_id} ${row.relative}`)
  const taken = files.flatMap(({ of, subject, what: { libraryId, file } }) => {
    const elsewhere = byContent.get(`${libraryId} ${file.fileId}`)?.find(row => row.item_id !== subject)
    const inPlace = byPlace.get(`${file.location.rootId} ${file.location.relative}`)?.find(row => row.item_id !== subject)
    const other = elsewhere ?? inPlace
    return other
      ? [
          {
            of,
            other,
            why: elsewhere
              ? `The file belongs to ${nameOf(other)} now.`
              : `In the place of ${file.location.relative} is a file of ${nameOf(other)} now.`,
          },
        ]
      : []
  })
  if (taken.length === 0) return []
  const handled = await ours([...new Set(taken.map(({ other }) => `item-${other.item_id}`))])
  return taken.filter(({ other }) => !handled.has(`item-${other.item_id}`)).map(({ of, why }) => [of, why] as const)
}

interface FileRow {
  readonly item_id: string
  readonly file_id: string
  readonly library_id: string
  readonly root_id: string
  readonly relative: string
  readonly title: string | null
}
const nameOf = ({ title }: FileRow): string => (title === null ? 'something else' : `“${title}”`)
