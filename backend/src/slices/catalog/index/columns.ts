import type { ItemKind } from '@projectionist/shared/events/media'
import { clearBit, hasBit, setBit, wordsFor, type Bits } from './bits.js'
import { ManyDimension, SingleDimension } from './dimension.js'
import { IdTable } from './id-table.js'
import type { IndexedRow } from './indexed-row.js'
import { NumberColumn } from './number-column.js'
import { prominence } from './prominence.js'
import { SortOrders, type NumberColumns, type NumberSort } from './sort-orders.js'
import { TitleKeys } from './title-keys.js'
import { grown, trimmed } from './typed-arrays.js'

const dayMs = 86_400_000

/** Ordinals of parents by ordinal, -1 for none. A parent's id is held whether or not its own row has come. */
export class ParentColumn {
  #parents = new Int32Array(0)
  constructor(private readonly ids: IdTable) {}

  get(ordinal: number): number {
    return ordinal < this.#parents.length ? this.#parents[ordinal]! : -1
  }

  set(ordinal: number, parentId: string | null): void {
    const before = this.get(ordinal)
    const after = parentId === null ? -1 : this.ids.hold(parentId)
    if (before >= 0) this.ids.release(before)
    if (before === after) return
    this.#parents = grown(this.#parents, ordinal + 1, -1)
    this.#parents[ordinal] = after
  }

  addChildrenTo(bits: Bits, parent: number): void {
    for (let ordinal = 0; ordinal < this.#parents.length; ordinal++) if (this.#parents[ordinal] === parent) setBit(bits, ordinal)
  }

  trim(end: number): void {
    this.#parents = trimmed(this.#parents, end)
  }
}

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss` as ms since 1970, taken as UTC; NaN for anything else. */
function instantOf(local: string): number {
  const match = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?/.exec(local)
  return match ? Date.parse(match[1] ? `${match[0]}Z` : match[0]) : NaN
}

/** Everything that lists are filtered and sorted by, column by column. */
export class CatalogColumns {
  readonly ids = new IdTable()
  live: Bits = new Uint32Array(1)
  /** Items in the catalogue. */
  count = 0
  readonly library = new SingleDimension<string>()
  readonly kind = new SingleDimension<ItemKind>()
  readonly quality = new SingleDimension<string>()
  readonly contentRating = new SingleDimension<string>()
  readonly year = new SingleDimension<number>()
  readonly genres = new ManyDimension()
  readonly tags = new ManyDimension()
  readonly parent = new ParentColumn(this.ids)
  readonly grandparent = new ParentColumn(this.ids)
  readonly titles = new TitleKeys()
  readonly numbers: NumberColumns = {
    year: new NumberColumn('int32'),
    added: new NumberColumn('float64'),
    /** Days since 1970. */
    released: new NumberColumn('int32'),
    taken: new NumberColumn('float64'),
    /** Thousandths. */
    rating: new NumberColumn('int32'),
    duration: new NumberColumn('int32'),
    number: new NumberColumn('int32'),
    prominence: new NumberColumn('int32'),
  }
  readonly orders = new SortOrders(this.ids, this.titles, this.numbers, () => this.live)

  /** The item's ordinal, -1 when it is not in the catalogue. */
  find(id: string): number {
    const ordinal = this.ids.find(id)
    return ordinal >= 0 && hasBit(this.live, ordinal) ? ordinal : -1
  }

  /** Takes a row in, new or changed; its ordinal. */
  put(row: IndexedRow): number {
    const known = this.find(row.id)
    const ordinal = known >= 0 ? known : this.ids.hold(row.id)
    if (known < 0) {
      this.live = grown(this.live, wordsFor(ordinal + 1))
      setBit(this.live, ordinal)
      this.count++
    }
    this.#setFilters(ordinal, row)
    const renamed = this.titles.set(ordinal, row.sortTitle ?? row.title)
    if (renamed || known < 0) this.orders.touch(ordinal)
    this.#setNumbers(ordinal, row)
    return ordinal
  }

  /** Takes the item out; -1 when it was not in. Its ordinal may soon be another's. */
  remove(id: string): number {
    const ordinal = this.find(id)
    if (ordinal < 0) return -1
    for (const dimension of [this.library, this.kind, this.quality, this.contentRating, this.year]) dimension.set(ordinal, null)
    for (const dimension of [this.genres, this.tags]) dimension.set(ordinal, [])
    for (const column of Object.values(this.numbers)) column.set(ordinal, null)
    this.titles.delete(ordinal)
    this.orders.touch(ordinal)
    clearBit(this.live, ordinal)
    this.count--
    this.parent.set(ordinal, null)
    this.grandparent.set(ordinal, null)
    this.ids.release(ordinal)
    return ordinal
  }

  /** Sorts what is not in order yet, and gives back the room that growing took. */
  *prepare(): Generator<void> {
    yield* this.orders.prepare()
    const end = this.ids.end
    this.live = trimmed(this.live, wordsFor(end))
    this.ids.trim()
    const numbers = Object.values(this.numbers)
    const single = [this.library, this.kind, this.quality, this.contentRating, this.year]
    for (const column of [this.titles, ...numbers, ...single, this.genres, this.tags, this.parent, this.grandparent]) {
      column.trim(end)
      yield
    }
  }

  #setFilters(ordinal: number, row: IndexedRow): void {
    this.library.set(ordinal, row.libraryId)
    this.kind.set(ordinal, row.kind)
    this.quality.set(ordinal, row.quality)
    this.contentRating.set(ordinal, row.contentRating)
    this.year.set(ordinal, row.year)
    this.genres.set(ordinal, row.genres)
    this.tags.set(ordinal, row.tags)
    this.parent.set(ordinal, row.parentId)
    this.grandparent.set(ordinal, row.grandparentId)
  }

  #setNumbers(ordinal: number, row: IndexedRow): void {
    const numbers: Readonly<Record<NumberSort, number | null>> = {
      year: row.year,
      added: row.addedMs,
      released: releaseDay(row),
      taken: row.takenAt === null ? null : instantOf(row.takenAt),
      rating: row.rating === null ? null : row.rating * 1000,
      duration: row.durationMs,
      number: row.number,
      prominence: prominence(row),
    }
    for (const sort of Object.keys(numbers) as NumberSort[]) {
      if (this.numbers[sort].set(ordinal, numbers[sort])) this.orders.touch(ordinal, sort)
    }
  }
}

/** The day of release; where only its year is known, that year's first. */
function releaseDay({ releasedOn, year }: IndexedRow): number | null {
  if (releasedOn !== null) return instantOf(releasedOn) / dayMs
  return year === null ? null : Date.UTC(year, 0, 1) / dayMs
}
