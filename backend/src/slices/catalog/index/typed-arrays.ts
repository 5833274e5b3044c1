export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

function ofLength<T extends Numbers>(like: T, length: number): T {
  return new (like.constructor as new (length: number) => T)(length)
}

/** The same values in an array that holds at least `length`; half as much again, filled with `fill`, where it has to grow. */
export function grown<T extends Numbers>(array: T, length: number, fill = 0): T {
  if (array.length >= length) return array
  const next = ofLength(array, Math.max(length, 16, array.length + (array.length >>> 1)))
  next.set(array)
  if (fill !== 0) next.fill(fill, array.length)
  return next
}

/** The first `length` values in an array without room to spare; the same array where little would be saved. */
export function trimmed<T extends Numbers>(array: T, length: number): T {
  if (array.length - length <= length >>> 4) return array
  const next = ofLength(array, length)
  next.set(array.subarray(0, length))
  return next
}
