import { atOnce, firstNot, mergeInto, sortByBlocks } from '../sorting.js'
import { grown, trimmed } from '../typed-arrays.js'
import { longestWord } from './words.js'

const asked = new Uint16Array(longestWord)

/** Words of a sorted list: from its place `from` up to `to`. */
export interface Range {
  readonly words: Int32Array
  readonly from: number
  readonly to: number
}

/** Distinct words, numbered as they come, findable by themselves, by their beginning, and by their end. */
export class Dictionary {
  #units = new Uint16Array(256)
  /** Where each word starts in `units`; it ends where the next one starts. */
  #start = new Uint32Array(17)
  #slots = new Int32Array(64).fill(-1)
  readonly #forward = new SortedWords(
    () => this.size,
    (a, b) => this.#compare(a, b),
    (word, depth) => this.#block(word, depth, false),
  )
  readonly #backward = new SortedWords(
    () => this.size,
    (a, b) => this.#compareEnds(a, b),
    (word, depth) => this.#block(word, depth, true),
  )
  size = 0

  /** The word's number, a new one where it was not known. */
  intern(units: Uint16Array, length: number): number {
    const slot = this.#slot(units, 0, length)
    const known = this.#slots[slot]!
    if (known >= 0) return known
    const word = this.size++
    const start = this.#start[word]!
    this.#units = grown(this.#units, start + length)
    this.#start = grown(this.#start, this.size + 1)
    for (let i = 0; i < length; i++) this.#units[start + i] = units[i]!
    this.#start[this.size] = start + length
    this.#slots[slot] = word
    if (this.size * 2 > this.#slots.length) this.#rehash(this.#slots.length * 2)
    return word
  }

  /** The word's number, -1 when it is not known. */
  find(text: string): number {
    for (let i = 0; i < text.length; i++) asked[i] = text.charCodeAt(i)
    return text.length > asked.length ? -1 : this.#slots[this.#slot(asked, 0, text.length)]!
  }

  lengthOf(word: number): number {
    return this.#start[word + 1]! - this.#start[word]!
  }

  unitOf(word: number, at: number): number {
    return this.#units[this.#start[word]! + at]!
  }

  startsWith(word: number, text: string): boolean {
    if (this.lengthOf(word) < text.length) return false
    const start = this.#start[word]!
    for (let i = 0; i < text.length; i++) if (this.#units[start + i] !== text.charCodeAt(i)) return false
    return true
  }

  /** Words that begin with the text. */
  beginning(text: string): Range {
    return rangeOf(this.#forward.get(), word => this.#compareBeginning(word, text))
  }

  /** Words that end with the text. */
  ending(text: string): Range {
    return rangeOf(this.#backward.get(), word => this.#compareEnding(word, text))
  }

  /** Sorts what came since the last look-up, a few milliseconds a step. */
  *prepare(): Generator<void> {
    yield* this.#forward.prepare()
    yield* this.#backward.prepare()
    this.#units = trimmed(this.#units, this.#start[this.size]!)
    this.#start = trimmed(this.#start, this.size + 1)
  }

  #compare(a: number, b: number): number {
    const [startA, startB] = [this.#start[a]!, this.#start[b]!]
    const [lengthA, lengthB] = [this.lengthOf(a), this.lengthOf(b)]
    for (let i = 0; i < lengthA && i < lengthB; i++) {
      const difference = this.#units[startA + i]! - this.#units[startB + i]!
      if (difference !== 0) return difference
    }
    return lengthA - lengthB
  }

  #compareEnds(a: number, b: number): number {
    const [endA, endB] = [this.#start[a + 1]!, this.#start[b + 1]!]
    const [lengthA, lengthB] = [this.lengthOf(a), this.lengthOf(b)]
    for (let i = 1; i <= lengthA && i <= lengthB; i++) {
      const difference = this.#units[endA - i]! - this.#units[endB - i]!
      if (difference !== 0) return difference
    }
    return lengthA - lengthB
  }

  #compareBeginning(word: number, text: string): number {
    const [start, length] = [this.#start[word]!, this.lengthOf(word)]
    for (let i = 0; i < length && i < text.length; i++) {
      const difference = this.#units[start + i]! - text.charCodeAt(i)
      if (difference !== 0) return difference
    }
    return length < text.length ? -1 : 0
  }

  #compareEnding(word: number, text: string): number {
    const [end, length] = [this.#start[word + 1]!, this.lengthOf(word)]
    for (let i = 1; i <= length && i <= text.length; i++) {
      const difference = this.#units[end - i]! - text.charCodeAt(text.length - i)
      if (difference !== 0) return difference
    }
    return length < text.length ? -1 : 0
  }

  /** Three units of the word, from its start or its end; zeros after the last. */
  #block(word: number, depth: number, backward: boolean): number {
    const [start, end] = [this.#start[word]!, this.#start[word + 1]!]
    let block = 0
    for (let i = depth * 3; i < depth * 3 + 3; i++) {
      block = block * 65536 + (i >= end - start ? 0 : this.#units[backward ? end - 1 - i : start + i]!)
    }
    return block
  }

  /** The slot that holds the word, or the free one where it belongs. Hash: FNV-1a over units. */
  #slot(units: Uint16Array, from: number, length: number): number {
    const mask = this.#slots.length - 1
    let hash = 0x811c9dc5
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ units[from + i]!, 0x01000193)
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot]!
      if (word < 0 || this.#equals(word, units, from, length)) return slot
    }
  }

  #equals(word: number, units: Uint16Array, from: number, length: number): boolean {
    const start = this.#start[word]!
    if (this.#start[word + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#units[start + i] !== units[from + i]) return false
    return true
  }

  #rehash(length: number): void {
    this.#slots = new Int32Array(length).fill(-1)
    for (let word = 0; word < this.size; word++) {
      this.#slots[this.#slot(this.#units, this.#start[word]!, this.lengthOf(word))] = word
    }
  }
}

/** All words in an order; new ones are sorted and merged in when it is next asked for. */
class SortedWords {
  #words: Int32Array = new Int32Array(0)

  constructor(
    private readonly size: () => number,
    private readonly compare: (a: number, b: number) => number,
    private readonly block: (word: number, depth: number) => number,
  ) {}

  get(): Int32Array {
    if (this.#words.length < this.size()) atOnce(this.prepare())
    return this.#words
  }

  *prepare(): Generator<void> {
    const [known, size] = [this.#words.length, this.size()]
    const fresh = Int32Array.from({ length: size - known }, (_, i) => known + i)
    yield* sortByBlocks(fresh, this.block, this.compare)
    const merged = new Int32Array(size)
    merged.set(this.#words)
    if (known === 0) merged.set(fresh)
    else mergeInto(merged, known, fresh, this.compare)
    this.#words = merged
  }
}

function rangeOf(words: Int32Array, compare: (word: number) => number): Range {
  const from = firstNot(words, 0, words.length, word => compare(word) < 0)
  return { words, from, to: firstNot(words, from, words.length, word => compare(word) <= 0) }
}
