import type {
  Append,
  AppendResult,
  Batch,
  EventStore,
  Position,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  RevisionRange,
  SubscribeOptions,
} from '../../../platform/eventing/event-store.js'
import { StoreUnavailable } from '../../../platform/eventing/event-store.js'
import { inParallel } from '../../../platform/in-parallel.js'
import type { Driver } from './client.js'
import { Connection } from './connection.js'
import { Deletions } from './deletions.js'
import { actualRevision, isStreamDeleted, isStreamMissing } from './failures.js'
import { identityOf } from './identity.js'
import { isReserved } from './own-streams.js'
import { Pages } from './pages.js'
import { answered } from './patience.js'
import { inLog, recorded } from './recorded.js'
import { Tail } from './tail.js'

/** Appends and reads of one call that are under way at a time. A connection carries about a hundred. */
const AT_ONCE = 64
const PATIENCE_MS = 5000
const LOOK_AGAIN_MS = 30_000

/**
 * The log in EventStoreDB or KurrentDB, for people who run a cluster. Built so that nothing depends on the server beyond
 * streams, their order and tombstones: what matters of an event, its time among it, is in data and metadata. ADR 9 says more.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly #pages: Pages
  #identity: string | undefined

  private constructor(
    private readonly connection: Connection,
    private readonly tail: Tail,
    private readonly deletions: Deletions,
    driver: Driver,
  ) {
    this.#pages = new Pages(connection, deletions, driver.filtersReads)
  }

  /**
   * Connects and learns what was deleted. Throws `StoreUnavailable` when the server cannot be reached, `EventStoreMisconfigured`
   * when it turns us away.
   */
  static async open(driver: Driver, patienceMs = PATIENCE_MS): Promise<EventStoreDbEventStore> {
    const connection = new Connection(driver, patienceMs)
    const deletions = new Deletions(connection)
    // The tail has a client of its own: a connection carries few calls at once, and a subscription must not wait for them.
    const tail = new Tail(new Connection(driver, patienceMs), deletions)
    const store = new EventStoreDbEventStore(connection, tail, deletions, driver)
    try {
      await answered(tail.start(), patienceMs)
      await deletions.catchUp()
      await deletions.finish()
      tail.reaches(await store.#pages.end(), await store.head())
      return store
    } catch (error) {
      await store.close()
      throw error
    }
  }

  async append({ streamId, expected, events }: Append): Promise<AppendResult> {
    if (events.length === 0) throw new RangeError('An append needs at least one event')
    if (isReserved(streamId)) throw new RangeError(`The name ${streamId} is reserved`)
    const revision = expected === 'no-stream' ? 'no_stream' : BigInt(expected)
    const written = events.map(({ id, type, data, metadata }) => ({
      contentType: 'application/json' as const,
      id,
      type,
      data,
      metadata,
    }))
    try {
      const { nextExpectedRevision, position } = await this.connection.ask(client =>
        client.appendToStream(streamId, written, { expectedRevision: revision, streamState: revision, requiresLeader: true }),
      )
      return { outcome: 'appended', revision: Number(nextExpectedRevision), position: inLog(position!.commit) }
    } catch (error) {
      if (isStreamDeleted(error)) return { outcome: 'deleted' }
      const actual = actualRevision(error)
      if (actual === undefined) throw error
      return { outcome: 'conflict', actual }
    }
  }

  async appendMany(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    const streams = Map.groupBy(appends.keys(), index => appends[index]!.streamId)
    const results = new Array<AppendResult>(appends.length)
    await inParallel(AT_ONCE, [...streams.values()], async indexes => {
      for (const index of indexes) results[index] = await this.append(appends[index]!)
    })
    return results
  }

  async read(
    streamId: string,
    { from, direction = 'forward', limit = Number.MAX_SAFE_INTEGER }: ReadOptions = {},
  ): Promise<RecordedEvent[]> {
    const backward = direction === 'backward'
    try {
      const events = await this.connection.gather(client =>
        client.readStream(streamId, {
          direction: backward ? 'backwards' : 'forwards',
          fromRevision: from === undefined ? (backward ? 'end' : 'start') : BigInt(from),
          maxCount: limit,
          requiresLeader: true,
        }),
      )
      return events.map(recorded).filter(event => event !== undefined)
    } catch (error) {
      if (isStreamMissing(error) || isStreamDeleted(error)) return []
      throw error
    }
  }

  readMany(streamIds: readonly string[]): Promise<RecordedEvent[][]> {
    return inParallel(AT_ONCE, streamIds, streamId => this.read(streamId))
  }

  readRanges(ranges: readonly RevisionRange[]): Promise<RecordedEvent[][]> {
    return inParallel(AT_ONCE, ranges, ({ streamId, from, to }) => this.read(streamId, { from, limit: to - from + 1 }))
  }

  async *readAll({
    from,
    to,
    direction = 'forward',
    types,
    pageSize = 2000,
    signal,
  }: ReadAllOptions = {}): AsyncGenerator<Batch> {
    const backward = direction === 'backward'
    const options = { backward, to, types: types && new Set(types), size: pageSize }
    await this.deletions.catchUp()
    let page = this.#pages.page(from ?? (backward ? Number.MAX_SAFE_INTEGER : 0), options)
    for (;;) {
      const batch = await page
      if (signal?.aborted) return
      // The next page is on its way while the caller works on this one.
      if (!batch.caughtUp) {
        page = this.#pages.page(batch.position, options)
        page.catch(() => {})
      }
      yield batch
      if (batch.caughtUp) return
    }
  }

  async *subscribe({ after, types: named, pageSize = 2000, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    const types = named && new Set(named)
    const { moved } = this.tail
    let position = after
    // Only a page of the server's says for sure that nothing more is there; from then on the tail tells what comes.
    let live = false
    let knowsDeletions = false
    while (!signal.aborted) {
      const rung = moved.count
      let batch: Batch
      try {
        if (!knowsDeletions) await this.deletions.catchUp()
        knowsDeletions = true
        batch =
          (live && this.tail.page(position, types, pageSize)) || (await this.#pages.page(position, { types, size: pageSize }))
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        await moved.wait(rung, 500, signal)
        continue
      }
      if (signal.aborted) return
      position = batch.position
      live ||= batch.caughtUp
      yield batch
      if (batch.caughtUp) await moved.wait(rung, LOOK_AGAIN_MS, signal)
    }
  }

  head(): Promise<Position> {
    return this.#pages.head()
  }

  async identity(): Promise<string> {
    return (this.#identity ??= await identityOf(this.connection))
  }

  async delete(streamId: string): Promise<void> {
    await this.deletions.delete(streamId)
  }

  async deletedStreams(): Promise<string[]> {
    await this.deletions.catchUp()
    return this.deletions.names()
  }

  async close(): Promise<void> {
    await this.tail.close()
    await this.connection.close()
  }
}
