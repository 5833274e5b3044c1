import type { ItemSort } from '@projectionist/shared/api/items'
import { hasBit, membersOf, setBit, wordsFor, type Bits } from './bits.js'
import type { IdTable } from './id-table.js'
import type { NumberColumn } from './number-column.js'
import { atOnce, mergeInto, sortByBlocks, sortByNumber } from './sorting.js'
import type { TitleKeys } from './title-keys.js'
import { grown, trimmed } from './typed-arrays.js'

/** `prominence` puts the likeliest finds of a search first, kind by kind. */
export type Sort = ItemSort | 'prominence'
export type NumberSort = Exclude<Sort, 'title'>
export type NumberColumns = Readonly<Record<NumberSort, NumberColumn>>

/** Ordinals in ascending order; from `numbered` on those without the number that it sorts by, in the order of titles. */
export interface Order {
  readonly ordinals: Int32Array
  readonly numbered: number
}

interface Kept {
  ordinals: Int32Array
  length: number
  /** Items that came, went or have another key since the order was last put right. */
  stale: Bits
  staleCount: number
}

/**
 * All items in every order, each an array that is put right when it is next asked for: what changed is taken out, sorted,
 * and merged in, which costs one pass however many batches there were. Equal numbers are in the order of titles, equal titles
 * in the order of ids. A sort that no item has a number for is the order of titles itself.
 */
export class SortOrders {
  readonly #kept = new Map<Sort, Kept>()

  constructor(
    private readonly ids: IdTable,
    private readonly titles: TitleKeys,
    private readonly numbers: NumberColumns,
    private readonly live: () => Bits,
  ) {}

  /** The item came, went, or has another title (all sorts), or another number (that sort). */
  touch(ordinal: number, sort?: Sort): void {
    for (const [name, kept] of this.#kept) {
      if (sort !== undefined && sort !== name) continue
      kept.stale = grown(kept.stale, wordsFor(ordinal + 1))
      if (hasBit(kept.stale, ordinal)) continue
      setBit(kept.stale, ordinal)
      kept.staleCount++
    }
  }

  get(sort: Sort): Order {
    return atOnce(this.#steps(sort))
  }

  /** Brings every order up to date, a few milliseconds a step. Nothing may change in between. */
  *prepare(): Generator<void> {
    for (const sort of ['title', ...Object.keys(this.numbers)] as Sort[]) yield* this.#steps(sort)
    for (const kept of this.#kept.values()) kept.ordinals = trimmed(kept.ordinals, kept.length)
  }

  /** Whole order of two items in a sort; never 0 for two of them. */
  compareIn(sort: Sort): (a: number, b: number) => number {
    const byTitle = (a: number, b: number): number => this.titles.compare(a, b) || this.ids.compare(a, b)
    if (sort === 'title') return byTitle
    const column = this.numbers[sort]
    return (a, b) => {
      const [left, right] = [column.get(a), column.get(b)]
      if (left === right) return byTitle(a, b)
      return left === column.none ? 1 : right === column.none ? -1 : left - right
    }
  }

  *#steps(sort: Sort): Generator<void, Order> {
    const filled = sort === 'title' ? undefined : this.numbers[sort].filled
    if (filled === 0) {
      this.#kept.delete(sort)
      return { ...(yield* this.#steps('title')), numbered: 0 }
    }
    let kept = this.#kept.get(sort)
    if (!kept || kept.staleCount * 4 > kept.length) this.#kept.set(sort, (kept = yield* this.#built(sort)))
    else if (kept.staleCount > 0) this.#mend(kept, this.compareIn(sort))
    return { ordinals: kept.ordinals.subarray(0, kept.length), numbered: filled ?? kept.length }
  }

  *#built(sort: Sort): Generator<void, Kept> {
    const ordinals = yield* sort === 'title' ? this.#byTitle() : this.#byNumber(this.numbers[sort])
    return { ordinals, length: ordinals.length, stale: new Uint32Array(0), staleCount: 0 }
  }

  *#byTitle(): Generator<void, Int32Array> {
    const sorted = membersOf(this.live())
    const { titles, ids } = this
    const blockOf = (ordinal: number, depth: number): number => {
      const beyond = depth - titles.blocks(ordinal)
      return beyond < 0 ? titles.block(ordinal, depth) : ids.block(ordinal, beyond)
    }
    yield* sortByBlocks(sorted, blockOf, this.compareIn('title'))
    return sorted
  }

  *#byNumber(column: NumberColumn): Generator<void, Int32Array> {
    const { ordinals } = yield* this.#steps('title')
    yield
    const sorted = new Int32Array(ordinals.length)
    let [numbered, rest] = [0, column.filled]
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i]!
      sorted[column.get(ordinal) === column.none ? rest++ : numbered++] = ordinal
    }
    sorted.set(yield* sortByNumber(sorted.slice(0, numbered), this.ids.end, ordinal => column.get(ordinal)))
    return sorted
  }

  #mend(kept: Kept, compare: (a: number, b: number) => number): void {
    const { stale } = kept
    const changed = membersOf(stale)
      .filter(ordinal => hasBit(this.live(), ordinal))
      .sort(compare)
    let length = 0
    for (let i = 0; i < kept.length; i++) {
      const ordinal = kept.ordinals[i]!
      if (!hasBit(stale, ordinal)) kept.ordinals[length++] = ordinal
    }
    kept.ordinals = grown(kept.ordinals, length + changed.length)
    mergeInto(kept.ordinals, length, changed, compare)
    kept.length = length + changed.length
    kept.staleCount = 0
    stale.fill(0)
  }
}
