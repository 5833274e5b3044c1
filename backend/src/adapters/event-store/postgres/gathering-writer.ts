import type pg from 'pg'
import { StoreUnavailable, type Append, type AppendResult } from '../../../platform/eventing/event-store.js'
import { isConnectionLoss } from '../../../platform/sql/sql.js'

interface Waiting {
  readonly append: Append
  resolve(result: AppendResult): void
  reject(error: unknown): void
}

interface ResultRow {
  ord: number
  outcome: AppendResult['outcome']
  last_revision: number
  last_position: string
}

const MOST_EVENTS = 4000

const appendStatement = {
  name: 'log_append',
  text: `select * from log.append($1::text[], $2::int[], $3::int[], $4::int[], $5::uuid[], $6::text[], $7::json[], $8::json[])`,
}

/**
 * Sends one insert at a time; appends that arrive meanwhile are gathered into the next. So many callers share one
 * round trip and one flush to disk. An append to a stream that is in the batch already waits for the one after.
 */
export class GatheringWriter {
  #waiting: Waiting[] = []
  #flight: Promise<void> | undefined

  constructor(
    private readonly pool: pg.Pool,
    private readonly wrote: () => void,
  ) {}

  append(append: Append): Promise<AppendResult> {
    if (append.events.length === 0) throw new RangeError('An append needs at least one event')
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject })
      this.#flight ??= this.#fly()
    })
  }

  /** Resolves when everything asked for was answered. */
  async drain(): Promise<void> {
    while (this.#flight) await this.#flight
  }

  async #fly(): Promise<void> {
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#take()
      try {
        await this.#write(batch)
      } catch (error) {
        // One bad event must not take its neighbours along.
        if (batch.length > 1 && !isConnectionLoss(error)) for (const one of batch) await this.#write([one]).catch(one.reject)
        else {
          const reason = isConnectionLoss(error) ? new StoreUnavailable('PostgreSQL cannot be reached', { cause: error }) : error
          for (const one of batch) one.reject(reason)
        }
      }
    }
    this.#flight = undefined
  }

  #take(): Waiting[] {
    const streams = new Set<string>()
    const batch: Waiting[] = []
    const later: Waiting[] = []
    let events = 0
    for (const one of this.#waiting) {
      const { streamId } = one.append
      const fits = !streams.has(streamId) && (batch.length === 0 || events + one.append.events.length <= MOST_EVENTS)
      // The stream counts as taken even when it did not fit, so that its appends keep their order.
      streams.add(streamId)
      if (fits) {
        batch.push(one)
        events += one.append.events.length
      } else later.push(one)
    }
    this.#waiting = later
    return batch
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const owners: number[] = []
    const offsets: number[] = []
    const ids: string[] = []
    const types: string[] = []
    const data: string[] = []
    const metadata: string[] = []
    batch.forEach(({ append }, index) =>
      append.events.forEach((event, place) => {
        owners.push(index + 1)
        offsets.push(place + 1)
        ids.push(event.id)
        types.push(event.type)
        data.push(JSON.stringify(event.data))
        metadata.push(JSON.stringify(event.metadata))
      }),
    )
    const streams = batch.map(({ append }) => append.streamId)
    const expected = batch.map(({ append }) => (append.expected === 'no-stream' ? -1 : append.expected))
    const { rows } = await this.pool.query<ResultRow>({
      ...appendStatement,
      values: [streams, expected, owners, offsets, ids, types, data, metadata],
    })
    this.wrote()
    for (const row of rows) {
      const { append, resolve, reject } = batch[row.ord - 1]!
      if (row.outcome === 'appended') resolve({ outcome: 'appended', revision: row.last_revision, position: Number(row.last_position) })
      else if (row.outcome === 'deleted') resolve({ outcome: 'deleted' })
      else this.#repeated(append, row.last_revision).then(resolve, reject)
    }
  }

  /** A conflict may be our own earlier append, whose answer got lost: then it stands where it was expected. */
  async #repeated(append: Append, actual: number): Promise<AppendResult> {
    const first = append.expected === 'no-stream' ? 0 : append.expected + 1
    const last = first + append.events.length - 1
    if (actual >= last) {
      const { rows } = await this.pool.query<{ id: string; position: string }>(
        'select id, position from log.events where stream_id = $1 and revision between $2 and $3 order by revision',
        [append.streamId, first, last],
      )
      if (rows.length === append.events.length && rows.every((row, index) => row.id === append.events[index]!.id))
        return { outcome: 'appended', revision: last, position: Number(rows.at(-1)!.position) }
    }
    return { outcome: 'conflict', actual }
  }
}
