import { grown, trimmed } from './typed-arrays.js'

const parsed = new Uint32Array(4)
let lastParsed = ''
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Values of hexadecimal digits by their code, 255 for what is none. */
const digits = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? 255 : value
})

/** Reads a UUID (RFC 9562) into four words at `at`; false when the text is none. */
export function readUuid(text: string, into: Uint32Array, at: number): boolean {
  if (text.length !== 36) return false
  let word = 0
  for (let i = 0, read = 0; i < 36; i++) {
    const code = text.charCodeAt(i)
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 45) return false
      continue
    }
    const value = code < 128 ? digits[code]! : 255
    if (value === 255) return false
    word = (word << 4) | value
    if ((++read & 7) === 0) into[at + (read >>> 3) - 1] = word
  }
  return true
}

/** Into `parsed`, where the id that was last looked for may still be. */
function parse(id: string): boolean {
  if (id === lastParsed) return true
  lastParsed = ''
  if (!readUuid(id, parsed, 0)) return false
  lastParsed = id
  return true
}

export function writeUuid(words: Uint32Array, at: number): string {
  const [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!]
  const four = (word: number): string => hex[word >>> 24]! + hex[(word >>> 16) & 255]!
  const last = (word: number): string => hex[(word >>> 8) & 255]! + hex[word & 255]!
  return `${four(a)}${last(a)}-${four(b)}-${last(b)}-${four(c)}-${last(c)}${four(d)}${last(d)}`
}

/**
 * Gives UUIDs small dense numbers, ordinals, and takes them back: 16 bytes an id and an open hash table over them. An id
 * keeps its ordinal as long as anything holds it (`hold`, `release`), a row or a child that names it as its parent.
 */
export class IdTable {
  #ids = new Uint32Array(64)
  #holds = new Uint32Array(16)
  #slots = new Int32Array(32).fill(-1)
  #shift = 27
  #free: number[] = []
  #end = 0

  /** One more than the highest ordinal ever given: the length that arrays by ordinal need. */
  get end(): number {
    return this.#end
  }

  /** The id's ordinal, -1 when nothing holds it or it is no UUID. */
  find(id: string): number {
    return parse(id) ? this.#slots[this.#slot(parsed, 0)]! : -1
  }

  /** The same for an id as four words. */
  findWords(words: Uint32Array, at: number): number {
    return this.#slots[this.#slot(words, at)]!
  }

  /** The id's ordinal, a new one where needed, held once more. Throws `RangeError` for what is no UUID. */
  hold(id: string): number {
    if (!parse(id)) throw new RangeError(`Not a UUID: ${id}`)
    const slot = this.#slot(parsed, 0)
    const known = this.#slots[slot]!
    if (known >= 0) {
      this.#holds[known]!++
      return known
    }
    const ordinal = this.#free.pop() ?? this.#end++
    this.#ids = grown(this.#ids, this.#end * 4)
    this.#holds = grown(this.#holds, this.#end)
    this.#ids.set(parsed, ordinal * 4)
    this.#holds[ordinal] = 1
    this.#slots[slot] = ordinal
    if ((this.#end - this.#free.length) * 2 > this.#slots.length) this.#rehash(this.#slots.length * 2)
    return ordinal
  }

  /** Lets go of one hold; with the last one the id is forgotten and its ordinal free. */
  release(ordinal: number): void {
    if (--this.#holds[ordinal]! > 0) return
    this.#closeGap(this.#slot(this.#ids, ordinal * 4))
    this.#free.push(ordinal)
  }

  idOf(ordinal: number): string {
    return writeUuid(this.#ids, ordinal * 4)
  }

  wordsOf(ordinal: number): Uint32Array {
    return this.#ids.slice(ordinal * 4, ordinal * 4 + 4)
  }

  /** 48 bits of the id, most significant first, from `depth * 48`. */
  block(ordinal: number, depth: number): number {
    let block = 0
    for (let half = depth * 3; half < depth * 3 + 3; half++) {
      const word = half < 8 ? this.#ids[ordinal * 4 + (half >> 1)]! : 0
      block = block * 65536 + (half & 1 ? word & 0xffff : word >>> 16)
    }
    return block
  }

  compare(a: number, b: number): number {
    return this.compareWords(a, this.#ids, b * 4)
  }

  compareWords(ordinal: number, words: Uint32Array, at: number): number {
    for (let i = 0; i < 4; i++) {
      const difference = this.#ids[ordinal * 4 + i]! - words[at + i]!
      if (difference !== 0) return difference
    }
    return 0
  }

  trim(): void {
    this.#ids = trimmed(this.#ids, this.#end * 4)
    this.#holds = trimmed(this.#holds, this.#end)
  }

  #home(words: Uint32Array, at: number): number {
    const mixed = words[at]! ^ (words[at + 1]! << 7) ^ words[at + 2]! ^ (words[at + 3]! << 3)
    return Math.imul(mixed, 0x9e3779b1) >>> this.#shift
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slot(words: Uint32Array, at: number): number {
    const mask = this.#slots.length - 1
    for (let slot = this.#home(words, at); ; slot = (slot + 1) & mask) {
      const ordinal = this.#slots[slot]!
      if (ordinal < 0 || this.compareWords(ordinal, words, at) === 0) return slot
    }
  }

  /** Empties a slot and moves later ids of its run forward (Knuth 6.4, algorithm R), so that no tombstones pile up. */
  #closeGap(gap: number): void {
    const mask = this.#slots.length - 1
    for (let slot = (gap + 1) & mask; this.#slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const home = this.#home(this.#ids, this.#slots[slot]! * 4)
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        this.#slots[gap] = this.#slots[slot]!
        gap = slot
      }
    }
    this.#slots[gap] = -1
  }

  #rehash(length: number): void {
    const held = this.#slots.filter(ordinal => ordinal >= 0)
    this.#slots = new Int32Array(length).fill(-1)
    this.#shift = 32 - Math.log2(length)
    for (const ordinal of held) this.#slots[this.#slot(this.#ids, ordinal * 4)] = ordinal
  }
}
