import { describe, expect, it } from 'vitest'
import { clock, spoken } from './time-format.js'

describe('times', () => {
  it.each([
    [0, undefined, '0:00'],
    [59_999, undefined, '0:59'],
    [424_000, undefined, '7:04'],
    [4_024_000, undefined, '1:07:04'],
    [424_000, 7_200_000, '0:07:04'],
    [-5, undefined, '0:00'],
    [360_000_000, undefined, '100:00:00'],
  ])('%i ms of %s is %s', (ms, longest, text) => expect(clock(ms, longest)).toBe(text))

  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [4_024_000, '1 hour 7 minutes 4 seconds'],
    [7_200_000, '2 hours'],
  ])('%i ms is spoken %s', (ms, text) => expect(spoken(ms)).toBe(text))
})
