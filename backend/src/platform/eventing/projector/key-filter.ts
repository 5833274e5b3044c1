/**
 * A Bloom filter of keys: says for sure that a key was never added, or that it may have been. About ten bits for each key
 * expected keep false alarms, which cost a look into the table, below one in a hundred.
 */
export class KeyFilter {
  readonly #words: Uint32Array
  readonly #mask: number

  constructor(expected: number) {
    const bits = 2 ** Math.min(26, Math.max(13, Math.ceil(Math.log2(expected * 10))))
    this.#words = new Uint32Array(bits / 32)
    this.#mask = bits - 1
  }

  add(key: string): void {
    this.#visit(key, (word, bit) => {
      this.#words[word]! |= bit
      return true
    })
  }

  mayHave(key: string): boolean {
    return this.#visit(key, (word, bit) => (this.#words[word]! & bit) !== 0)
  }

  /** Four places from two hashes; stops at the first that says no. */
  #visit(key: string, at: (word: number, bit: number) => boolean): boolean {
    let [a, b] = [0x811c9dc5, 0x9747b28c]
    for (let index = 0; index < key.length; index++) {
      const code = key.charCodeAt(index)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ code, 0x5bd1e995)
      b ^= b >>> 15
    }
    a ^= a >>> 13
    for (let turn = 0; turn < 4; turn++) {
      const place = (a + Math.imul(turn, b | 1)) & this.#mask
      if (!at(place >>> 5, 1 << (place & 31))) return false
    }
    return true
  }
}
