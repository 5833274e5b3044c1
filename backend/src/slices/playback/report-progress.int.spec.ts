import { randomUUID } from 'node:crypto'
import type { ServerMessage } from '@projectionist/shared/live/messages'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { Sql } from '../../platform/sql/sql.js'
import { join, nothing } from './intents.js'
import type { Met } from './plays-and-marks.js'
import { endSilent } from './silence.js'
import { standingOf } from './standing.js'

const durationMs = 7_200_000

describe('progress reports', () => {
  let app: TestApp
  let token: string
  let userId: string
  let itemId: string
  let sessionId: string
  beforeAll(async () => {
    app = await startApp('api,projector')
    token = await app.setUp()
    userId = ((await app.call('GET', '/me', { token })).body as { id: string }).id
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    itemId = randomUUID()
    sessionId = randomUUID()
    await app.parts.sql.query(
      `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, duration_ms)
       values ($1, $1, $2, 'sofa-device', 'Sofa', $3, $3, $3, 'direct', '[]', $4)`,
      [sessionId, userId, itemId, durationMs],
    )
  })
  const report = (positionMs: number, state: string, sequence?: number, more = {}) =>
    app.call('PUT', `/items/${itemId}/progress`, { token, body: { sessionId, positionMs, state, ...(sequence !== undefined && { sequence }), ...more } })
  const recorded = async () =>
    (await app.parts.store.read(`playback-${userId}.${itemId}`)).map(({ type, data }) => {
      const { positionMs, cause } = data as { positionMs: number; cause?: string }
      return [type, positionMs, ...(cause ? [cause] : [])]
    })
  const row = async () => (await app.parts.sql.query<{ state: string; position_ms: number }>('select state, position_ms from live.playback_sessions where session_id = $1', [sessionId]))[0]

  it('stand in the session before they are answered; the log hears of what matters', async () => {
    expect((await report(0, 'playing', 1)).status).toBe(204)
    await report(10_000, 'playing', 2)
    await report(20_000, 'playing', 3)
    await report(25_000, 'paused', 4)
    await report(25_000, 'paused', 5)
    await report(600_000, 'playing', 6, { cause: 'seek' })
    await report(610_000, 'stopped', 7)
    expect(await row()).toEqual({ state: 'stopped', position_ms: 610_000 })
    expect(await recorded()).toEqual([
      ['PlaybackStarted', 0], ['PlaybackProgressed', 0, 'minute'], ['PlaybackProgressed', 25_000, 'pause'], ['PlaybackProgressed', 600_000, 'seek'], ['PlaybackProgressed', 610_000, 'stop'],
    ])
  })
  it('are recorded once a minute of playing, and when only credits remain', async () => {
    await report(0, 'playing', 1)
    await app.parts.sql.query(`update live.playback_sessions set recorded_at = now() - interval '61 seconds' where session_id = $1`, [sessionId])
    await report(61_000, 'playing', 2)
    await report(62_000, 'playing', 3)
    await report(6_600_000, 'playing', 4)
    expect((await recorded()).slice(2)).toEqual([['PlaybackProgressed', 61_000, 'minute'], ['PlaybackProgressed', 6_600_000, 'minute'], ['PlaybackCompleted', 6_600_000]])
  })
  it('change nothing when they come late or twice', async () => {
    await report(30_000, 'paused', 9)
    await report(10_000, 'playing', 8)
    await report(30_000, 'paused', 9)
    expect(await row()).toEqual({ state: 'paused', position_ms: 30_000 })
    expect(await recorded()).toEqual([['PlaybackStarted', 30_000], ['PlaybackProgressed', 30_000, 'pause']])
  })
  it('reach the person’s other devices, and nobody else', async () => {
    const heard: ServerMessage[] = []
    const other: ServerMessage[] = []
    let wake = (): void => {}
    const woken = new Promise<void>(resolve => (wake = resolve))
    await app.parts.live.subscribe({ userId: randomUUID() }, message => other.push(message))
    const leave = await app.parts.live.subscribe({ userId }, message => {
      heard.push(message)
      wake()
    })
    await report(42_000, 'playing', 1)
    await woken
    leave()
    expect(heard).toEqual([expect.objectContaining({ type: 'progress', itemId, sessionId, positionMs: 42_000, durationMs, state: 'playing', device: 'Sofa' })])
    expect(other).toEqual([])
  })
  it('are taken only for one’s own session of that item', async () => {
    const wrong = { body: { code: 'session-not-found' }, status: 404 }
    expect(await app.call('PUT', `/items/${randomUUID()}/progress`, { token, body: { sessionId, positionMs: 1, state: 'playing' } })).toMatchObject(wrong)
    await app.parts.sql.query('update live.playback_sessions set user_id = $2 where session_id = $1', [sessionId, randomUUID()])
    expect(await report(1000, 'playing', 1)).toMatchObject(wrong)
    expect(await report(-1, 'playing')).toMatchObject({ status: 400 })
  })
  it('need not come: a player that fell silent is recorded where it was, once', async () => {
    await report(0, 'playing', 1)
    await report(300_000, 'playing', 2)
    await app.parts.sql.query(`update live.playback_sessions set last_seen_at = now() - interval '10 minutes' where session_id = $1`, [sessionId])
    const ends = await Promise.all([endSilent(app.app.get(Sql), app.parts.runner), endSilent(app.app.get(Sql), app.parts.runner)])
    expect(Math.max(...ends)).toBeGreaterThan(0)
    expect((await recorded()).at(-1)).toEqual(['PlaybackProgressed', 300_000, 'silence'])
    expect((await recorded()).filter(([, , cause]) => cause === 'silence')).toHaveLength(1)
    expect(await row()).toBeUndefined()
  })
  it('of a session that died are dated by when it was last heard, and take nothing back from what came later', async () => {
    await report(0, 'playing', 1)
    await report(2_400_000, 'playing', 2)
    const lastSeen = new Date(Date.now() - 600_000)
    await app.parts.sql.query(
      `update live.playback_sessions set started_at = $2::timestamptz - interval '1 hour', last_seen_at = $2 where session_id = $1`, [sessionId, lastSeen.toISOString()],
    )
    const later = randomUUID()
    await app.parts.sql.query(
      `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, duration_ms)
       values ($1, $1, $2, 'sofa-device', 'Sofa', $3, $3, $3, 'direct', '[]', $4)`,
      [later, userId, itemId, durationMs],
    )
    await report(2_400_000, 'playing', 3, { sessionId: later })
    await report(durationMs, 'stopped', 4, { sessionId: later })
    await endSilent(app.app.get(Sql), app.parts.runner)
    const events = await app.parts.store.read(`playback-${userId}.${itemId}`)
    expect(events.at(-1)).toMatchObject({ type: 'PlaybackProgressed', data: { playId: sessionId, positionMs: 2_400_000, cause: 'silence', happenedAt: lastSeen.toISOString() } })
    expect(standingOf(events.reduce((all, event) => join(all, event as unknown as Met), nothing))).toMatchObject({
      playId: later, positionMs: 0, unfinished: false, watched: true, plays: 1, elsewhere: null,
    })
  })
})
