import { expect, test } from 'vitest'
import { estimatedHeight, justify, tileRatio } from './justified.js'

test('every full row fills the width exactly and crops nothing', () => {
  const ratios = Array.from({ length: 97 }, (_, index) => [1.5, 0.75, 1, 1.78, 2.4][index % 5]!)
  const { tiles, height } = justify(ratios, 1200, 200, 4)
  expect(tiles).toHaveLength(97)
  const tops = [...new Set(tiles.map(tile => tile.top))]
  for (const top of tops.slice(0, -1)) {
    const row = tiles.filter(tile => tile.top === top)
    expect(row.at(-1)!.left + row.at(-1)!.width).toBeCloseTo(1200, 6)
  }
  tiles.forEach((tile, index) => expect(tile.width / tile.height).toBeCloseTo(ratios[index]!, 6))
  expect(height).toBeCloseTo(Math.max(...tiles.map(tile => tile.top + tile.height)), 6)
})

test('a row that is not full is not blown up', () => {
  expect(justify([1.5], 1200, 200, 4).tiles[0]).toEqual({ left: 0, top: 0, width: 300, height: 200 })
})

test('a panorama wider than the page is made to fit', () => {
  expect(justify([4], 390, 200, 4).tiles[0]).toEqual({ left: 0, top: 0, width: 390, height: 97.5 })
})

test('no pictures, no height', () => {
  expect(justify([], 1200, 200, 4)).toEqual({ tiles: [], height: 0 })
})

test('the estimate is near what ordinary photos come to', () => {
  const ratios = Array.from({ length: 400 }, (_, index) => [1.5, 1.33, 0.75, 1.78, 1.5][Math.floor(index * index * 0.618) % 5]!)
  const real = justify(ratios, 1200, 200, 4).height
  expect(Math.abs(estimatedHeight(400, 1200, 200, 4) - real) / real).toBeLessThan(0.12)
})

test('ratios are held within reason, and unknown ones are usual', () => {
  expect([tileRatio(8000, 500), tileRatio(10, 4000), tileRatio(null, null)]).toEqual([4, 0.4, 4 / 3])
})
