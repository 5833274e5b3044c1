import { setBit, wordsFor, type Bits } from './bits.js'
import { readUuid, type IdTable } from './id-table.js'

/** Ids that a list is narrowed to, or that it leaves out: what a person has watched, what an actor is in. 16 bytes each. */
export interface IdSet {
  readonly size: number
  readonly words: Uint32Array
}

/**
 * Reads ids; what is no UUID is passed over. Keep the set as long as it holds: the index remembers for each set which items
 * it means, so that the pages of a list do not look up 50,000 watched items again and again.
 */
export function idSet(ids: Iterable<string>): IdSet {
  const list = [...ids]
  const words = new Uint32Array(list.length * 4)
  let size = 0
  for (const id of list) if (readUuid(id, words, size * 4)) size++
  return { size, words: words.subarray(0, size * 4) }
}

/** Looks up id sets, once for every state of the catalogue. */
export class IdSetItems {
  readonly #known = new WeakMap<IdSet, { readonly version: number; readonly bits: Bits }>()

  constructor(private readonly ids: IdTable) {}

  /** Lent: must not be changed. May hold ids of parents that are no items. */
  get(set: IdSet, version: number): Bits {
    const known = this.#known.get(set)
    if (known?.version === version) return known.bits
    const bits = new Uint32Array(wordsFor(this.ids.end))
    for (let i = 0; i < set.size; i++) {
      const ordinal = this.ids.findWords(set.words, i * 4)
      if (ordinal >= 0) setBit(bits, ordinal)
    }
    this.#known.set(set, { version, bits })
    return bits
  }
}
