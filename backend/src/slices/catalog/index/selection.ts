import type { ItemKind } from '@projectionist/shared/events/media'
import { addBits, copyBits, dropBits, keepBits, type Bits, type BitsPool } from './bits.js'
import type { CatalogColumns } from './columns.js'
import type { IdSet, IdSetItems } from './id-set.js'

/**
 * What a list is narrowed by: the fields of `ItemsQuery`, where several values of one field mean any of them. `only` and
 * `without` stand for what SQL knows: what the person watched, what an actor is in.
 */
export interface ListFilters {
  readonly library?: string | undefined
  readonly kind?: readonly ItemKind[] | undefined
  /** What is directly in it; together with `kind` also what is two levels down, so a series gives its episodes. */
  readonly parent?: string | undefined
  readonly genre?: readonly string[] | undefined
  /** `1999` or `1990-1999`. */
  readonly year?: string | undefined
  readonly quality?: readonly string[] | undefined
  readonly q?: string | undefined
  readonly only?: readonly IdSet[] | undefined
  readonly without?: readonly IdSet[] | undefined
}

/** Fields that facets count the values of; each is counted as though it was not narrowed itself. */
export type Facet = 'genre' | 'year' | 'quality'

export interface Selecting {
  readonly columns: CatalogColumns
  readonly idSets: IdSetItems
  readonly pool: BitsPool
  readonly version: number
  /** Keeps what words find: as typed, or else with errors forgiven. */
  keepFound(bits: Bits, q: string): void
}

function yearsIn(range: string): (year: number) => boolean {
  const [first, last = first] = range.split('-').map(Number) as [number, number?]
  return year => year >= first && year <= last
}

/** Items that are visible and pass the filters, in a set taken from the pool. */
export function select(from: Selecting, filters: ListFilters, visible: Bits, ignoring?: Facet): Bits {
  const { columns, pool } = from
  const selected = pool.take()
  copyBits(selected, visible)
  const keep = (fill: (set: Bits) => void): void => {
    const set = pool.take()
    fill(set)
    keepBits(selected, set)
  }
  const { library, kind, parent, genre, year, quality, q } = filters
  if (library !== undefined) keep(set => columns.library.addTo(set, [library]))
  if (kind !== undefined) keep(set => columns.kind.addTo(set, kind))
  if (parent !== undefined) keep(set => addInside(columns, set, parent, kind !== undefined))
  if (genre !== undefined && ignoring !== 'genre') keep(set => columns.genres.addTo(set, genre))
  if (year !== undefined && ignoring !== 'year') keep(set => columns.year.addWhere(set, yearsIn(year)))
  if (quality !== undefined && ignoring !== 'quality') keep(set => columns.quality.addTo(set, quality))
  for (const ids of filters.only ?? []) keep(set => addBits(set, from.idSets.get(ids, from.version)))
  for (const ids of filters.without ?? []) dropBits(selected, from.idSets.get(ids, from.version))
  if (q !== undefined && q.trim() !== '') from.keepFound(selected, q)
  return selected
}

function addInside(columns: CatalogColumns, bits: Bits, parent: string, deep: boolean): void {
  const ordinal = columns.ids.find(parent)
  if (ordinal < 0) return
  columns.parent.addChildrenTo(bits, ordinal)
  if (deep) columns.grandparent.addChildrenTo(bits, ordinal)
}
