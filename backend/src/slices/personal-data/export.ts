import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import { csvLine, readme, wordsOf } from './export-words.js'
import type { ZipEntry } from './zip.js'

export interface ExportParts {
  readonly sql: Query
  readonly store: EventStore
  readonly catalog: EventCatalog
}

const STREAMS_AT_ONCE = 100
const ROWS_AT_ONCE = 1000

/** Everything of a person's, as the files of an archive. Read as it is sent: memory does not grow with it. */
export function exportOf(parts: ExportParts, caller: Caller, at: Date): readonly ZipEntry[] {
  return [
    { name: 'README.txt', text: lines(readme(caller.name, at)) },
    { name: 'account.json', text: account(parts.sql, caller) },
    { name: 'devices.csv', text: devices(parts.sql, caller) },
    { name: 'watching.csv', text: watching(parts.sql, caller) },
    { name: 'ratings.csv', text: ratings(parts.sql, caller) },
    { name: 'history.csv', text: history(parts, caller) },
    { name: 'events.jsonl', text: events(parts, caller) },
  ]
}

async function* lines(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text)
}

async function* account(sql: Query, { userId }: Caller): AsyncGenerator<string> {
  const [row] = await sql.query(
    `select u.user_id as id, u.name, u.role, u.added_at as "addedAt", u.last_seen_at as "lastSeenAt",
       case when u.libraries::text = '"all"' then to_json('all'::text) else
         (select coalesce(json_agg(l.name order by l.name), '[]') from read.libraries l where u.libraries::jsonb ? l.id::text) end as libraries
     from read.users u where u.user_id = $1`,
    [userId],
  )
  yield `${JSON.stringify(row ?? {}, undefined, 2)}\n`
}

async function* devices(sql: Query, { userId }: Caller): AsyncGenerator<string> {
  yield csvLine(['device', 'id', 'signed in', 'last used', 'good until'])
  const rows = await sql.query<{
    device_name: string
    device_id: string
    created_at: string
    rotated_at: string
    expires_at: string
  }>(
    'select device_name, device_id, created_at, rotated_at, expires_at from vault.refresh_families where user_id = $1 order by created_at limit 10000',
    [userId],
  )
  for (const row of rows) yield csvLine([row.device_name, row.device_id, row.created_at, row.rotated_at, row.expires_at])
}

interface WatchRow {
  item_id: string
  title: string | null
  kind: string | null
  watched: boolean
  plays: number
  position_ms: number
  duration_ms: number
  last_played_at: string | null
  watched_at: string | null
  rating: number | null
}

/** `title` of an item that the person may see, the series before it where there is one. */
const titled = (item: string, visibility: number): string => `(
  select concat_ws(' – ', coalesce(g.title, p.title), case when i.kind = 'episode' then concat('S', i.season_number, 'E', i.episode_number) end, i.title)
  from read.items i left join read.items p on p.id = i.parent_id left join read.items g on p.kind = 'season' and g.id = p.parent_id
  where i.id = ${item} and ${visibleTo('i', visibility)})`

async function* watchRows(sql: Query, caller: Caller, condition: string): AsyncGenerator<WatchRow> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await sql.query<WatchRow>(
      `select w.*, ${titled('w.item_id', 3)} as title, (select kind from read.items i where i.id = w.item_id and ${visibleTo('i', 3)}) as kind
       from read.watch_state w where w.user_id = $1 and w.item_id > $2 and ${condition} order by w.item_id limit ${ROWS_AT_ONCE}`,
      [caller.userId, after, visibilityOf(caller)],
    )
    yield* rows
    if (rows.length < ROWS_AT_ONCE) return
    after = rows.at(-1)!.item_id
  }
}

async function* watching(sql: Query, caller: Caller): AsyncGenerator<string> {
  yield csvLine([
    'title',
    'kind',
    'watched',
    'times played',
    'left off at (seconds)',
    'length (seconds)',
    'last played',
    'watched on',
    'item',
  ])
  for await (const row of watchRows(sql, caller, 'true'))
    yield csvLine([
      row.title,
      row.kind,
      row.watched,
      row.plays,
      Math.round(row.position_ms / 1000),
      Math.round(row.duration_ms / 1000),
      row.last_played_at,
      row.watched_at,
      row.item_id,
    ])
}

async function* ratings(sql: Query, caller: Caller): AsyncGenerator<string> {
  yield csvLine(['title', 'kind', 'rating of 10', 'item'])
  for await (const row of watchRows(sql, caller, 'w.rating is not null'))
    yield csvLine([row.title, row.kind, row.rating, row.item_id])
}

interface Titled {
  readonly event: RecordedEvent
  readonly title: string | null
}

const itemOf = ({ streamId, data }: RecordedEvent): string | undefined =>
  streamId.startsWith('playback-') ? streamId.split('.')[1] : (data as { itemId?: string }).itemId

async function* personalEvents({ sql, store, catalog }: ExportParts, caller: Caller): AsyncGenerator<Titled> {
  for (let after = ''; ;) {
    const streams = await sql.query<{ stream_id: string }>(
      `select stream_id from read.person_streams where user_id = $1 and stream_id collate "C" > $2 order by stream_id collate "C" limit ${STREAMS_AT_ONCE}`,
      [caller.userId, after],
    )
    if (streams.length === 0) return
    after = streams.at(-1)!.stream_id
    const found = (await store.readMany(streams.map(({ stream_id }) => stream_id))).flat().map(event => catalog.current(event))
    const ids = [...new Set(found.flatMap(event => itemOf(event) ?? []))]
    const rows = await sql.query<{ id: string; title: string | null }>(
      `select k.id, ${titled('k.id', 2)} as title from unnest($1::uuid[]) as k(id)`,
      [ids, visibilityOf(caller)],
    )
    const titles = new Map(rows.map(({ id, title }) => [id, title]))
    for (const event of found) yield { event, title: titles.get(itemOf(event) ?? '') ?? null }
  }
}

async function* history(parts: ExportParts, caller: Caller): AsyncGenerator<string> {
  yield csvLine(['time', 'what', 'title', 'by', 'why'])
  for await (const { event, title } of personalEvents(parts, caller)) {
    const { actor, reason, time } = event.metadata
    const who = actor.kind === 'process' ? actor.name : actor.userId === caller.userId ? 'you' : 'somebody else'
    yield csvLine([time, wordsOf(event), title, who, reason])
  }
}

async function* events(parts: ExportParts, caller: Caller): AsyncGenerator<string> {
  for await (const { event, title } of personalEvents(parts, caller)) {
    const { position: _, ...kept } = event
    yield `${JSON.stringify({ what: wordsOf(event), ...(title !== null && { title }), ...kept })}\n`
  }
}
