import { expect, it } from 'vitest'
import { coordinates, megapixels, takenWords } from './photo-words.js'

it('writes places, sizes and times as people do', () => {
  expect(coordinates({ latitude: 36.95161, longitude: -4.5408 })).toBe('36.9516° N, 4.5408° W')
  expect([megapixels(4000, 3000), megapixels(800, 533), megapixels(2000, 1500)]).toEqual(['12 MP', '0.4 MP', '3 MP'])
  // Commas differ between versions of the locale data.
  expect(takenWords('2019-05-11T14:34:00', 'en-GB').replaceAll(',', '')).toBe('Saturday 11 May 2019 at 14:34')
  expect(takenWords('unknown')).toBe('unknown')
})
