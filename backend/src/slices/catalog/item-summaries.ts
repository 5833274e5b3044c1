import type { ElsewherePlace, ItemSummary, Picture } from '@projectionist/shared/api/items'
import type { Artwork, ArtworkRole, ItemKind } from '@projectionist/shared/events/media'
import type { Caller } from '../../platform/http/caller.js'
import type { ImageLinks } from '../../platform/image-links.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import { isGroup, type ItemRow, type Pictures } from './item-row.js'

/** Columns of an item that lists show: everything but what only its page needs. */
const listed = [
  'id', 'kind', 'library_id', 'parent_id', 'title', 'year', 'season_number', 'episode_number', 'episode_number_end', 'disc_number', 'track_number',
  'artist', 'duration_ms', 'added_at', 'released_on', 'taken_at', 'rating', 'content_rating', 'quality', 'width', 'height', 'pictures', 'root_ids', 'removed',
] as const satisfies readonly (keyof ItemRow)[]

type Listed = Pick<ItemRow, (typeof listed)[number]> & {
  readonly parent_kind: string | null
  readonly parent_title: string | null
  readonly parent_pictures: Pictures | null
  readonly grand_id: string | null
  readonly grand_kind: string | null
  readonly grand_title: string | null
  readonly grand_pictures: Pictures | null
  readonly position_ms: number | null
  readonly watched: boolean | null
  readonly plays: number | null
  readonly last_played_at: string | null
  readonly own_rating: number | null
  readonly elsewhere: ElsewherePlace | null
  readonly lost_roots: readonly string[] | null
}

/** What is inside a group: things directly in it, what can be played, and how much of that the person has watched. */
interface Inside {
  readonly id: string
  readonly children: number
  readonly leaves: number
  readonly seen: number
}

const select = `
  select ${listed.map(column => `i.${column}`).join(', ')},
    p.kind as parent_kind, p.title as parent_title, p.pictures as parent_pictures,
    g.id as grand_id, g.kind as grand_kind, g.title as grand_title, g.pictures as grand_pictures,
    w.position_ms, w.watched, w.plays, w.last_played_at, w.rating as own_rating, w.elsewhere,
    (select array_agg(id::text) from read.library_roots where lost is not null) as lost_roots
  from unnest($1::uuid[]) with ordinality k(id, ord)
  join read.items i on i.id = k.id and ${visibleTo('i', 3)}
  left join read.items p on p.id = i.parent_id
  left join read.items g on g.id = p.parent_id
  left join read.watch_state w on w.user_id = $2 and w.item_id = i.id
  order by k.ord`

const selectInside = `
  select k.id, count(distinct c.id) filter (where not c.removed) as children,
    count(*) filter (where not coalesce(d.removed, c.removed) and coalesce(d.kind, c.kind) in ('episode', 'track')) as leaves,
    count(*) filter (where x.watched and not coalesce(d.removed, c.removed)) as seen
  from unnest($1::uuid[]) k(id)
  join read.items c on c.parent_id = k.id
  left join read.items d on d.parent_id = c.id and c.kind in ('season', 'album')
  left join read.watch_state x on x.user_id = $2 and x.item_id = coalesce(d.id, c.id)
  group by k.id`

/** Items by id, in the order asked for, as lists show them to this person; those they may not see are left out. */
export async function summaries(sql: Query, images: ImageLinks, caller: Pick<Caller, 'userId' | 'libraries'>, ids: readonly string[]): Promise<ItemSummary[]> {
  if (ids.length === 0) return []
  const rows = await sql.query<Listed>(select, [ids, caller.userId, visibilityOf(caller)], 'item_summaries')
  const groups = rows.filter(row => isGroup(row.kind)).map(row => row.id)
  const inside = groups.length > 0 ? await sql.query<Inside>(selectInside, [groups, caller.userId], 'items_inside') : []
  const insideOf = new Map(inside.map(each => [each.id, each]))
  return rows.filter(row => !row.removed).map(row => summary(row, insideOf.get(row.id), images))
}

/** Ids of what is directly inside a group, in its order. */
export async function childrenOf(sql: Query, parentId: string, most: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from read.items where parent_id = $1 and not removed
     order by season_number nulls last, disc_number nulls first, episode_number nulls last, track_number nulls last, year nulls last, sort_title, id limit $2`,
    [parentId, most],
    'children_of',
  )
  return rows.map(row => row.id)
}

function summary(row: Listed, inside: Inside | undefined, images: ImageLinks): ItemSummary {
  const group = isGroup(row.kind)
  const { children = 0, leaves = 0, seen = 0 } = inside ?? {}
  const roots = row.root_ids as string[]
  return {
    id: row.id,
    kind: row.kind as ItemKind,
    libraryId: row.library_id,
    title: row.title,
    year: row.year,
    parents: [
      ...(row.parent_id && row.parent_title !== null ? [{ id: row.parent_id, kind: row.parent_kind as ItemKind, title: row.parent_title }] : []),
      ...(row.grand_id ? [{ id: row.grand_id, kind: row.grand_kind as ItemKind, title: row.grand_title! }] : []),
    ],
    seasonNumber: row.season_number,
    episodeNumber: row.episode_number,
    episodeNumberEnd: row.episode_number_end,
    discNumber: row.disc_number,
    trackNumber: row.track_number,
    artist: row.artist,
    durationMs: row.duration_ms,
    addedAt: row.added_at,
    releasedOn: row.released_on,
    takenAt: row.taken_at,
    rating: row.rating,
    contentRating: row.content_rating,
    quality: row.quality,
    width: row.width,
    height: row.height,
    childCount: group ? children : null,
    available: roots.length === 0 || roots.some(root => !row.lost_roots?.includes(root)),
    pictures: pictures(row, images),
    state: {
      positionMs: row.position_ms ?? 0,
      watched: group ? leaves > 0 && seen >= leaves : (row.watched ?? false),
      plays: row.plays ?? 0,
      lastPlayedAt: row.last_played_at,
      rating: row.own_rating,
      unwatched: group ? leaves - seen : null,
      ...(row.elsewhere && { elsewhere: row.elsewhere }),
    },
  }
}

/** What an item has no picture of, it borrows: an episode the series' poster, a track its album's cover. */
function pictures(row: Listed, images: ImageLinks): Partial<Record<ArtworkRole, Picture>> {
  const own = row.pictures as Pictures
  const from = (itemId: string | null, artwork: Artwork | undefined): Picture | undefined =>
    itemId && artwork
      ? {
          url: images.url({ itemId, role: artwork.role, contentHash: artwork.contentHash }),
          width: artwork.width,
          height: artwork.height,
          thumbhash: artwork.thumbhash,
          colour: artwork.colour,
        }
      : undefined
  const roles = ['poster', 'backdrop', 'logo', 'thumb'] as const
  return Object.fromEntries(
    roles.flatMap(role => {
      const picture =
        from(row.id, own[role]) ?? (role === 'thumb' ? undefined : (from(row.parent_id, row.parent_pictures?.[role]) ?? from(row.grand_id, row.grand_pictures?.[role])))
      return picture ? [[role, picture]] : []
    }),
  )
}
