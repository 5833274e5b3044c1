import { setImmediate as breathe } from 'node:timers/promises'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Bell } from '../../platform/eventing/wakeup.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { LibraryCounts } from '../../platform/library-counts.js'
import type { Sql } from '../../platform/sql/sql.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import { CatalogIndex } from './index/catalog-index.js'
import { everything } from './index/visibility.js'
import { allRows, generationOf, rowsChangedSince } from './indexed-rows.js'

const PATIENCE_MS = 2000
const FIRST_LOAD_PATIENCE_MS = 10_000
/** While much changes, reading the changes waits a little for more, so that an ingest costs few sorts. */
const GATHER_MS = 200
const RETRY_MS = 1000

/** The catalogue index of this node: loaded from `read.items` at the start, kept current as the projection moves on. */
export class Catalog extends LibraryCounts {
  #index: CatalogIndex | undefined
  #generation = ''
  /** Everything up to here is in the index. */
  #position = 0
  readonly #applied = new Bell()
  readonly #changed = new Bell()
  readonly #stop = new AbortController()
  readonly #deaf: () => void
  #following: Promise<void> = Promise.resolve()

  constructor(
    private readonly sql: Sql,
    private readonly announcer: Announcer,
    private readonly log: Logger,
  ) {
    super()
    let seen = -1
    this.#deaf = announcer.onChange((changes, positions) => {
      const position = positions.get('items') ?? 0
      if (position > seen || changes.some(({ topic }) => topic === 'libraries')) this.#changed.ring()
      seen = position
    })
  }

  start(): void {
    this.#following = this.#follow()
  }

  async stop(): Promise<void> {
    this.#deaf()
    this.#stop.abort()
    await this.#following
  }

  get ready(): boolean {
    return this.#index !== undefined
  }

  /** The index, having seen what the caller has seen; the answer says `Stale` when it did not come that far in time. */
  async seen(exchange: Exchange): Promise<CatalogIndex> {
    await exchange.reads('items', 'libraries', 'watch_state')
    const wanted = Math.min(exchange.minPosition, this.announcer.position('items'))
    if (!(await this.#waitFor(() => this.#position >= wanted, PATIENCE_MS))) void exchange.reply.header('Stale', 'true')
    return this.#loaded()
  }

  async countOf(libraryId: string, kind: string): Promise<number> {
    return (await this.#loaded()).count({ library: libraryId, kind: [kind as never] }, everything)
  }

  async #loaded(): Promise<CatalogIndex> {
    await this.#waitFor(() => this.#index !== undefined, FIRST_LOAD_PATIENCE_MS)
    if (!this.#index) throw new DomainError('unavailable', 'The catalogue is being read. Try again in a moment.')
    return this.#index
  }

  async #waitFor(there: () => boolean, ms: number): Promise<boolean> {
    const until = Date.now() + ms
    while (!there()) {
      const left = until - Date.now()
      if (left <= 0 || this.#stop.signal.aborted) return false
      await this.#applied.wait(this.#applied.count, left, this.#stop.signal)
    }
    return true
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const rung = this.#changed.count
      try {
        const more = await this.#update()
        this.#applied.ring()
        await this.#changed.wait(rung, 2 ** 30, signal)
        if (more) await new Bell().wait(0, GATHER_MS, signal)
      } catch (error) {
        this.log.debug({ err: error }, 'the catalogue could not be read')
        await new Bell().wait(0, RETRY_MS, signal)
      }
    }
  }

  /** Brings the index up to where the projection is; true when that was much. */
  async #update(): Promise<boolean> {
    const position = this.announcer.position('items')
    const generation = await generationOf(this.sql)
    if (!this.#index || generation !== this.#generation) {
      const index = new CatalogIndex()
      for await (const rows of allRows(this.sql)) {
        index.apply(rows)
        await breathe()
      }
      for (const _ of index.prepare()) await breathe()
      this.#index = index
      this.#generation = generation
      this.#position = position
      return false
    }
    const rows = await rowsChangedSince(this.sql, this.#position)
    if (rows.length > 0) this.#index.apply(rows)
    this.#position = position
    return rows.length > 200
  }
}
