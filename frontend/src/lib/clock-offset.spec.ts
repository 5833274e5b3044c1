import { describe, expect, it } from 'vitest'
import { narrow, offsetMs, type ClockOffset } from './clock-offset.js'

/** An answer of a server that is `ahead` of this device, at `sent` by this device's clock, after `travel` each way. */
const answer = (known: ClockOffset | undefined, sent: number, travel: number, ahead: number) =>
  narrow(known, new Date(Math.floor((sent + travel + ahead) / 1000) * 1000).toUTCString(), sent, sent + 2 * travel)

describe('clock offset', () => {
  it('always holds the true offset, and narrows with each answer', () => {
    for (const ahead of [0, 7_340, -3_600_250]) {
      let known: ClockOffset | undefined
      let width = Infinity
      for (let at = 0; at < 40; at++) {
        known = answer(known, 1_700_000_000_000 + at * 1_237, 20 + (at % 3), ahead)!
        expect(known.lowMs).toBeLessThanOrEqual(ahead)
        expect(known.highMs).toBeGreaterThanOrEqual(ahead)
        expect(known.highMs - known.lowMs).toBeLessThanOrEqual(width)
        width = known.highMs - known.lowMs
      }
      expect(Math.abs(offsetMs(known!) - ahead)).toBeLessThan(60)
    }
  })

  it('starts over when a clock was set', () => {
    const before = answer(undefined, 1_700_000_000_000, 10, 0)
    const after = answer(before, 1_700_000_060_000, 10, 90_000)!
    expect(Math.abs(offsetMs(after) - 90_000)).toBeLessThan(600)
  })

  it('keeps what it knows when an answer has no date', () => {
    const known = { lowMs: 1, highMs: 2 }
    expect([narrow(known, null, 0, 1), narrow(known, 'yesterday', 0, 1)]).toEqual([known, known])
  })
})
