/** Sets of ordinals as bits in a `Uint32Array`. An array that is too short stands for one with zeros at its end. */
export type Bits = Uint32Array

export const wordsFor = (ordinals: number): number => (ordinals + 31) >>> 5
export const hasBit = (bits: Bits, at: number): boolean => (bits[at >>> 5]! & (1 << (at & 31))) !== 0
export const setBit = (bits: Bits, at: number): void => void (bits[at >>> 5]! |= 1 << (at & 31))
export const clearBit = (bits: Bits, at: number): void => void (bits[at >>> 5]! &= ~(1 << (at & 31)))

/** Bits set in a word: the parallel sum of Hacker's Delight, 5-1. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let i = 0; i < bits.length; i++) {
    const word = bits[i]!
    if (word !== 0) count += ones(word)
  }
  return count
}

export function countBoth(a: Bits, b: Bits): number {
  const length = Math.min(a.length, b.length)
  let count = 0
  for (let i = 0; i < length; i++) {
    const word = a[i]! & b[i]!
    if (word !== 0) count += ones(word)
  }
  return count
}

export function keepBits(into: Bits, other: Bits): void {
  const length = Math.min(into.length, other.length)
  for (let i = 0; i < length; i++) into[i]! &= other[i]!
  into.fill(0, length)
}

export function addBits(into: Bits, other: Bits): void {
  const length = Math.min(into.length, other.length)
  for (let i = 0; i < length; i++) into[i]! |= other[i]!
}

export function dropBits(from: Bits, other: Bits): void {
  const length = Math.min(from.length, other.length)
  for (let i = 0; i < length; i++) from[i]! &= ~other[i]!
}

export function copyBits(into: Bits, from: Bits): void {
  into.set(from.length > into.length ? from.subarray(0, into.length) : from)
  into.fill(0, Math.min(from.length, into.length))
}

/** Calls `visit` with every ordinal of the set, ascending. */
export function forEachBit(bits: Bits, visit: (ordinal: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]!; word !== 0; word &= word - 1) visit((i << 5) + 31 - Math.clz32(word & -word))
  }
}

/** The ordinals of the set, ascending. */
export function membersOf(bits: Bits, count = countBits(bits)): Int32Array {
  const members = new Int32Array(count)
  let at = 0
  forEachBit(bits, ordinal => void (members[at++] = ordinal))
  return members
}

/** Bit sets for the length of a query, given back and used again, so that a query over a million items makes no garbage. */
export class BitsPool {
  #words = 0
  #free: Bits[] = []
  #lent: Bits[] = []

  /** Every set taken from now on holds `ordinals`. Call it between queries only. */
  resize(ordinals: number): void {
    const words = wordsFor(ordinals)
    if (words === this.#words) return
    this.#words = words
    this.#free = []
  }

  /** An empty set, lent until the `lend` around it ends. */
  take(): Bits {
    const bits = this.#free.pop()?.fill(0) ?? new Uint32Array(this.#words)
    this.#lent.push(bits)
    return bits
  }

  /** Runs `use`; sets it took are given back afterwards, so they must not be part of what it returns. */
  lend<T>(use: () => T): T {
    const before = this.#lent.length
    try {
      return use()
    } finally {
      this.#free.push(...this.#lent.splice(before))
    }
  }
}
