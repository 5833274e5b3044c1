import { BitsPool, countBits, hasBit, type Bits } from './bits.js'
import type { ItemSort } from '@projectionist/shared/api/items'
import { CatalogColumns } from './columns.js'
import type { Direction } from './cursor.js'
import { decadeFacet, genreFacet, qualityFacet, type Facets } from './facets.js'
import { IdSetItems } from './id-set.js'
import type { IndexedRow } from './indexed-row.js'
import { Listing, type Bucket, type Page } from './listing.js'
import { SearchIndex, type FoundGroup } from './search/search-index.js'
import { select, type Facet, type ListFilters } from './selection.js'
import { VisibleItems, type Visibility } from './visibility.js'

/** A list: what it is narrowed by, and its order. Nothing to sort by comes last in either direction. */
export interface ListQuery extends ListFilters {
  readonly sort: ItemSort
  readonly order: Direction
}

/**
 * Ordered ids of a catalogue of up to some million items, in memory: pages, counts, jumps, facets and search, each under what
 * a person may see. Derived from rows and never the truth: it is made anew from PostgreSQL at every start. Not safe to query
 * in the middle of `apply`, which is synchronous.
 */
export class CatalogIndex {
  readonly #columns = new CatalogColumns()
  readonly #pool = new BitsPool()
  readonly #visible = new VisibleItems(this.#columns)
  readonly #idSets = new IdSetItems(this.#columns.ids)
  readonly #search = new SearchIndex(this.#columns, this.#pool)
  #version = 0

  /** Items in it. */
  get size(): number {
    return this.#columns.count
  }

  /**
   * Takes in rows as they are now: new, changed and removed ones, again and in any order of items. Throws `RangeError` for an
   * id that is no UUID.
   */
  apply(rows: readonly IndexedRow[]): void {
    this.#version++
    try {
      for (const row of rows) {
        if (row.removed) {
          const ordinal = this.#columns.remove(row.id)
          if (ordinal >= 0) this.#search.remove(ordinal)
        } else this.#search.put(this.#columns.put(row), row)
      }
    } finally {
      this.#pool.resize(this.#columns.ids.end)
    }
  }

  /** Sorts and tidies after a load, a few milliseconds a step, so that no query has to. Nothing may be applied in between. */
  *prepare(): Generator<void> {
    yield* this.#columns.prepare()
    yield* this.#search.prepare()
  }

  /** At most `limit` ids from the cursor on. Throws `DomainError('invalid-request')` for a cursor that is not of this sort and order. */
  page(query: ListQuery, visibility: Visibility, limit: number, cursor?: string): Page {
    return this.#listing(query, visibility, listing => listing.page(limit, cursor))
  }

  /** Where everything is in the list: buckets of at most 500 items, each with the cursor of a page that begins with its first. */
  index(query: ListQuery, visibility: Visibility): { total: number; buckets: Bucket[] } {
    return this.#listing(query, visibility, listing => ({ total: listing.total, buckets: listing.buckets() }))
  }

  count(filters: ListFilters, visibility: Visibility): number {
    return this.#pool.lend(() => countBits(this.#select(filters, visibility)))
  }

  /** What the list could be narrowed by. Each is counted as though the list was not narrowed by it yet. */
  facets(filters: ListFilters, visibility: Visibility): Facets {
    return this.#pool.lend(() => {
      const { genres, year, quality } = this.#columns
      const all = this.#select(filters, visibility)
      const without = (facet: Facet): Bits => (filters[facet] === undefined ? all : this.#select(filters, visibility, facet))
      return {
        genres: genreFacet(genres.counts(without('genre'), this.size)),
        decades: decadeFacet(year.counts(without('year'), this.size)),
        qualities: qualityFacet(quality.counts(without('quality'), this.size)),
      }
    })
  }

  /** Items by words of their titles and names, by kind, the best kind and the best `limit` of each first. */
  search(q: string, visibility: Visibility, limit: number): FoundGroup[] {
    return this.#pool.lend(() => this.#search.search(q, this.#visible.get(visibility, this.#version), limit))
  }

  /** Those of the ids that are in the catalogue and may be seen, in the order given. */
  visible(ids: readonly string[], visibility: Visibility): string[] {
    const bits = this.#visible.get(visibility, this.#version)
    return ids.filter(id => {
      const ordinal = this.#columns.find(id)
      return ordinal >= 0 && hasBit(bits, ordinal)
    })
  }

  #listing<T>({ sort, order, ...filters }: ListQuery, visibility: Visibility, use: (listing: Listing) => T): T {
    return this.#pool.lend(() => use(new Listing(this.#columns, this.#select(filters, visibility), sort, order)))
  }

  #select(filters: ListFilters, visibility: Visibility, ignoring?: Facet): Bits {
    const from = {
      columns: this.#columns,
      idSets: this.#idSets,
      pool: this.#pool,
      version: this.#version,
      keepFound: (bits: Bits, q: string) => this.#search.keep(bits, q),
    }
    return select(from, filters, this.#visible.get(visibility, this.#version), ignoring)
  }
}
