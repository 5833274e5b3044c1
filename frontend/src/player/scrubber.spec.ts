import { describe, expect, it } from 'vitest'
import { chapterAt, chapterStep, filled, fraction, segments, timeAt } from './scrubber.js'

const chapters = [
  { startMs: 0, title: 'Opening' },
  { startMs: 60_000, title: 'The fair' },
  { startMs: 150_000, title: 'The duel' },
]

describe('scrubber', () => {
  it('maps the pointer to a time, with both ends as far as it goes', () => {
    const bar = { left: 100, width: 400 }
    expect([0, 100, 200, 500, 900].map(x => timeAt(x, bar, 200_000))).toEqual([0, 0, 50_000, 200_000, 200_000])
    expect(timeAt(50, { left: 0, width: 0 }, 200_000)).toBe(0)
  })

  it('gives back the time it drew', () => {
    const bar = { left: 20, width: 777 }
    for (const ms of [0, 1, 12_345, 99_999, 100_000])
      expect(timeAt(20 + fraction(ms, 100_000) * 777, bar, 100_000)).toBeCloseTo(ms, -1)
  })

  it('draws nothing for a length that is not known', () => {
    expect(fraction(5_000, 0)).toBe(0)
  })

  it('cuts the bar at chapters, without gaps', () => {
    expect(segments([], 90_000)).toEqual([{ startMs: 0, endMs: 90_000, title: null }])
    expect(segments(chapters, 200_000).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 60_000],
      [60_000, 150_000],
      [150_000, 200_000],
    ])
    expect(segments(chapters.slice(1), 200_000)[0]).toEqual({ startMs: 0, endMs: 60_000, title: null })
    expect(segments([...chapters].reverse(), 100_000)).toHaveLength(2)
  })

  it('fills segments from left to right', () => {
    expect(segments(chapters, 200_000).map(segment => filled(segment, 105_000))).toEqual([1, 0.5, 0])
  })

  it('finds the chapter and steps between them', () => {
    expect(chapterAt(chapters, 61_000)?.title).toBe('The fair')
    expect(chapterAt(chapters.slice(1), 1_000)).toBeNull()
    expect(chapterStep(chapters, 61_000, 1)).toBe(150_000)
    expect(chapterStep(chapters, 160_000, 1)).toBeNull()
    expect(chapterStep(chapters, 61_000, -1)).toBe(0)
    expect(chapterStep(chapters, 80_000, -1)).toBe(60_000)
    expect(chapterStep([], 80_000, -1)).toBeNull()
  })
})
