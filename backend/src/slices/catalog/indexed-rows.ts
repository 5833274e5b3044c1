import type { ItemKind } from '@projectionist/shared/events/media'
import type { Sql } from '../../platform/sql/sql.js'
import { metadataOf, type Sources } from '../../platform/media/metadata-sources.js'
import type { IndexedRow } from './index/indexed-row.js'
import type { ItemRow } from './item-row.js'

type Source = Pick<
  ItemRow,
  | 'id' | 'library_id' | 'kind' | 'parent_id' | 'title' | 'sort_title' | 'artist' | 'year' | 'released_on' | 'taken_at' | 'rating' | 'duration_ms'
  | 'season_number' | 'disc_number' | 'episode_number' | 'track_number' | 'quality' | 'content_rating' | 'genres' | 'tags' | 'sources' | 'changed_position'
> & {
  readonly added_ms: number
  readonly grand_id: string | null
  readonly parent_title: string | null
  readonly grand_title: string | null
  readonly gone: boolean
}

const leaf = (alias: string): string => `not ${alias}.removed and ${alias}.kind not in ('series', 'season', 'artist', 'album')`

/** A group is in the catalogue as long as something that can be played is inside. */
const select = `
  select i.id, i.library_id, i.kind, i.parent_id, i.title, i.sort_title, i.artist, i.year, i.released_on, i.taken_at, i.rating, i.duration_ms,
    i.season_number, i.disc_number, i.episode_number, i.track_number, i.quality, i.content_rating, i.genres, i.tags, i.sources, i.changed_position,
    (extract(epoch from i.added_at) * 1000)::bigint as added_ms,
    p.parent_id as grand_id, p.title as parent_title, g.title as grand_title,
    case when i.kind in ('series', 'season', 'artist', 'album') then
      not exists (select from read.items c where c.parent_id = i.id and ${leaf('c')})
      and not exists (select from read.items c join read.items d on d.parent_id = c.id where c.parent_id = i.id and ${leaf('d')})
    else i.removed end as gone
  from read.items i left join read.items p on p.id = i.parent_id left join read.items g on g.id = p.parent_id`

const PAGE = 5000

/** Rows of the whole catalogue, page by page, as one moment shows them. */
export async function* allRows(sql: Sql): AsyncGenerator<IndexedRow[]> {
  for await (const rows of sql.pages<Source>(select, PAGE)) yield rows.map(indexed)
}

/** Rows that events after the position have changed, and those that follow from them: what they are in, what is in them. */
export async function rowsChangedSince(sql: Sql, position: number): Promise<IndexedRow[]> {
  const rows = await sql.query<Source>(
    `with changed as (select id, parent_id, kind from read.items where changed_position > $1),
     inside as (select c.id from read.items c join changed p on c.parent_id = p.id where p.kind in ('series', 'season', 'artist', 'album')),
     touched as (
       select id from changed
       union select parent_id from changed
       union select p.parent_id from changed c join read.items p on p.id = c.parent_id
       union select id from inside
       union select d.id from read.items d join inside on d.parent_id = inside.id
     )
     ${select} where i.id in (select id from touched)`,
    [position],
  )
  return rows.map(indexed)
}

/** Changes when all rows have to be read anew: another version is in use, or a library went or came back. */
export async function generationOf(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ generation: string }>(
    `select coalesce(obj_description('read.items'::regclass), '') || coalesce((select string_agg(id::text, ' ' order by id) from read.removed_libraries), '') as generation`,
  )
  return row!.generation
}

function indexed(row: Source): IndexedRow {
  const { originalTitle, people = [] } = metadataOf(row.sources as Sources)
  return {
    id: row.id,
    libraryId: row.library_id,
    kind: row.kind as ItemKind,
    parentId: row.parent_id,
    grandparentId: row.grand_id,
    title: row.title,
    sortTitle: row.sort_title,
    names: [originalTitle, row.artist, row.parent_title, row.grand_title, ...people.slice(0, 10).map(({ name }) => name)].filter(
      (name): name is string => Boolean(name) && name !== row.title,
    ),
    year: row.year,
    addedMs: Number(row.added_ms),
    releasedOn: row.released_on,
    takenAt: row.taken_at,
    rating: row.rating,
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
    number: numberOf(row),
    quality: row.quality,
    contentRating: row.content_rating,
    genres: row.genres as string[],
    tags: row.tags as string[],
    removed: row.gone,
    changedPosition: Number(row.changed_position),
  }
}

/** Place in its parent: season or disc, then episode or track. */
function numberOf(row: Source): number | null {
  const minor = row.episode_number ?? row.track_number
  if (minor === null) return row.season_number
  return (row.disc_number ?? row.season_number ?? 0) * 10_000 + minor
}
