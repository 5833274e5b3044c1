import { describe, expect, it } from 'vitest'
import type { MessageOf } from '../../lib/live-connection.js'
import { hear, placeNow, worthOffering } from './elsewhere.js'

const message: MessageOf<'progress'> = {
  type: 'progress',
  itemId: 'film',
  sessionId: 'sofa',
  positionMs: 724_000,
  durationMs: 6_000_000,
  state: 'playing',
  device: 'Living room',
  at: '2025-01-01T20:00:00Z',
}
const here = { itemId: 'film', ownSessions: new Set(['mine']), nowMs: 1_000 }

describe('another device in the same film', () => {
  it('is heard; this page’s own reports and other films are not', () => {
    const sofa = hear(null, message, here)
    expect(sofa).toMatchObject({ device: 'Living room', positionMs: 724_000 })
    expect(hear(null, { ...message, sessionId: 'mine' }, here)).toBeNull()
    expect(hear(sofa, { ...message, itemId: 'other', positionMs: 1 }, here)).toBe(sofa)
  })

  it('goes on between its reports while it plays, to the end at most', () => {
    const sofa = hear(null, message, here)!
    expect(placeNow(sofa, 4_000)).toBe(727_000)
    expect(placeNow({ ...sofa, state: 'paused' }, 4_000)).toBe(724_000)
    expect(placeNow(sofa, 1e9)).toBe(6_000_000)
  })

  it('is offered when this page stands still at another place', () => {
    const sofa = { ...hear(null, message, here)!, state: 'paused' as const }
    expect(worthOffering(sofa, { playing: false, positionMs: 0 }, 1_000)).toBe(true)
    expect(worthOffering(sofa, { playing: true, positionMs: 0 }, 1_000)).toBe(false)
    expect(worthOffering(sofa, { playing: false, positionMs: 722_000 }, 1_000)).toBe(false)
    expect(worthOffering({ ...sofa, positionMs: 6_000_000 }, { playing: false, positionMs: 0 }, 1_000)).toBe(false)
  })
})
