import type { MediaFile } from '@projectionist/shared/events/media'
import type { Query } from '../../platform/sql/sql.js'
import { itemIdOf } from './identity.js'
import type { Known, KnownFile } from './ingest-batch.js'

interface Row {
  readonly item_id: string
  readonly file_id: string
  readonly file: MediaFile
  readonly key: string | null
  readonly gone: boolean
}

const PAGE = 2000
const known = ({ item_id, file, gone }: Row): KnownFile => ({ itemId: item_id, file, ...(gone && { gone }) })

/** Files the catalogue has under a root, in the order of their paths' bytes. */
export async function* knownFiles(sql: Query, rootId: string): AsyncGenerator<KnownFile, void> {
  for (let after = ''; ; ) {
    const rows = await sql.query<Row & { relative: string }>(
      `select item_id, file_id, file, key, gone, relative from read.known_files
       where root_id = $1 and not gone and relative collate "C" > $2 order by relative collate "C" limit ${PAGE}`,
      [rootId, after],
    )
    for (const row of rows) yield known(row)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.relative
  }
}

/** What is known of these contents and works in a library. */
export async function lookUp(
  sql: Query,
  libraryId: string,
  { fileIds, keys }: { readonly fileIds: readonly string[]; readonly keys: readonly string[] },
): Promise<Omit<Known, 'inPlace'>> {
  const files = await sql.query<Row>(
    // A content that is there and was elsewhere before is where it is now.
    `select distinct on (file_id) item_id, file_id, file, key, gone from read.known_files
     where library_id = $1 and file_id = any($2) order by file_id, gone, item_id`,
    [libraryId, fileIds],
    'known_by_content',
  )
  const works = await sql.query<{ key: string; item_id: string }>(
    'select distinct key, item_id from read.known_files where library_id = $1 and key = any($2) and not gone',
    [libraryId, keys],
    'known_by_work',
  )
  const concerned = new Set([...files.map(row => row.item_id), ...works.map(row => row.item_id), ...keys.map(key => itemIdOf(libraryId, key))])
  const holding = await sql.query<Row>(
    'select item_id, file_id, key from read.known_files where item_id = any($1) and not gone order by item_id',
    [[...concerned]],
    'files_of_items',
  )
  const items = new Map<string, { key: string; fileIds: string[] }>()
  for (const { item_id, file_id, key } of holding) {
    const item = items.get(item_id) ?? { key: key ?? '', fileIds: [] }
    items.set(item_id, { ...item, fileIds: [...item.fileIds, file_id] })
  }
  return {
    byFileId: new Map(files.map(row => [row.file_id, known(row)])),
    itemByKey: new Map(works.map(row => [row.key, row.item_id])),
    items,
  }
}
