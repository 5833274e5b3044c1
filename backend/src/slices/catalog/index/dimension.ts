import { countBits, membersOf, type Bits } from './bits.js'
import { OrdinalLists } from './ordinal-lists.js'
import { OrdinalSets } from './ordinal-sets.js'
import { grown, trimmed } from './typed-arrays.js'

/** Up to this share of the catalogue it is quicker to ask each item for its values than each value for its items. */
const few = 1 / 32

/** The distinct values of something items have, each with the set of items that have it. */
abstract class Dimension<V extends string | number> {
  protected readonly values: V[] = []
  protected readonly sets = new OrdinalSets()
  readonly #places = new Map<V, number>()

  /** Adds the items with any of these values. */
  addTo(bits: Bits, values: Iterable<V>): void {
    for (const value of values) {
      const place = this.#places.get(value)
      if (place !== undefined) this.sets.addTo(bits, place)
    }
  }

  /** Adds the items with a value that passes. */
  addWhere(bits: Bits, passes: (value: V) => boolean): void {
    this.addTo(bits, this.values.filter(passes))
  }

  /** How many of the chosen, out of `all` there are, have each value; values that none has are left out. */
  counts(chosen: Bits, all: number): [value: V, count: number][] {
    const total = countBits(chosen)
    const counts = new Uint32Array(this.values.length)
    if (total < all * few) for (const ordinal of membersOf(chosen, total)) this.eachPlace(ordinal, place => void counts[place]!++)
    else for (let place = 0; place < counts.length; place++) counts[place] = this.sets.countIn(chosen, place)
    return this.values.map((value, place): [V, number] => [value, counts[place]!]).filter(([, count]) => count > 0)
  }

  /** Places in `values` of what the item has. */
  protected abstract eachPlace(ordinal: number, visit: (place: number) => void): void

  protected place(value: V): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    this.#places.set(value, this.values.length)
    this.values.push(value)
    return this.sets.create()
  }
}

/** What an item has one of, or none: its library, its quality. */
export class SingleDimension<V extends string | number> extends Dimension<V> {
  /** Places of values plus one, 0 for none; widened when there are more values than 16 bits can tell apart. */
  #column: Uint16Array | Uint32Array = new Uint16Array(16)

  get(ordinal: number): V | null {
    return this.values[(this.#column[ordinal] ?? 0) - 1] ?? null
  }

  set(ordinal: number, value: V | null): void {
    this.#column = grown(this.#column, ordinal + 1)
    const before = this.#column[ordinal]!
    const after = value === null ? 0 : this.place(value) + 1
    if (before === after) return
    if (after > 0xffff && this.#column instanceof Uint16Array) this.#column = Uint32Array.from(this.#column)
    this.#column[ordinal] = after
    if (before > 0) this.sets.remove(before - 1, ordinal)
    if (after > 0) this.sets.add(after - 1, ordinal)
  }

  protected override eachPlace(ordinal: number, visit: (place: number) => void): void {
    const place = this.#column[ordinal]!
    if (place > 0) visit(place - 1)
  }

  trim(end: number): void {
    this.#column = trimmed(this.#column, end)
    this.sets.trim()
  }
}

/** What an item has any number of: its genres, its tags. */
export class ManyDimension extends Dimension<string> {
  readonly #lists = new OrdinalLists()

  get(ordinal: number): string[] {
    return Array.from(this.#lists.get(ordinal), place => this.values[place]!)
  }

  set(ordinal: number, values: readonly string[]): void {
    const before = this.#lists.get(ordinal)
    const after: number[] = []
    for (const value of values) {
      const place = this.place(value)
      if (!after.includes(place)) after.push(place)
    }
    if (before.length === after.length && after.every((place, i) => before[i] === place)) return
    for (const place of before) if (!after.includes(place)) this.sets.remove(place, ordinal)
    for (const place of after) if (!before.includes(place)) this.sets.add(place, ordinal)
    this.#lists.set(ordinal, after)
  }

  protected override eachPlace(ordinal: number, visit: (place: number) => void): void {
    this.#lists.get(ordinal).forEach(visit)
  }

  trim(end: number): void {
    this.#lists.trim(end)
    this.sets.trim()
  }
}
