import { describe, expect, it } from 'vitest'
import { fitted, mostZoom, settle, swipeOutcome, whole, zoomAt } from './zoom.js'

const frame = { width: 1000, height: 800 }
const shown = fitted({ width: 4000, height: 2000 }, frame)

describe('zoom', () => {
  it('shows a picture whole, and small ones not larger than twice', () => {
    expect(shown).toEqual({ width: 1000, height: 500 })
    expect(fitted({ width: 100, height: 100 }, frame)).toEqual({ width: 200, height: 200 })
    expect(fitted({ width: 0, height: 0 }, frame)).toEqual(frame)
  })

  it('keeps what is under the pointer where it is', () => {
    const point = { x: 300, y: -120 }
    const look = zoomAt(zoomAt(whole, 2, point, 8), 1.7, point, 8)
    // The same place of the picture, in units of its whole size.
    expect((point.x - look.x) / look.scale).toBeCloseTo(point.x)
    expect((point.y - look.y) / look.scale).toBeCloseTo(point.y)
  })

  it('stays between whole and the most there is to see', () => {
    expect(zoomAt(whole, 0.2, { x: 0, y: 0 }, 8).scale).toBe(1)
    expect(zoomAt(whole, 99, { x: 0, y: 0 }, mostZoom({ width: 4000, height: 2000 }, shown)).scale).toBe(8)
    expect(mostZoom({ width: 100, height: 100 }, { width: 200, height: 200 })).toBe(3)
  })

  it('does not move past the edges, nor where there is nothing more to see', () => {
    expect(settle({ scale: 2, x: 9999, y: 9999 }, shown, frame)).toEqual({ scale: 2, x: 500, y: 100 })
    expect(settle({ scale: 1, x: 50, y: -50 }, shown, frame)).toEqual(whole)
    expect(settle({ scale: 0.5, x: 0, y: 0 }, shown, frame)).toEqual(whole)
  })
})

describe('swipe', () => {
  it.each([
    [{ x: -400, y: 10 }, { x: 0, y: 0 }, 'next'],
    [{ x: 400, y: 10 }, { x: 0, y: 0 }, 'previous'],
    [{ x: -60, y: 10 }, { x: -0.9, y: 0 }, 'next'],
    [{ x: -60, y: 10 }, { x: 0.9, y: 0 }, 'stay'],
    [{ x: -60, y: 10 }, { x: 0, y: 0 }, 'stay'],
    [{ x: 10, y: 300 }, { x: 0, y: 0 }, 'close'],
    [{ x: 10, y: -300 }, { x: 0, y: -2 }, 'stay'],
  ] as const)('dragged %o at %o: %s', (dragged, speed, outcome) => expect(swipeOutcome(dragged, speed, frame)).toBe(outcome))
})
