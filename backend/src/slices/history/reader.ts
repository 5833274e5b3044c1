import type { HistoryChange, HistoryEntry, HistoryGroup } from '@projectionist/shared/api/history'
import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Portrait } from '../../platform/eventing/portrait.js'
import { uuidv5 } from '../../platform/ids.js'
import type { ImageLinks } from '../../platform/image-links.js'
import type { Query } from '../../platform/sql/sql.js'
import { NOBODY } from './about.js'
import { changesOf } from './changes.js'
import { deviceNames, entryOf, rowsAt, type EntryRow } from './entry-rows.js'
import type { GroupRow } from './groups.queries.js'
import type { Viewer } from './viewer.js'

/** A line gives the ids of its events up to so many. */
const FEW = 100
/** Steps from an event back to what was first. */
const MOST_STEPS = 12

/** Reads entries: their rows, their events from the log, and what these changed. */
export class HistoryReader {
  constructor(
    private readonly sql: Query,
    private readonly store: EventStore,
    private readonly catalog: EventCatalog,
    private readonly images: ImageLinks,
    private readonly portraits: readonly Portrait[],
  ) {}

  /** Entries at these positions, in this order. */
  async at(positions: readonly number[], viewer: Viewer, withChanges: boolean): Promise<HistoryEntry[]> {
    return this.entries(await rowsAt(this.sql, positions), viewer, withChanges)
  }

  async entries(rows: readonly EntryRow[], viewer: Viewer, withChanges: boolean): Promise<HistoryEntry[]> {
    const [devices, streams] = await Promise.all([deviceNames(this.sql, rows), this.#streams(rows, withChanges)])
    const byStream = withChanges ? this.#changes(rows, streams) : undefined
    return rows.map(row => {
      const event = streams.get(row.stream_id)?.find(({ revision }) => revision === row.revision)
      const entry = entryOf(row, event && this.catalog.current(event), devices, this.images, viewer)
      if (!byStream) return entry
      const changes = byStream.get(row.stream_id)
      return { ...entry, changes: changes ? [...(changes.get(row.revision) ?? [])] : null }
    })
  }

  async groups(lines: readonly GroupRow[], viewer: Viewer): Promise<HistoryGroup[]> {
    const few = lines.filter(({ entries }) => entries <= FEW)
    const [first, ids] = await Promise.all([
      this.#firsts(lines, viewer),
      this.sql.query<{ group_id: string; owner: string; ids: string[] }>(
        `select k.group_id, k.owner, array_agg(h.event_id::text order by h.position) as ids
         from unnest($1::uuid[], $2::uuid[]) k(group_id, owner) join read.history h on h.group_id = k.group_id and h.owner = k.owner group by 1, 2`,
        [few.map(line => line.group_id), few.map(line => line.owner)],
        'history_event_ids',
      ),
    ])
    const firsts = new Map(first.map(entry => [Number(entry.position), entry]))
    const idsOf = new Map(ids.map(row => [`${row.group_id} ${row.owner}`, row.ids]))
    return lines.flatMap(line => {
      const entry = firsts.get(line.first_position)
      if (!entry) return []
      const events = viewer.libraries === null ? idsOf.get(`${line.group_id} ${line.owner}`) : undefined
      return [
        {
          id: line.group_id,
          owner: entry.owner,
          at: line.at,
          lastAt: line.last_at,
          position: String(line.last_position),
          entries: line.entries,
          counts: { ...line.counts },
          story: line.story,
          alone: line.alone,
          first: entry,
          eventIds: events ?? null,
        },
      ]
    })
  }

  /** The entries that lines begin with: their rows say what these say, except where not all of a line is seen. */
  async #firsts(lines: readonly GroupRow[], viewer: Viewer): Promise<readonly HistoryEntry[]> {
    const positions = lines.map(line => line.first_position)
    if (viewer.libraries !== null) return this.at(positions, viewer, false)
    const rows = await rowsAt(this.sql, positions)
    const devices = await deviceNames(this.sql, rows)
    const told = new Map(lines.map(line => [line.first_position, line]))
    return rows.map(row => {
      const { first_data: data, first_version: version } = told.get(row.position)!
      return entryOf(row, this.catalog.current({ type: row.type, data, metadata: { version } } as RecordedEvent), devices, this.images, viewer)
    })
  }

  /** One entry's row; undefined when there is none, or none for this person. */
  async row(eventIds: readonly string[], viewer: Viewer): Promise<EntryRow | undefined> {
    const found = await this.sql.query<{ position: number }>('select position from read.history where event_id = any($1::uuid[])', [eventIds], 'history_position')
    const [row] = await rowsAt(this.sql, found.slice(0, 1).map(({ position }) => position))
    return row && isSeen(row, viewer) ? row : undefined
  }

  /** What led to it, nearest first: each event's cause is an event, or the first event of a command. */
  async because(row: EntryRow, viewer: Viewer): Promise<EntryRow[]> {
    const chain: EntryRow[] = []
    let at = row
    while (at.causation_id !== at.command_id && chain.length < MOST_STEPS) {
      const cause = await this.row([at.causation_id, uuidv5(at.causation_id, '0')], viewer)
      if (!cause || cause.position >= at.position) break
      chain.push(cause)
      at = cause
    }
    return chain
  }

  /** The first events that it led to, oldest first: at most one more than `limit`. */
  async led(row: EntryRow, viewer: Viewer, limit: number): Promise<EntryRow[]> {
    const causes = [row.event_id, row.command_id]
    const found = await this.sql.query<{ position: number }>(
      `select distinct h.position from unnest($1::uuid[]) c(id) cross join lateral (
         select e.position from read.history e left join read.items i on i.id = e.item_id
         where e.cause_id = c.id and e.command_id <> all($1::uuid[]) and ($2::uuid is null or e.owner = $2)
           and ($3::uuid[] is null or e.item_id is null or i.library_id = any($3))
         order by e.position limit $4) h
       order by h.position limit $4`,
      [causes, viewer.only, viewer.libraries, limit + 1],
      'history_led',
    )
    return rowsAt(this.sql, found.map(({ position }) => position))
  }

  /** What ids in entries are called, as far as this person may know. */
  async names(entries: readonly HistoryEntry[], viewer: Viewer): Promise<Record<string, string>> {
    const ids = new Set(JSON.stringify(entries.map(({ data, changes }) => [data, changes])).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])
    if (ids.size === 0) return {}
    const found = await this.sql.query<{ id: string; kind: string; name: string; owner: string; library_id: string | null }>(
      `select n.id, n.kind, coalesce(i.title, u.name, l.name, n.name) as name, n.owner, i.library_id from read.history_names n
       left join read.items i on n.kind = 'item' and i.id = n.id
       left join read.users u on n.kind = 'user' and u.user_id = n.id
       left join read.libraries l on n.kind = 'library' and l.id = n.id
       where n.id = any($1::uuid[])`,
      [[...ids]],
      'history_names',
    )
    const { only, libraries } = viewer
    const known = found.filter(({ id, kind, owner, library_id }) => {
      if (kind === 'item' && libraries !== null) return library_id !== null && libraries.includes(library_id)
      if (only === null) return true
      if (kind === 'library') return libraries === null || libraries.includes(id)
      return kind === 'item' || (kind === 'user' && id === only) || (kind === 'device' && owner === only)
    })
    return Object.fromEntries(known.map(({ id, name }) => [id, name]))
  }

