import { describe, expect, test } from 'vitest'
import { ago, clock, dayHeading, duration, estimate, leftOff, monthWords, timeLeft } from './time-words.js'

const minute = 60_000
const hour = 60 * minute
/** A Wednesday, local time. */
const now = new Date('2026-03-04T20:00:00').getTime()
const before = (ms: number) => new Date(now - ms).toISOString()

test.each([
  [400, '1 s'],
  [50_000, '50 s'],
  [minute, '1 min'],
  [43 * minute, '43 min'],
  [59.6 * minute, '1 h'],
  [134 * minute, '2 h 14 min'],
])('%d ms last %s', (ms, words) => expect(duration(ms)).toBe(words))

test.each([
  [0, 90 * minute, '1 h 30 min left'],
  [89.5 * minute, 90 * minute, 'under a minute left'],
  [99 * minute, 90 * minute, 'under a minute left'],
])('at %d of %d there is %s', (at, of, words) => expect(timeLeft(at, of)).toBe(words))

test.each([
  [0, '0:00'],
  [185_000, '3:05'],
  [3_727_000, '1:02:07'],
  [-5, '0:00'],
])('%d ms on the clock is %s', (ms, words) => expect(clock(ms)).toBe(words))

describe('how long ago', () => {
  test.each([
    [10_000, 'just now'],
    [12 * minute, '12 minutes ago'],
    [3 * hour, '3 hours ago'],
    [21 * hour, 'yesterday'],
    [30 * hour, 'yesterday'],
    [50 * hour, 'on Monday'],
    [20 * 24 * hour, 'on February 12'],
    [400 * 24 * hour, 'on January 28, 2025'],
  ])('%d ms is %s', (ms, words) => expect(ago(before(ms), now, 'en-US')).toBe(words))

  test('a clock that is a little ahead says just now', () => expect(ago(before(-5000), now, 'en-US')).toBe('just now'))
})

test('where one left off, in a sentence', () => {
  expect(leftOff(12.4 * minute, before(50 * hour), now, 'en-US')).toBe('left off 12 minutes in, on Monday')
  expect(leftOff(1.2 * minute, before(21 * hour), now, 'en-US')).toBe('left off 1 minute in, yesterday')
  expect(leftOff(100 * minute, before(10_000), now, 'en-US')).toBe('left off 1 h 40 min in, just now')
  expect(leftOff(3000, before(10_000), now, 'en-US')).toBe('left off 3 seconds in, just now')
})

test('days have names while they are near', () => {
  expect(dayHeading(before(hour), now, 'en-GB')).toBe('Today')
  expect(dayHeading(before(21 * hour), now, 'en-GB')).toBe('Yesterday')
  expect(dayHeading(before(50 * hour), now, 'en-GB')).toBe('Monday 2 March')
})

test('months of an index are said, other keys stay', () => {
  expect(monthWords('2021-03', 'en-GB')).toBe('March 2021')
  expect([monthWords('A'), monthWords('1999'), monthWords('')]).toEqual(['A', '1999', ''])
})

test('an estimate is given only where there is something to go by', () => {
  expect(estimate(5, 100, 60_000)).toBeNull()
  expect(estimate(50, 100, 1000)).toBeNull()
  expect(estimate(100, 100, 60_000)).toBeNull()
  expect(estimate(100, 200, 60_000)).toBe('about a minute left')
  expect(estimate(100, 1100, 60_000)).toBe('about 10 min left')
})
