import { grown, trimmed } from './typed-arrays.js'

/** A list of numbers for each ordinal, its genres or its words, all in one array. An empty list costs four bytes. */
export class OrdinalLists {
  #start = new Uint32Array(16)
  /** Each list after its length; 0 is where all empty lists are. */
  #items = new Uint32Array(64)
  #used = 1
  #abandoned = 0

  /** The ordinal's list. Valid until the next `set`. */
  get(ordinal: number): Uint32Array {
    const start = ordinal < this.#start.length ? this.#start[ordinal]! : 0
    return this.#items.subarray(start + 1, start + 1 + this.#items[start]!)
  }

  /** The array that `startOf` points into: for loops that cannot afford a view for each list. */
  get items(): Uint32Array {
    return this.#items
  }
  /** Where in `items` the list's length stands; the list follows it. */
  startOf(ordinal: number): number {
    return ordinal < this.#start.length ? this.#start[ordinal]! : 0
  }

  set(ordinal: number, list: ArrayLike<number>): void {
    this.#start = grown(this.#start, ordinal + 1)
    let start = this.#start[ordinal]!
    const before = this.#items[start]!
    if (list.length > before) {
      this.#abandoned += start === 0 ? 0 : before + 1
      this.#start[ordinal] = 0
      this.#makeRoom(list.length + 1)
      start = this.#used
      this.#used += list.length + 1
    } else {
      this.#abandoned += before - list.length
      if (list.length === 0) start = 0
    }
    this.#start[ordinal] = start
    if (start === 0) return
    this.#items[start] = list.length
    this.#items.set(list, start + 1)
  }

  trim(end: number): void {
    this.#compact()
    this.#start = trimmed(this.#start, end)
  }

  #makeRoom(length: number): void {
    if (this.#abandoned > 4096 && this.#abandoned > this.#used / 2) this.#compact()
    this.#items = grown(this.#items, this.#used + length)
  }

  #compact(): void {
    let used = 1
    for (const start of this.#start) if (start > 0) used += this.#items[start]! + 1
    const items = new Uint32Array(used)
    used = 1
    for (let ordinal = 0; ordinal < this.#start.length; ordinal++) {
      const start = this.#start[ordinal]!
      if (start === 0) continue
      const end = start + 1 + this.#items[start]!
      items.set(this.#items.subarray(start, end), used)
      this.#start[ordinal] = used
      used += end - start
    }
    this.#items = items
    this.#used = used
    this.#abandoned = 0
  }
}
