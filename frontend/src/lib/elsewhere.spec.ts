import { describe, expect, it } from 'vitest'
import { hear, placeNow, playsNow, worthOffering, type AllElsewhere } from './elsewhere.js'
import type { MessageOf } from './live-connection.js'

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
const here = { ownSessions: new Set(['mine']), nowMs: 1_000 }
const nothing: AllElsewhere = new Map()
const sofa = hear(nothing, message, here).get('film')!

describe('another device in a film', () => {
  it('is heard of; this page’s own reports are not', () => {
    expect(sofa).toMatchObject({ device: 'Living room', positionMs: 724_000 })
    expect(hear(nothing, { ...message, sessionId: 'mine' }, here)).toBe(nothing)
    expect([...hear(new Map([['film', sofa]]), { ...message, itemId: 'other' }, here).keys()]).toEqual(['film', 'other'])
  })

  it('is gone when it stops, but not when another one does', () => {
    const known: AllElsewhere = new Map([['film', sofa]])
    expect(hear(known, { ...message, state: 'stopped' }, here).size).toBe(0)
    expect(hear(known, { ...message, sessionId: 'kitchen', state: 'stopped' }, here)).toBe(known)
  })

  it('goes on between its reports while it plays, to the end at most', () => {
    expect(placeNow(sofa, 4_000)).toBe(727_000)
    expect(placeNow({ ...sofa, state: 'paused' }, 4_000)).toBe(724_000)
    expect(placeNow(sofa, 1e9)).toBe(6_000_000)
  })

  it('plays for as long as its reports come', () => {
    expect(playsNow(sofa, 30_000)).toBe(true)
    expect(playsNow(sofa, 60_000)).toBe(false)
    expect(playsNow({ ...sofa, state: 'paused' }, 1_000)).toBe(false)
    expect(playsNow({ ...sofa, positionMs: 6_000_000 }, 1_000)).toBe(false)
  })

  it('is offered by the player while it plays at another place, and when both stand still', () => {
    const paused = { ...sofa, state: 'paused' as const }
    expect(worthOffering(sofa, { playing: true, positionMs: 0 }, 1_000)).toBe(true)
    expect(worthOffering(sofa, { playing: true, positionMs: 722_000 }, 1_000)).toBe(false)
    expect(worthOffering(sofa, { playing: false, positionMs: 0 }, 60_000)).toBe(false)
    expect(worthOffering(paused, { playing: false, positionMs: 0 }, 1_000)).toBe(true)
    expect(worthOffering(paused, { playing: true, positionMs: 0 }, 1_000)).toBe(false)
    expect(worthOffering(paused, { playing: false, positionMs: 722_000 }, 1_000)).toBe(false)
    expect(worthOffering({ ...paused, positionMs: 6_000_000 }, { playing: false, positionMs: 0 }, 1_000)).toBe(false)
  })
})
