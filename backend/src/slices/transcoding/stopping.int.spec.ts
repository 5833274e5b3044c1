import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'

describe('stopping what is played', () => {
  let app: TestApp
  let ada: { id: string; token: string }
  let bob: { id: string; token: string }
  beforeAll(async () => {
    app = await startApp('api,projector')
    const token = await app.setUp()
    ada = { token, id: (await app.call('GET', '/me', { token })).body.id }
    const { body } = await app.call('POST', '/users', { token, body: { name: 'Bob', password: 'battery staple' } })
    const device = { id: 'bob-device', name: 'Phone' }
    const signedIn = await app.call('POST', '/auth/login', { body: { name: 'Bob', password: 'battery staple', device } })
    bob = { id: body.id, token: signedIn.body.accessToken }
  })
  afterAll(() => app.close())

  const library = randomUUID()
  async function begin(userId: string): Promise<{ sessionId: string; playId: string; itemId: string }> {
    const [sessionId, playId, itemId] = [randomUUID(), randomUUID(), randomUUID()]
    await app.parts.sql.query(
      `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, plan, duration_ms)
       values ($1, $2, $3, 'device', 'Device', $4, $5, $6, 'direct', '[]', '{}', 60000)`,
      [sessionId, playId, userId, itemId, library, randomUUID()],
    )
    return { sessionId, playId, itemId }
  }
  const stops = async (token: string, query = '') => {
    await app.parts.announcer.waitFor(['history'], await app.parts.store.head(), 5000)
    return (await app.call('GET', `/history?kind=PlayStopped${query}`, { token })).body.entries
  }

  it('leaves a mark where an admin stops what somebody else plays, in the history of who played', async () => {
    const { sessionId, playId, itemId } = await begin(bob.id)
    expect((await app.call('DELETE', `/sessions/${sessionId}`, { token: ada.token })).status).toBe(204)
    const [told, ...more] = await stops(bob.token)
    expect([told, more]).toMatchObject([
      {
        actor: { kind: 'user', userId: ada.id },
        owner: { id: bob.id },
        subject: { category: 'playback' },
        group: { id: playId },
        data: { sessionId, playId },
      },
      [],
    ])
    for (const query of [`&user=${ada.id}`, `&library=${library}`, `&item=${itemId}`])
      expect([query, (await stops(ada.token, query)).length]).toEqual([query, 1])
    expect(await app.parts.sql.query('select from read.watch_state where unfinished or watched')).toEqual([])
  })

  it('leaves none where people stop their own, nor where it is not theirs to stop', async () => {
    const [own, other] = [await begin(bob.id), await begin(ada.id)]
    expect((await app.call('DELETE', `/sessions/${own.sessionId}`, { token: bob.token })).status).toBe(204)
    expect((await app.call('DELETE', `/sessions/${other.sessionId}`, { token: bob.token })).status).toBe(404)
    expect((await stops(ada.token)).length).toBe(1)
  })
})
