import { firstPoint, longestKey, writeTitleKey } from './title-key.js'
import { grown, trimmed } from './typed-arrays.js'

const scratch = new Uint8Array(longestKey)

/** A title's sort key as bytes, for comparing with stored ones. */
export function titleKey(title: string): Uint8Array {
  return scratch.slice(0, writeTitleKey(title, scratch))
}

/** Sort keys of titles by ordinal, as bytes in one array: no string is kept, and nothing for the garbage collector to walk. */
export class TitleKeys {
  #start = new Uint32Array(16)
  #length = new Uint8Array(16)
  #bytes = new Uint8Array(256)
  #used = 0
  #abandoned = 0

  /** Whether the key is another one now. */
  set(ordinal: number, title: string): boolean {
    const length = writeTitleKey(title, scratch)
    this.#start = grown(this.#start, ordinal + 1)
    this.#length = grown(this.#length, ordinal + 1)
    const before = this.#length[ordinal]!
    if (before === length && this.compareTo(ordinal, scratch, length) === 0) return false
    if (length > before) {
      this.#abandoned += before
      this.#length[ordinal] = 0
      this.#makeRoom(length)
      this.#start[ordinal] = this.#used
      this.#used += length
    } else this.#abandoned += before - length
    this.#length[ordinal] = length
    this.#bytes.set(scratch.subarray(0, length), this.#start[ordinal]!)
    return true
  }

  delete(ordinal: number): void {
    this.#abandoned += this.#length[ordinal]!
    this.#length[ordinal] = 0
  }

  compare(a: number, b: number): number {
    const [bytes, startA, startB] = [this.#bytes, this.#start[a]!, this.#start[b]!]
    const [lengthA, lengthB] = [this.#length[a]!, this.#length[b]!]
    const length = Math.min(lengthA, lengthB)
    for (let i = 0; i < length; i++) {
      const difference = bytes[startA + i]! - bytes[startB + i]!
      if (difference !== 0) return difference
    }
    return lengthA - lengthB
  }

  /** Compares with `key`; with `prefix`, a key that begins so counts as equal. */
  compareTo(ordinal: number, key: Uint8Array, keyLength = key.length, prefix = false): number {
    const [start, own] = [this.#start[ordinal]!, this.#length[ordinal]!]
    const length = Math.min(own, keyLength)
    for (let i = 0; i < length; i++) {
      const difference = this.#bytes[start + i]! - key[i]!
      if (difference !== 0) return difference
    }
    return prefix && own > keyLength ? 0 : own - keyLength
  }

  get(ordinal: number): Uint8Array {
    return this.#bytes.slice(this.#start[ordinal]!, this.#start[ordinal]! + this.#length[ordinal]!)
  }

  firstPoint(ordinal: number): number {
    return firstPoint(this.#bytes, this.#start[ordinal]!, this.#length[ordinal]!)
  }

  /** Six bytes of the key from `depth * 6` as one number, zeros after its end. */
  block(ordinal: number, depth: number): number {
    const left = this.#length[ordinal]! - depth * 6
    const start = this.#start[ordinal]! + depth * 6
    let block = 0
    for (let i = 0; i < 6; i++) block = block * 256 + (i < left ? this.#bytes[start + i]! : 0)
    return block
  }

  /** How many blocks the key has; the last one ends in a zero. */
  blocks(ordinal: number): number {
    return Math.floor(this.#length[ordinal]! / 6) + 1
  }

  trim(end: number): void {
    this.#compact()
    this.#start = trimmed(this.#start, end)
    this.#length = trimmed(this.#length, end)
  }

  #makeRoom(length: number): void {
    if (this.#abandoned > 4096 && this.#abandoned > this.#used / 2) this.#compact()
    this.#bytes = grown(this.#bytes, this.#used + length)
  }

  #compact(): void {
    const bytes = new Uint8Array(this.#used - this.#abandoned)
    let used = 0
    for (let ordinal = 0; ordinal < this.#start.length; ordinal++) {
      const [start, length] = [this.#start[ordinal]!, this.#length[ordinal]!]
      bytes.set(this.#bytes.subarray(start, start + length), used)
      this.#start[ordinal] = used
      used += length
    }
    this.#bytes = bytes
    this.#used = used
    this.#abandoned = 0
  }
}
