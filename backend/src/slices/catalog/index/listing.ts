import type { ItemSort } from '@projectionist/shared/api/items'
import { countBits, hasBit, membersOf, type Bits } from './bits.js'
import type { CatalogColumns } from './columns.js'
import { compareToPlace, placeOf, readCursor, writeCursor, type Direction, type Place } from './cursor.js'
import { railOf, type Rail } from './rail.js'
import { firstNot } from './sorting.js'

export interface Page {
  readonly ids: string[]
  /** Where the next page starts; null after the last item. */
  readonly next: string | null
}
export interface Bucket {
  /** Empty for items that have nothing to sort by. */
  readonly key: string
  readonly count: number
  readonly cursor: string
}

const fullBucket = 500

/** A run of places in the order of the list: `to` is the one after its last, also when it runs down. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly step: 1 | -1
  readonly numbered: boolean
}

/** Chosen items in an order: the catalogue's own, to be passed over in part, or, where few were chosen, just these, sorted. */
export class Listing {
  readonly #ordinals: Int32Array
  readonly #stretches: readonly Stretch[]
  readonly total: number

  constructor(
    private readonly columns: CatalogColumns,
    private readonly chosen: Bits,
    private readonly sort: ItemSort,
    private readonly order: Direction,
  ) {
    this.total = countBits(chosen)
    const whole = this.total * Math.log2(this.total + 1) * 32 > columns.count
    const { ordinals, numbered } = whole ? columns.orders.get(sort) : this.#sorted()
    this.#ordinals = ordinals
    const end = ordinals.length
    this.#stretches =
      order === 'asc'
        ? [
            { from: 0, to: numbered, step: 1, numbered: true },
            { from: numbered, to: end, step: 1, numbered: false },
          ]
        : [
            { from: numbered - 1, to: -1, step: -1, numbered: true },
            { from: end - 1, to: numbered - 1, step: -1, numbered: false },
          ]
  }

  /** Throws `invalid-request` for a cursor of another sort, of the other direction, or none at all. */
  page(limit: number, cursor: string | undefined): Page {
    const start = cursor === undefined ? undefined : readCursor(this.sort, this.order, cursor)
    const found: number[] = []
    for (const stretch of this.#stretches) {
      const from = start ? this.#seek(stretch, start) : stretch.from
      for (let at = from; at !== stretch.to && found.length <= limit; at += stretch.step) {
        const ordinal = this.#ordinals[at]!
        if (hasBit(this.chosen, ordinal)) found.push(ordinal)
      }
    }
    const more = found.length > limit
    if (more) found.pop()
    return { ids: found.map(ordinal => this.columns.ids.idOf(ordinal)), next: more ? this.#cursor(found.at(-1)!, false) : null }
  }

  /** The whole list as buckets of at most 500 items, in its order. */
  buckets(): Bucket[] {
    const rail = railOf(this.sort, this.columns)
    const buckets: Bucket[] = []
    for (const stretch of this.#stretches) {
      for (let from = stretch.from; from !== stretch.to;) {
        const group = stretch.numbered ? rail.groupOf(this.#ordinals[from]!) : undefined
        const to = group === undefined ? stretch.to : this.#groupEnd({ ...stretch, from }, rail, group)
        this.#fill(buckets, { ...stretch, from, to }, group === undefined ? '' : rail.keyOf(group))
        from = to
      }
    }
    return buckets
  }

  #fill(buckets: Bucket[], { from, to, step }: Stretch, key: string): void {
    let count = 0
    let first = 0
    for (let at = from; at !== to; at += step) {
      const ordinal = this.#ordinals[at]!
      if (!hasBit(this.chosen, ordinal)) continue
      if (count++ === 0) first = ordinal
      if (count < fullBucket) continue
      buckets.push({ key, count, cursor: this.#cursor(first, true) })
      count = 0
    }
    if (count > 0) buckets.push({ key, count, cursor: this.#cursor(first, true) })
  }

  #groupEnd({ from, to, step }: Stretch, rail: Rail, group: number): number {
    if (step === 1) return firstNot(this.#ordinals, from, to, ordinal => rail.groupOf(ordinal) <= group)
    return firstNot(this.#ordinals, to + 1, from + 1, ordinal => rail.groupOf(ordinal) < group) - 1
  }

  /** Where in the stretch a page from this place begins. */
  #seek({ from, to, step, numbered }: Stretch, place: Place): number {
    const placeIsNumbered = this.sort === 'title' || place.number !== null
    if (placeIsNumbered !== numbered) return placeIsNumbered ? from : to
    const compare = (ordinal: number): number => compareToPlace(this.columns, this.sort, ordinal, place)
    const before = (ordinal: number): boolean => compare(ordinal) < 0
    const upTo = (ordinal: number): boolean => compare(ordinal) <= 0
    if (step === 1) return firstNot(this.#ordinals, from, to, place.inclusive ? before : upTo)
    return firstNot(this.#ordinals, to + 1, from + 1, place.inclusive ? upTo : before) - 1
  }

  #cursor(ordinal: number, inclusive: boolean): string {
    return writeCursor(this.sort, this.order, placeOf(this.columns, this.sort, ordinal, inclusive))
  }

  #sorted(): { ordinals: Int32Array; numbered: number } {
    const ordinals = membersOf(this.chosen, this.total).sort(this.columns.orders.compareIn(this.sort))
    if (this.sort === 'title') return { ordinals, numbered: ordinals.length }
    const column = this.columns.numbers[this.sort]
    return { ordinals, numbered: firstNot(ordinals, 0, ordinals.length, ordinal => column.get(ordinal) !== column.none) }
  }
}