  /** Events of the rows by stream; with all that came before them where changes are asked for. */
  async #streams(rows: readonly EntryRow[], whole: boolean): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
    const ranges = [...Map.groupBy(rows, row => row.stream_id)].map(([streamId, wanted]) => {
      const revisions = wanted.map(({ revision }) => revision)
      return { streamId, from: whole ? 0 : Math.min(...revisions), to: Math.max(...revisions) }
    })
    const events = ranges.length > 0 ? await this.store.readRanges(ranges) : []
    return new Map(ranges.map(({ streamId }, index) => [streamId, events[index]!]))
  }

  #changes(rows: readonly EntryRow[], streams: ReadonlyMap<string, readonly RecordedEvent[]>): ReadonlyMap<string, ReadonlyMap<number, readonly HistoryChange[]> | null> {
    return new Map(
      [...Map.groupBy(rows, row => row.stream_id)].map(([stream, wanted]) => [
        stream,
        changesOf(this.portraits, this.catalog, streams.get(stream) ?? [], wanted.map(({ revision }) => revision)),
      ]),
    )
  }
}

/** Whether a row is there for somebody: of all that is asked for by its id. */
export const isSeen = ({ owner, item_id, item_library }: EntryRow, { only, libraries }: Viewer): boolean =>
  (only === null || (owner === only && owner !== NOBODY)) && (libraries === null || item_id === null || (item_library !== null && libraries.includes(item_library)))
