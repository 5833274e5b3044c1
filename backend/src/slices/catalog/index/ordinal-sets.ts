import { addBits, countBits, countBoth, forEachBit, hasBit, setBit, clearBit, wordsFor, type Bits } from './bits.js'
import { grown, trimmed } from './typed-arrays.js'

const SIZE = 1
const ROOM = 2
const DENSE = 0xffffffff
const fewest = 512

/**
 * Many sets of ordinals, numbered from 0: members of a genre, items with a word. A small set is a sorted list in one
 * array that all share, a large one (from one in 32) bits, so a member costs four bytes or less and a set without any twelve.
 */
export class OrdinalSets {
  /** Of each set: where its list starts, its size, the room its list has. Together, since they are wanted together. */
  #heads = new Uint32Array(48)
  #members = new Uint32Array(64)
  #used = 0
  #abandoned = 0
  #end = 0
  readonly #dense = new Map<number, Bits>()
  length = 0

  /** A new empty set; its number. */
  create(): number {
    const set = this.length++
    this.#heads = grown(this.#heads, this.length * 3)
    return set
  }

  size(set: number): number {
    return this.#heads[set * 3 + SIZE]!
  }

  add(set: number, ordinal: number): void {
    if (ordinal >= this.#end) this.#end = ordinal + 1
    if (this.#heads[set * 3 + ROOM] === DENSE) this.#addDense(set, ordinal)
    else this.#addSparse(set, ordinal)
  }

  remove(set: number, ordinal: number): void {
    if (this.#heads[set * 3 + ROOM] === DENSE) {
      const bits = this.#dense.get(set)!
      if (!hasBit(bits, ordinal)) return
      clearBit(bits, ordinal)
      this.#heads[set * 3 + SIZE]!--
      return
    }
    const at = this.#place(set, ordinal)
    const end = this.#heads[set * 3]! + this.#heads[set * 3 + SIZE]!
    if (at === end || this.#members[at] !== ordinal) return
    this.#members.copyWithin(at, at + 1, end)
    this.#heads[set * 3 + SIZE]!--
  }

  has(set: number, ordinal: number): boolean {
    if (this.#heads[set * 3 + ROOM] === DENSE) return hasBit(this.#dense.get(set)!, ordinal)
    const at = this.#place(set, ordinal)
    return at < this.#heads[set * 3]! + this.#heads[set * 3 + SIZE]! && this.#members[at] === ordinal
  }

  addTo(bits: Bits, set: number): void {
    if (this.#heads[set * 3 + ROOM] === DENSE) return addBits(bits, this.#dense.get(set)!)
    const start = this.#heads[set * 3]!
    const end = start + this.#heads[set * 3 + SIZE]!
    for (let i = start; i < end; i++) setBit(bits, this.#members[i]!)
  }

  countIn(bits: Bits, set: number): number {
    if (this.#heads[set * 3 + ROOM] === DENSE) return countBoth(bits, this.#dense.get(set)!)
    const start = this.#heads[set * 3]!
    const end = start + this.#heads[set * 3 + SIZE]!
    let count = 0
    for (let i = start; i < end; i++) if (hasBit(bits, this.#members[i]!)) count++
    return count
  }

  /** Whether any member is in the bits. */
  meets(bits: Bits, set: number): boolean {
    if (this.#heads[set * 3 + ROOM] === DENSE) {
      const members = this.#dense.get(set)!
      for (let i = 0; i < members.length && i < bits.length; i++) if ((members[i]! & bits[i]!) !== 0) return true
      return false
    }
    const start = this.#heads[set * 3]!
    const end = start + this.#heads[set * 3 + SIZE]!
    for (let i = start; i < end; i++) if (hasBit(bits, this.#members[i]!)) return true
    return false
  }

  /** Gives back the room that growing took, and what bits cost for sets that turned out small. */
  trim(): void {
    for (const [set, bits] of this.#dense) {
      if (this.#heads[set * 3 + SIZE]! >= this.#densest() / 2) this.#dense.set(set, trimmed(bits, wordsFor(this.#end)))
      else this.#thinOut(set, bits)
    }
    this.#compact()
    this.#heads = trimmed(this.#heads, this.length * 3)
  }

  /** From this many members on, bits are the smaller form. */
  #densest(): number {
    return Math.max(fewest, this.#end >>> 5)
  }

  #addDense(set: number, ordinal: number): void {
    let bits = this.#dense.get(set)!
    if (bits.length < wordsFor(ordinal + 1)) this.#dense.set(set, (bits = grown(bits, wordsFor(ordinal + 1))))
    if (hasBit(bits, ordinal)) return
    setBit(bits, ordinal)
    this.#heads[set * 3 + SIZE]!++
  }

  #addSparse(set: number, ordinal: number): void {
    const size = this.#heads[set * 3 + SIZE]!
    const start = this.#heads[set * 3]!
    const last = size === 0 ? -1 : this.#members[start + size - 1]!
    if (last === ordinal) return
    const at = last < ordinal ? start + size : this.#place(set, ordinal)
    if (at < start + size && this.#members[at] === ordinal) return
    if (size >= this.#densest()) {
      this.#thicken(set)
      return this.#addDense(set, ordinal)
    }
    const shift = at - start
    if (size === this.#heads[set * 3 + ROOM]) this.#move(set)
    const place = this.#heads[set * 3]! + shift
    if (shift < size) this.#members.copyWithin(place + 1, place, this.#heads[set * 3]! + size)
    this.#members[place] = ordinal
    this.#heads[set * 3 + SIZE]!++
  }

  /** Where the ordinal is in the list, or belongs. */
  #place(set: number, ordinal: number): number {
    let low = this.#heads[set * 3]!
    let high = low + this.#heads[set * 3 + SIZE]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#members[middle]! < ordinal) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Moves a full list to the end of the array, with room for as many again. */
  #move(set: number): void {
    const size = this.#heads[set * 3 + SIZE]!
    const room = size < 4 ? size + 1 : size * 2
    if (this.#abandoned > 4096 && this.#abandoned > this.#used / 3) this.#compact()
    this.#members = grown(this.#members, this.#used + room)
    this.#members.copyWithin(this.#used, this.#heads[set * 3]!, this.#heads[set * 3]! + size)
    this.#abandoned += this.#heads[set * 3 + ROOM]!
    this.#heads[set * 3] = this.#used
    this.#heads[set * 3 + ROOM] = room
    this.#used += room
  }

  #thicken(set: number): void {
    const bits = new Uint32Array(wordsFor(this.#end))
    this.addTo(bits, set)
    this.#abandoned += this.#heads[set * 3 + ROOM]!
    this.#heads[set * 3 + ROOM] = DENSE
    this.#dense.set(set, bits)
  }

  #thinOut(set: number, bits: Bits): void {
    this.#dense.delete(set)
    this.#members = grown(this.#members, this.#used + countBits(bits))
    this.#heads[set * 3] = this.#used
    forEachBit(bits, ordinal => void (this.#members[this.#used++] = ordinal))
    this.#heads[set * 3 + ROOM] = this.#heads[set * 3 + SIZE]!
  }

  #compact(): void {
    let used = 0
    for (let set = 0; set < this.length; set++) if (this.#heads[set * 3 + ROOM] !== DENSE) used += this.#heads[set * 3 + SIZE]!
    const members = new Uint32Array(used)
    used = 0
    for (let set = 0; set < this.length; set++) {
      if (this.#heads[set * 3 + ROOM] === DENSE) continue
      const [start, size] = [this.#heads[set * 3]!, this.#heads[set * 3 + SIZE]!]
      members.set(this.#members.subarray(start, start + size), used)
      this.#heads[set * 3] = used
      this.#heads[set * 3 + ROOM] = size
      used += size
    }
    this.#members = members
    this.#used = used
    this.#abandoned = 0
  }
}
