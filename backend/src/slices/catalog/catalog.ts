import { DomainError } from '../../platform/eventing/decider.js'
import type { Announcer } from '../../platform/eventing/projector/announcer.js'
import type { Serving } from '../../platform/eventing/projector/serving.js'
import type { Exchange } from '../../platform/http/exchange.js'
import type { ItemKind } from '@projectionist/shared/events/media'
import { LibraryCounts } from '../../platform/library-counts.js'
import type { PastLibraries, PastReading } from '../../platform/past-libraries.js'
import type { Sql } from '../../platform/sql/sql.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import type { CatalogIndex } from './index/catalog-index.js'
import { CatalogIndexFeed } from './index/catalog-index.feed.js'
import { everything } from './index/visibility.js'
import { PastCatalogs } from './past-catalogs.js'
import { allRows, generationOf, rowsChangedSince } from './indexed-rows.js'

const PATIENCE_MS = 2000
const FIRST_LOAD_PATIENCE_MS = 10_000
/** Whoever has waited for a past library to be made waits for its catalogue too; proxies lose patience after a minute. */
const PAST_PATIENCE_MS = 30_000

/** The catalogue index of this node, kept current from `read.items`. */
export class Catalog extends LibraryCounts {
  readonly #feed: CatalogIndexFeed
  readonly #stop = new AbortController()
  readonly #deaf: () => void
  readonly #pasts = new PastCatalogs()
  #running: Promise<void> = Promise.resolve()

  constructor(
    private readonly sql: Sql,
    private readonly announcer: Announcer,
    private readonly past: PastLibraries,
    serving: Serving,
    log: Logger,
  ) {
    super()
    this.#feed = new CatalogIndexFeed(
      {
        async state() {
          // An index of empty tables would be an empty library.
          await serving.serves(['items'])
          return { position: announcer.position('items'), generation: await generationOf(sql) }
        },
        loadAll: () => allRows(sql),
        changedSince: position => rowsChangedSince(sql, position),
      },
      { onError: error => log.debug({ err: error }, 'the catalogue could not be read') },
    )
    this.#deaf = announcer.onChange((_, __, announced) => {
      if (announced.includes('items')) this.#feed.changed()
    })
  }

  start(): void {
    this.#running = this.#feed.run(this.#stop.signal)
  }

  async stop(): Promise<void> {
    this.#deaf()
    this.#stop.abort()
    await this.#running
    await this.#pasts.close()
  }

  get ready(): boolean {
    return this.#feed.index !== undefined
  }

  /** What reads the library that the caller looks at, having seen what the caller has seen. */
  async reading(exchange: Exchange, ...projections: string[]): Promise<Sql> {
    const past = await this.past.asked(exchange)
    if (!past) await exchange.reads(...projections)
    return past?.sql ?? this.sql
  }

  /** The same with the index of that library. */
  async indexed(exchange: Exchange): Promise<{ sql: Sql; index: CatalogIndex }> {
    const past = await this.past.asked(exchange)
    return past ? { sql: past.sql, index: await this.#then(past) } : { sql: this.sql, index: await this.seen(exchange) }
  }

  /** The index, having seen what the caller has seen; the answer says `Stale` when it did not come that far in time. */
  async seen(exchange: Exchange): Promise<CatalogIndex> {
    await exchange.reads('items', 'libraries', 'watch_state')
    const wanted = Math.min(exchange.minPosition, this.announcer.position('items'))
    if (wanted > this.#feed.position && !(await this.#feed.waitFor(wanted, PATIENCE_MS))) void exchange.reply.header('Stale', 'true')
    return this.#loaded()
  }

  async countOf(libraryId: string, kind: ItemKind, past?: PastReading): Promise<number> {
    return (await (past ? this.#then(past) : this.#loaded())).count({ library: libraryId, kind: [kind] }, everything)
  }

  async #then(past: PastReading): Promise<CatalogIndex> {
    const index = await this.#pasts.index(past, PAST_PATIENCE_MS)
    if (!index) throw new DomainError('unavailable', 'The catalogue of that moment is being read. Try again in a moment.')
    return index
  }

  async #loaded(): Promise<CatalogIndex> {
    if (!this.#feed.index) await this.#feed.waitFor(0, FIRST_LOAD_PATIENCE_MS)
    if (!this.#feed.index) throw new DomainError('unavailable', 'The catalogue is being read. Try again in a moment.')
    return this.#feed.index
  }
}
