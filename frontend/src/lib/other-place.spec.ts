import { describe, expect, it, vi } from 'vitest'

// Only the words are looked at; what sends them wants a browser.
vi.mock('./kept-intents.js', () => ({}))
vi.mock('./queries.js', () => ({}))
const { otherPlaceWords } = await import('./other-place.js')

describe('words for another place', () => {
  it('say where, on which device, and when', () => {
    const now = Date.parse('2026-03-05T12:00:00')
    const place = { positionMs: 3_730_000, device: 'Tablet', at: '2026-03-03T20:00:00' }
    expect(otherPlaceWords(place, now, 'en')).toBe('You also got to 1:02:10 on Tablet, on Tuesday.')
    expect(otherPlaceWords({ ...place, device: '', at: '2026-03-04T20:00:00' }, now, 'en')).toBe(
      'You also got to 1:02:10 on another device, yesterday.',
    )
  })
})
