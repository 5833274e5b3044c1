import type { HistoryEntry } from '@projectionist/shared/api/history'
import type { Picture } from '@projectionist/shared/api/items'
import type { Actor } from '@projectionist/shared/events/event'
import type { Artwork, ArtworkRole, ItemKind } from '@projectionist/shared/events/media'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import type { ImageLinks } from '../../platform/image-links.js'
import type { Query } from '../../platform/sql/sql.js'
import { markOf, NOBODY } from './about.js'
import type { Viewer } from './viewer.js'

export interface EntryRow {
  readonly position: number
  readonly event_id: string
  readonly command_id: string
  readonly stream_id: string
  readonly revision: number
  readonly type: string
  readonly at: string
  readonly actor_kind: 'user' | 'process'
  readonly actor_user: string | null
  readonly actor_name: string | null
  readonly actor_device: string | null
  readonly reason: string
  readonly correlation_id: string
  readonly causation_id: string
  readonly category: string
  readonly subject: string
  readonly group_id: string
  readonly owner: string
  readonly owner_name: string | null
  readonly by_name: string | null
  readonly title: string | null
  readonly item_id: string | null
  readonly kind: ItemKind | null
  readonly item_library: string | null
  readonly of: string | null
  readonly season_number: number | null
  readonly episode_number: number | null
  readonly pictures: Readonly<Partial<Record<ArtworkRole, Artwork>>> | null
  readonly pictured: string | null
}

const select = `
  select h.*, a.name as by_name, o.name as owner_name, coalesce(i.title, s.name, l.name, n.name) as title,
    i.kind, i.library_id as item_library, coalesce(g.title, p.title) as of, i.season_number, i.episode_number,
    case when i.pictures::text <> '{}' then i.pictures when p.pictures::text <> '{}' then p.pictures else g.pictures end as pictures,
    case when i.pictures::text <> '{}' then i.id when p.pictures::text <> '{}' then p.id else g.id end as pictured
  from unnest($1::bigint[]) with ordinality k(position, ord)
  join read.history h on h.position = k.position
  left join read.users a on a.user_id = h.actor_user
  left join read.users o on o.user_id = h.owner
  left join read.users s on h.category = 'user' and s.user_id = h.owner
  left join read.scan_causes c on c.id = case when h.category = 'scan' then h.subject::uuid end
  left join read.libraries l on l.id = coalesce(h.library_id, c.library_id) and h.category in ('library', 'scan')
  left join read.items i on i.id = h.item_id
  left join read.items p on p.id = i.parent_id
  left join read.items g on g.id = p.parent_id
  left join lateral (
    select name from read.history_names where id = case
      when h.item_id is not null then h.item_id
      when h.category in ('library', 'scan') then coalesce(h.library_id, c.library_id)
      when h.category = 'user' then h.owner end) n on true
  order by k.ord`

/** Entries by their positions, in the order asked for, with what they name. */
export const rowsAt = (sql: Query, positions: readonly number[]): Promise<EntryRow[]> =>
  positions.length === 0 ? Promise.resolve([]) : sql.query<EntryRow>(select, [positions], 'history_rows')

/** Names of the devices that entries were made on. */
export async function deviceNames(sql: Query, rows: readonly EntryRow[]): Promise<ReadonlyMap<string, string>> {
  const devices = [...new Set(rows.flatMap(({ actor_device }) => actor_device ?? []))]
  if (devices.length === 0) return new Map()
  const marks = new Map(devices.map(device => [markOf('device', device), device]))
  const names = await sql.query<{ id: string; name: string }>('select id, name from read.history_names where id = any($1::uuid[])', [[...marks.keys()]])
  return new Map(names.map(({ id, name }) => [marks.get(id)!, name]))
}

/** An entry as it is told to somebody. */
export function entryOf(row: EntryRow, event: RecordedEvent | undefined, devices: ReadonlyMap<string, string>, images: ImageLinks, viewer: Viewer): HistoryEntry {
  const actor: Actor =
    row.actor_kind === 'user'
      ? { kind: 'user', userId: row.actor_user!, ...(row.actor_device !== null && (viewer.only === null || viewer.only === row.actor_user) && { deviceId: row.actor_device }) }
      : { kind: 'process', name: row.actor_name ?? '' }
  const personal = row.owner !== NOBODY
  const itemId = row.kind === null ? null : row.item_id
  return {
    id: row.event_id,
    position: String(row.position),
    type: row.type,
    at: row.at,
    actor,
    actorName: row.by_name ?? row.actor_name ?? '',
    deviceName: 'deviceId' in actor && row.actor_device !== null ? (devices.get(row.actor_device) ?? null) : null,
    reason: row.reason,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    group: { id: row.group_id, owner: personal ? row.owner : null },
    owner: personal ? { id: row.owner, name: row.owner_name ?? '' } : null,
    subject: {
      category: row.category,
      id: row.subject,
      title: row.title,
      item:
        itemId === null
          ? null
          : { id: itemId, kind: row.kind!, of: row.of, seasonNumber: row.season_number, episodeNumber: row.episode_number, picture: pictureOf(row, images) },
    },
    data: told((event?.data ?? {}) as Record<string, unknown>, row, viewer),
  }
}

/** What went wrong with a conversion names files of the server: that concerns those who look after it. */
const told = (data: Record<string, unknown>, { type }: EntryRow, { only }: Viewer): Record<string, unknown> =>
  type === 'TranscodeFailed' && only !== null ? { ...data, detail: '' } : data

function pictureOf({ pictures, pictured }: EntryRow, images: ImageLinks): Picture | null {
  const artwork = pictures?.poster ?? pictures?.thumb ?? pictures?.backdrop
  if (!artwork || pictured === null) return null
  const { role, contentHash, width, height, thumbhash, colour } = artwork
  return { url: images.url({ itemId: pictured, role, contentHash }), width, height, thumbhash, colour }
}
