import { expect, test } from 'vitest'
import { longest, physicalHeight, placeAfter, placeAt } from './long-scroll.js'

const million = { total: 45_000_000, viewport: 900 }
const start = { physical: 0, shift: 0 }

test('a list that fits is scrolled as it is', () => {
  const shape = { total: 5000, viewport: 900 }
  expect(physicalHeight(shape.total)).toBe(5000)
  expect(placeAfter(1234, start, shape)).toEqual({ physical: 1234, shift: 0 })
})

test('a list that does not fit takes the longest height there is', () => {
  expect(physicalHeight(million.total)).toBe(longest)
})

test('small movements are one to one, all the way down', () => {
  let place = placeAt(0, million)
  let top = 0
  for (let step = 0; step < 3000; step++) {
    place = placeAfter(place.physical + 700, place, million)
    top += 700
    expect(place.physical + place.shift).toBe(top)
    expect(place.physical).toBeGreaterThanOrEqual(0)
    expect(place.physical).toBeLessThanOrEqual(longest - million.viewport)
  }
})

test('a jump to the end of the scroll bar reaches the last row', () => {
  const place = placeAfter(longest - million.viewport, start, million)
  expect(place.physical + place.shift).toBe(million.total - million.viewport)
})

test('a jump to the middle lands in the middle', () => {
  const place = placeAfter((longest - million.viewport) / 2, start, million)
  expect(Math.abs(place.physical + place.shift - million.total / 2)).toBeLessThan(million.total / 100)
})

test('any offset can be reached', () => {
  for (const top of [0, 1, 79_999, 80_000, 22_500_000, 44_999_100]) {
    const place = placeAt(top, million)
    expect(place.physical + place.shift).toBe(top)
  }
})
