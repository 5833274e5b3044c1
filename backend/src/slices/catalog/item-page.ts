import { basename } from 'node:path/posix'
import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import type { Caller } from '../../platform/http/caller.js'
import { DomainError } from '../../platform/eventing/decider.js'
import type { ImageLinks } from '../../platform/image-links.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import { metadataOf, type Sources } from '../../platform/media/metadata-sources.js'
import type { ItemRow, KnownFile } from './item-row.js'
import { childrenOf, summaries } from './item-summaries.js'

const MOST_CHILDREN = 500

/** One item with all its page shows. Throws `item-not-found`, also for what the person may not see. */
export async function itemPage(sql: Query, images: ImageLinks, caller: Caller, id: string): Promise<Item> {
  const [row] = await sql.query<ItemRow>(
    `select i.* from read.items i where i.id = $1 and ${visibleTo('i', 2)}`,
    [id, visibilityOf(caller)],
    'item_page',
  )
  const [summary] = row ? await summaries(sql, images, caller, [id]) : []
  if (!row || !summary) throw new DomainError('item-not-found')
  const files = row.files as KnownFile[]
  const roots = await rootsOf(sql, row.root_ids as string[])
  const [children, next] = await Promise.all([
    childrenOf(sql, id, MOST_CHILDREN).then(ids => summaries(sql, images, caller, ids)),
    nextOf(sql, images, caller, summary),
  ])
  const details = metadataOf(row.sources as Sources)
  return {
    ...summary,
    originalTitle: details.originalTitle ?? null,
    tagline: details.tagline ?? null,
    overview: details.overview ?? null,
    genres: row.genres as string[],
    tags: row.tags as string[],
    studios: details.studios ?? [],
    people: details.people ?? [],
    chapters: files[0]?.media.chapters ?? [],
    camera: details.camera ?? null,
    place: details.place ?? null,
    trackGainDb: details.trackGainDb ?? null,
    albumGainDb: details.albumGainDb ?? null,
    externalIds: details.externalIds ?? {},
    files: files.map(({ file, media, edition }) => {
      const root = roots.get(file.location.rootId)
      return {
        id: file.fileId,
        edition: edition ?? null,
        path: caller.role === 'admin' && root ? `${root.path}/${file.location.relative}` : basename(file.location.relative),
        sizeBytes: file.sizeBytes,
        available: root !== undefined && root.lost === null,
        media,
      }
    }),
    children,
    next,
  }
}

async function rootsOf(sql: Query, ids: readonly string[]): Promise<Map<string, { path: string; lost: string | null }>> {
  const rows = await sql.query<{ id: string; path: string; lost: string | null }>('select id, path, lost from read.library_roots where id = any($1)', [ids])
  return new Map(rows.map(row => [row.id, row]))
}

/**
 * What to play from here: for an episode the one after it; for a series or season what was begun, else the first episode
 * not watched after the one watched last, else the first of all.
 */
export async function nextOf(sql: Query, images: ImageLinks, caller: Caller, item: Pick<ItemSummary, 'id' | 'kind' | 'parents'>): Promise<ItemSummary | null> {
  const seriesId = item.kind === 'series' ? item.id : item.kind === 'episode' ? item.parents[1]?.id : undefined
  const seasonId = item.kind === 'season' ? item.id : undefined
  if (!seriesId && !seasonId) return null
  const episodes = `
    select e.id, row_number() over (order by (s.season_number = 0), s.season_number, e.episode_number, e.sort_title) as n,
      coalesce(w.watched, false) as watched, coalesce(w.unfinished, false) as unfinished, w.last_played_at, w.watched_at
    from read.items s join read.items e on e.parent_id = s.id and not e.removed
    left join read.watch_state w on w.user_id = $1 and w.item_id = e.id
    where e.kind = 'episode' and ${seasonId ? 's.id' : 's.parent_id'} = $2`
  const [row] = await sql.query<{ id: string }>(
    item.kind === 'episode'
      ? `with e as (${episodes}) select id from e where n = (select n from e where id = $3) + 1`
      : `with e as (${episodes}), last as (select max(n) as n from e where watched_at = (select max(watched_at) from e))
         select id from e order by unfinished desc, case when unfinished then last_played_at end desc nulls last,
           (not watched and n > coalesce((select n from last), 0)) desc, (not watched) desc, n limit 1`,
    [caller.userId, seasonId ?? seriesId, ...(item.kind === 'episode' ? [item.id] : [])],
  )
  const [next] = row ? await summaries(sql, images, caller, [row.id]) : []
  return next ?? null
}
