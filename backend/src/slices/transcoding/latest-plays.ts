import { MediaFileMoved, MediaIngested } from '@projectionist/shared/events/item'
import type { EventType } from '@projectionist/shared/events/event'
import { PlaybackStarted } from '@projectionist/shared/events/playback'
import { TranscodeStarted } from '@projectionist/shared/events/transcode'
import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Caller } from '../../platform/http/caller.js'
import type { ItemSummaries } from '../../platform/item-summaries.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'
import type { Query } from '../../platform/sql/sql.js'
import type { RecordedPlay } from './replay-plays.js'

interface Parts {
  readonly sql: Query
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly items: ItemSummaries
}

type DataOf<T> = T extends EventType<string, infer Data> ? Data : never
type Of<T> = RecordedEvent<DataOf<T>>

/** Streams read at once. */
const AT_ONCE = 100

/** The latest plays of everybody, newest first, each with the file as it was known when it was played. */
export async function latestPlays({ sql, store, catalog, items }: Parts, caller: Caller, most: number): Promise<RecordedPlay[]> {
  const rows = await sql.query<{ stream_id: string; revision: number; position: number; item_id: string; at: string }>(
    `select stream_id, revision, position, item_id, at from read.history h
     where type = $1 and ($3::uuid[] is null or exists (select from read.items i where i.id = h.item_id and ${visibleTo('i', 3)}))
     order by position desc limit $2`,
    [PlaybackStarted.name, most, visibilityOf(caller)],
    'latest_plays',
  )
  const read = (streamIds: readonly string[]) => readAtOnce(store, [...new Set(streamIds)])
  const of = <T extends EventType>(type: T, events: readonly RecordedEvent[] = []): Of<T>[] =>
    events.filter(event => event.type === type.name).map(event => catalog.current(event) as Of<T>)

  const [plays, ingested, summaries] = await Promise.all([
    read(rows.map(row => row.stream_id)),
    read(rows.map(row => `item-${row.item_id}`)),
    items.of(caller, [...new Set(rows.map(row => row.item_id))]),
  ])
  const started = rows.flatMap(row => {
    const event = plays.get(row.stream_id)?.find(({ revision }) => revision === row.revision)
    return event ? [{ row, data: (catalog.current(event) as Of<typeof PlaybackStarted>).data }] : []
  })
  const converted = await read(started.filter(({ data }) => data.method !== 'direct').map(({ data }) => `transcode-${data.playId}`))
  const titles = new Map(summaries.map(({ id, title }) => [id, title]))
  return started.map(({ row, data: { fileId, method, device, playId } }) => {
    const until = ingested.get(`item-${row.item_id}`)?.filter(({ position }) => position < row.position)
    const known = of(MediaIngested, until).findLast(({ data }) => data.file.fileId === fileId)?.data
    const moved = of(MediaFileMoved, until).findLast(({ data }) => data.file.fileId === fileId)?.data
    return {
      itemId: row.item_id,
      title: titles.get(row.item_id) ?? known?.metadata.title ?? null,
      at: row.at,
      device: device.name,
      was: method,
      wasReasons: [...(of(TranscodeStarted, converted.get(`transcode-${playId}`))[0]?.data.reasons ?? [])],
      file: known && { name: nameOf((moved ?? known).file.location.relative), media: known.media },
    }
  })
}

const nameOf = (relative: string): string => relative.slice(relative.lastIndexOf('/') + 1)

async function readAtOnce(store: EventStore, streamIds: readonly string[]): Promise<Map<string, readonly RecordedEvent[]>> {
  const found = new Map<string, readonly RecordedEvent[]>()
  for (let from = 0; from < streamIds.length; from += AT_ONCE) {
    const ids = streamIds.slice(from, from + AT_ONCE)
    for (const [index, events] of (await store.readMany(ids)).entries()) found.set(ids[index]!, events)
  }
  return found
}
