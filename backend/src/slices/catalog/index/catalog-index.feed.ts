import { setImmediate as breathe } from 'node:timers/promises'
import { Bell } from '../../../platform/eventing/wakeup.js'
import { CatalogIndex } from './catalog-index.js'
import type { IndexedRow } from './indexed-row.js'

/** Where the rows stand. */
export interface RowsState {
  /** Another one says that the rows are others altogether, a rebuilt read model: all have to be read anew. */
  readonly generation: string
  /** Every change up to here is in the rows. */
  readonly position: number
}

/** The read model as the index follows it. Methods reject when it is out of reach. */
export interface CatalogRows {
  state(): Promise<RowsState>
  /** All rows, in batches; changes that are made meanwhile may or may not be in it. */
  loadAll(signal: AbortSignal): AsyncIterable<readonly IndexedRow[]>
  /** Rows whose last change is after the position, removed ones as such; later changes may be in it. */
  changedSince(position: number, signal: AbortSignal): Promise<readonly IndexedRow[]>
}

export interface FeedOptions {
  readonly onError: (error: unknown) => void
  /** Pause before another try after an error. */
  readonly retryMs?: number
  /** Pause after a large batch, so that an ingest is taken in by few; cut short for whoever waits for a position. */
  readonly gatherMs?: number
}

/** Rows taken in without a look at the clock: one to three milliseconds. */
const bite = 250
/** How long the event loop may be kept from others. */
const breathMs = 8
const largeBatch = 200
const forever = 2 ** 30

/**
 * A catalogue index that is loaded and kept current, in short bites, so that the process answers all the while. It reads the
 * state before the rows, so what changes in between is read again rather than missed; taking a row in twice changes nothing.
 */
export class CatalogIndexFeed {
  #index: CatalogIndex | undefined
  #state: RowsState = { generation: '', position: -1 }
  #stopped = new AbortController().signal
  readonly #changed = new Bell()
  readonly #applied = new Bell()
  readonly #awaited = new Bell()

  constructor(
    private readonly rows: CatalogRows,
    private readonly options: FeedOptions,
  ) {}

  /** The index, undefined until the first load is done. Ask anew for each query: a rebuild puts another in its place. */
  get index(): CatalogIndex | undefined {
    return this.#index
  }

  /** Every change up to here is in the index; -1 before the first load. */
  get position(): number {
    return this.#state.position
  }

  /** To be called whenever the rows may have changed. */
  changed(): void {
    this.#changed.ring()
  }

  /** True as soon as every change up to the position is in the index, false when that takes longer, or when it has stopped. */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs
    for (;;) {
      if (this.#index && this.position >= position) return true
      const left = until - performance.now()
      if (left <= 0 || this.#stopped.aborted) return false
      this.#awaited.ring()
      await this.#applied.wait(this.#applied.count, left, this.#stopped)
    }
  }

  /** Loads and follows the rows until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    this.#stopped = signal
    while (!signal.aborted) {
      const [rung, awaited] = [this.#changed.count, this.#awaited.count]
      try {
        const taken = await this.#update(signal)
        this.#applied.ring()
        if (taken === 'all') continue
        if (taken > largeBatch) await this.#awaited.wait(awaited, this.options.gatherMs ?? 200, signal)
        await this.#changed.wait(rung, forever, signal)
      } catch (error) {
        if (signal.aborted) return
        this.options.onError(error)
        await new Bell().wait(0, this.options.retryMs ?? 1000, signal)
      }
    }
  }

  /** How many rows were taken in; `all` when the index was made anew, and changes made meanwhile are still to come. */
  async #update(signal: AbortSignal): Promise<number | 'all'> {
    const state = await this.rows.state()
    if (this.#index && state.generation === this.#state.generation) {
      if (state.position === this.position) return 0
      const rows = await this.rows.changedSince(this.position, signal)
      await takeIn(this.#index, rows, signal)
      if (!signal.aborted) this.#state = state
      return rows.length
    }
    const index = new CatalogIndex()
    for await (const rows of this.rows.loadAll(signal)) await takeIn(index, rows, signal)
    for (const _ of index.prepare()) await breathe()
    if (!signal.aborted) [this.#index, this.#state] = [index, state]
    return 'all'
  }
}

async function takeIn(index: CatalogIndex, rows: readonly IndexedRow[], signal: AbortSignal): Promise<void> {
  let since = performance.now()
  for (let from = 0; from < rows.length && !signal.aborted; from += bite) {
    index.apply(rows.slice(from, from + bite))
    if (performance.now() - since < breathMs) continue
    await breathe()
    since = performance.now()
  }
}
