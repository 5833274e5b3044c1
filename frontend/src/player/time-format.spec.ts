import { describe, expect, it } from 'vitest'
import { bitRate, clock, roughly, spoken } from './time-format.js'

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

  it.each([
    [20_000, 'less than a minute'],
    [420_000, '7 min'],
    [3_570_000, '1 h'],
    [4_020_000, '1 h 7 min'],
  ])('%i ms is roughly %s', (ms, text) => expect(roughly(ms)).toBe(text))

  it.each([
    [640_000, '640 kbit/s'],
    [4_000_000, '4 Mbit/s'],
    [1_540_000, '1.5 Mbit/s'],
    [18_250_000, '18 Mbit/s'],
  ])('%i bit/s is %s', (bits, text) => expect(bitRate(bits)).toBe(text))
})
