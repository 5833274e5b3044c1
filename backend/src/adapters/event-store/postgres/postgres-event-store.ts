import pg from 'pg'
import {
  StoreUnavailable,
  type Append,
  type AppendResult,
  type Batch,
  type EventStore,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type RevisionRange,
  type SubscribeOptions,
} from '../../../platform/eventing/event-store.js'
import { Bell } from '../../../platform/eventing/wakeup.js'
import { isConnectionLoss } from '../../../platform/sql/sql.js'
import type { Listener } from '../../../platform/sql/listener.js'
import { GatheringWriter } from './gathering-writer.js'
import { logSchema } from './schema.js'

interface EventRow {
  position: string
  stream_id: string
  revision: number
  id: string
  type: string
  data: unknown
  metadata: RecordedEvent['metadata']
}

const columns = 'position, stream_id, revision, id, type, data, metadata'
const LOOK_AGAIN_MS = 30_000

const recorded = (row: EventRow): RecordedEvent => ({
  id: row.id,
  type: row.type,
  data: row.data,
  metadata: row.metadata,
  streamId: row.stream_id,
  revision: row.revision,
  position: Number(row.position),
})

/** The log in PostgreSQL, in schema `log`: the embedded default. */
export class PostgresEventStore implements EventStore {
  readonly #writer: GatheringWriter
  readonly #appended = new Bell()
  readonly #deaf: () => void

  constructor(
    private readonly pool: pg.Pool,
    listener: Listener,
    /** Ends the connections, where they are the store's own. */
    private readonly disconnect: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#writer = new GatheringWriter(pool, () => this.#appended.ring())
    this.#deaf = listener.listen('log_appended', () => this.#appended.ring())
  }

  /** Creates what is missing of schema `log`. */
  async prepare(): Promise<void> {
    await this.#query(logSchema)
  }

  append(append: Append): Promise<AppendResult> {
    return this.#writer.append(append)
  }

  appendMany(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    return Promise.all(appends.map(append => this.#writer.append(append)))
  }

  async read(streamId: string, { from, direction = 'forward', limit }: ReadOptions = {}): Promise<RecordedEvent[]> {
    const [compare, order] = direction === 'forward' ? ['>=', 'asc'] : ['<=', 'desc']
    const rows = await this.#query<EventRow>(
      `select ${columns} from log.events where stream_id = $1 ${from === undefined ? '' : `and revision ${compare} $3`}
       order by revision ${order} limit $2`,
      [streamId, limit ?? null, ...(from === undefined ? [] : [from])],
    )
    return rows.map(recorded)
  }

  async readMany(streamIds: readonly string[]): Promise<RecordedEvent[][]> {
    const rows = await this.#query<EventRow>(
      `select ${columns} from log.events where stream_id = any($1) order by stream_id, revision`,
      [streamIds],
    )
    const streams = new Map<string, RecordedEvent[]>(streamIds.map(id => [id, []]))
    for (const row of rows) streams.get(row.stream_id)?.push(recorded(row))
    return streamIds.map(id => streams.get(id) ?? [])
  }

  async readRanges(ranges: readonly RevisionRange[]): Promise<RecordedEvent[][]> {
    const rows = await this.#query<EventRow & { ord: number }>(
      `select k.ord::int as ord, e.* from unnest($1::text[], $2::int[], $3::int[]) with ordinality k(stream_id, first, last, ord)
       cross join lateral (
         select ${columns} from log.events where stream_id = k.stream_id and revision between k.first and k.last order by revision) e
       order by k.ord, e.revision`,
      [ranges.map(({ streamId }) => streamId), ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
    )
    const found: RecordedEvent[][] = ranges.map(() => [])
    for (const row of rows) found[row.ord - 1]!.push(recorded(row))
    return found
  }

  async *readAll({ from, to, direction = 'forward', types, pageSize = 2000, signal }: ReadAllOptions = {}): AsyncGenerator<Batch> {
    const backward = direction === 'backward'
    let page = this.#page(from ?? (backward ? Number.MAX_SAFE_INTEGER : 0), { backward, to, types, pageSize })
    for (;;) {
      const batch = await page
      if (signal?.aborted) return
      // The next page is on its way while the caller works on this one.
      if (!batch.caughtUp) {
        page = this.#page(batch.position, { backward, to, types, pageSize })
        page.catch(() => {})
      }
      yield batch
      if (batch.caughtUp) return
    }
  }

  async *subscribe({ after, types, pageSize = 2000, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    let position = after
    while (!signal.aborted) {
      const rung = this.#appended.count
      let batch: Batch
      try {
        batch = await this.#page(position, { types, pageSize })
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        await this.#appended.wait(rung, 500, signal)
        continue
      }
      if (signal.aborted) return
      position = batch.position
      yield batch
      if (batch.caughtUp) await this.#appended.wait(rung, LOOK_AGAIN_MS, signal)
    }
  }

  async head(): Promise<Position> {
    const [row] = await this.#query<{ head: string }>('select coalesce(max(position), 0) as head from log.events')
    return Number(row!.head)
  }

  async identity(): Promise<string> {
    const [row] = await this.#query<{ id: string }>('select id from log.identity')
    return row!.id
  }

  async delete(streamId: string): Promise<void> {
    await this.#query(
      `with lock as materialized (select pg_advisory_xact_lock(8315161803711)),
         gone as (insert into log.deleted_streams select $1 from lock on conflict do nothing)
       delete from log.events using lock where stream_id = $1`,
      [streamId],
    )
  }

  async deletedStreams(): Promise<string[]> {
    const rows = await this.#query<{ stream_id: string }>('select stream_id from log.deleted_streams')
    return rows.map(row => row.stream_id)
  }

  async close(): Promise<void> {
    this.#deaf()
    await this.#writer.drain()
    await this.disconnect()
  }

  async #page(
    from: Position,
    { backward = false, to, types, pageSize }: { backward?: boolean; to?: Position | undefined; types?: readonly string[] | undefined; pageSize: number },
  ): Promise<Batch> {
    const [compare, order, last] = backward ? ['<', 'desc', 'min'] : ['>', 'asc', 'max']
    const values: unknown[] = [from, pageSize]
    const until = to === undefined ? '' : `and position <= $${values.push(to)}`
    // The last row of the page always comes, so that the position moves on even where nothing matches.
    const matching = types ? `where type = any($${values.push(types)}) or position = (select ${last}(position) from page)` : ''
    const rows = await this.#query<EventRow & { seen: string }>(
      `with page as materialized (
         select ${columns} from log.events where position ${compare} $1 ${until} order by position ${order} limit $2
       ) select page.*, (select count(*) from page) as seen from page ${matching} order by position ${order}`,
      values,
    )
    const end = rows.at(-1)
    const events = rows.map(recorded)
    return {
      events: types ? events.filter(event => types.includes(event.type)) : events,
      position: end ? Number(end.position) : from,
      caughtUp: !end || Number(end.seen) < pageSize,
    }
  }

  async #query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query(text, values as unknown[])).rows as R[]
    } catch (error) {
      throw isConnectionLoss(error) ? new StoreUnavailable('PostgreSQL cannot be reached', { cause: error }) : error
    }
  }
}
