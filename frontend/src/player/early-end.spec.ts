import { describe, expect, it } from 'vitest'
import { endedEarlyAt } from './early-end.js'

const hour = 3_600_000
const seen = { durationMs: hour, endedMs: 50_000, rate: 1, unseenMs: 2_000 }

describe('media that ends', () => {
  it('came to its end when its playhead was seen just before', () => {
    expect(endedEarlyAt({ positionMs: hour - 200, atMs: 49_800 }, seen)).toBeNull()
    expect(endedEarlyAt({ positionMs: hour - 2_900, atMs: 50_000 }, seen)).toBeNull()
  })

  it('ended early when it was far from there, at the place that was seen last', () => {
    expect(endedEarlyAt({ positionMs: 1_100, atMs: 49_900 }, seen)).toBe(1_100)
    expect(endedEarlyAt({ positionMs: hour - 30_000, atMs: 20_000 }, seen)).toBe(hour - 30_000)
  })

  it('may have moved unseen where the page is hidden, as fast as it plays', () => {
    expect(endedEarlyAt({ positionMs: hour - 60_000, atMs: 20_000 }, { ...seen, rate: 2, unseenMs: 60_000 })).toBeNull()
    expect(endedEarlyAt({ positionMs: hour - 70_000, atMs: 20_000 }, { ...seen, rate: 2, unseenMs: 60_000 })).toBe(hour - 70_000)
  })

  it('is taken at its word when nothing is known of it', () => {
    expect(endedEarlyAt(null, seen)).toBeNull()
    expect(endedEarlyAt({ positionMs: 0, atMs: 0 }, { ...seen, durationMs: 0 })).toBeNull()
  })
})
