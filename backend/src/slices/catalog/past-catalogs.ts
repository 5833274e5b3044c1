import type { PastReading } from '../../platform/past-libraries.js'
import type { CatalogIndex } from './index/catalog-index.js'
import { CatalogIndexFeed } from './index/catalog-index.feed.js'
import { allRows } from './indexed-rows.js'

/** As many as past libraries are kept. */
const MOST = 2
const IDLE_MS = 10 * 60_000

interface Kept {
  readonly feed: CatalogIndexFeed
  readonly running: Promise<void>
  readonly stop: AbortController
  idle: NodeJS.Timeout
  error?: unknown
}

/**
 * Catalogue indexes of past libraries on this node: read when first asked for, as a past library never changes; at most two, and
 * let go when nobody has asked for a while.
 */
export class PastCatalogs {
  readonly #kept = new Map<string, Kept>()

  /** The index of a past library, undefined when its reading takes longer than `patienceMs`. Rejects with what keeps it from being read. */
  async index({ id, sql }: PastReading, patienceMs: number): Promise<CatalogIndex | undefined> {
    const known = this.#kept.get(id)
    clearTimeout(known?.idle)
    const kept = known ?? this.#read(sql)
    // The one asked for last stands last.
    this.#kept.delete(id)
    this.#kept.set(id, kept)
    kept.idle = setTimeout(() => void this.#letGo(id), IDLE_MS).unref()
    for (const other of [...this.#kept.keys()].slice(0, -MOST)) await this.#letGo(other)
    await kept.feed.waitFor(0, patienceMs)
    if (!kept.feed.index && kept.error !== undefined) throw kept.error
    return kept.feed.index
  }

  async close(): Promise<void> {
    for (const id of [...this.#kept.keys()]) await this.#letGo(id)
  }

  #read(sql: PastReading['sql']): Kept {
    const stop = new AbortController()
    const rows = { state: () => Promise.resolve({ position: 0, generation: '' }), loadAll: () => allRows(sql), changedSince: () => Promise.resolve([]) }
    const feed = new CatalogIndexFeed(rows, { onError: error => (kept.error = error) })
    const kept: Kept = { feed, stop, running: feed.run(stop.signal), idle: setTimeout(() => {}, 0) }
    return kept
  }

  async #letGo(id: string): Promise<void> {
    const kept = this.#kept.get(id)
    if (!kept) return
    this.#kept.delete(id)
    clearTimeout(kept.idle)
    kept.stop.abort()
    await kept.running
  }
}
