import { describe, expect, it } from 'vitest'
import { fromLocal, momentAt, sliderSteps, stepOf, toLocal } from './moments.js'

const first = Date.parse('2026-01-01T00:00:00.000Z')
const now = Date.parse('2026-03-02T00:00:30.000Z')

describe('moments', () => {
  it('goes to the field of the browser and back, to the minute', () => {
    expect(fromLocal(toLocal('2026-03-03T13:05:42.123Z'))).toBe('2026-03-03T13:05:00.000Z')
    expect([fromLocal(''), fromLocal('2026-13-45T99:99')]).toEqual([null, null])
  })
  it('has the earliest moment at one end of the slider, and now at the other', () => {
    expect(momentAt(0, first, now)).toBe('2026-01-01T00:00:00.000Z')
    expect(momentAt(sliderSteps, first, now)).toBe('2026-03-02T00:00:30.000Z')
    expect(momentAt(500, first, now)).toBe('2026-01-31T00:00:00.000Z')
  })
  it('finds the place of a moment, and keeps to the ends', () => {
    expect(stepOf('2026-01-31T00:00:00.000Z', first, now)).toBe(500)
    expect([stepOf('2020-01-01T00:00:00.000Z', first, now), stepOf('2030-01-01T00:00:00.000Z', first, now)]).toEqual([
      0,
      sliderSteps,
    ])
    expect(stepOf('2026-01-01T00:00:00.000Z', now, now)).toBe(sliderSteps)
  })
})
