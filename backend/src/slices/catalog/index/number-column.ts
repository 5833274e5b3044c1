import { grown, trimmed } from './typed-arrays.js'

/** Numbers by ordinal, whole ones, with a value that stands for none. Takes no memory until the first number comes. */
export class NumberColumn {
  readonly none: number
  #values: Int32Array | Float64Array
  #filled = 0

  /** `int32` holds ±2,147,483,647 and takes what is beyond as that; `float64` ±2^53. */
  constructor(readonly width: 'int32' | 'float64') {
    this.none = width === 'int32' ? -2147483648 : -Infinity
    this.#values = width === 'int32' ? new Int32Array(0) : new Float64Array(0)
  }

  /** How many ordinals have a number. */
  get filled(): number {
    return this.#filled
  }

  get(ordinal: number): number {
    return ordinal < this.#values.length ? this.#values[ordinal]! : this.none
  }

  /** Whether that is a change. What is not finite counts as none. */
  set(ordinal: number, given: number | null): boolean {
    const value = given === null || !Number.isFinite(given) ? this.none : this.#whole(given)
    const before = this.get(ordinal)
    if (before === value) return false
    this.#values = grown(this.#values, ordinal + 1, this.none)
    this.#values[ordinal] = value
    if (before === this.none) this.#filled++
    if (value === this.none) this.#filled--
    return true
  }

  trim(end: number): void {
    this.#values = trimmed(this.#values, end)
  }

  #whole(value: number): number {
    const limit = this.width === 'int32' ? 2147483647 : Number.MAX_SAFE_INTEGER
    return Math.max(-limit, Math.min(limit, Math.round(value)))
  }
}
