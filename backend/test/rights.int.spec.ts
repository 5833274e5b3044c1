import { randomUUID } from 'node:crypto'
import { CommandBus } from '@nestjs/cqrs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MarkWatched } from '../src/slices/playback/playback.js'
import { entitledSession } from '../src/slices/transcoding/entitled-session.js'
import { startApp, type TestApp } from './app.js'

describe('rights are those of this moment', () => {
  let app: TestApp
  let admin: string
  const library = randomUUID()
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
  })
  afterAll(() => app.close())

  async function member(name: string): Promise<{ id: string; token: string }> {
    const { body } = await app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple', libraries: 'all' } })
    const signedIn = await app.call('POST', '/auth/login', { body: { name, password: 'battery staple' } })
    return { id: body.id, token: signedIn.body.accessToken }
  }
  const change = (id: string, body: object) => app.call('PATCH', `/users/${id}`, { token: admin, body })

  it('ends what a media address is good for with the rights to its library, and with the account', async () => {
    const { id } = await member('Bob')
    const sessionId = randomUUID()
    await app.parts.sql.query(
      `insert into live.playback_sessions
         (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, plan, position_ms, duration_ms)
       values ($1, $1, $2, 'device-1', 'Sofa', $1, $3, $1, 'direct', '[]', '{}', 0, 1000)`,
      [sessionId, id, library],
    )
    const entitled = async () => (await entitledSession(app.parts.sql, sessionId))?.session_id
    expect(await entitled()).toBe(sessionId)
    await change(id, { libraries: [randomUUID()] })
    expect(await entitled()).toBeUndefined()
    await change(id, { libraries: [library, randomUUID()] })
    expect(await entitled()).toBe(sessionId)
    await change(id, { disabled: true })
    expect(await entitled()).toBeUndefined()
  })

  it('tells nobody what they once played of what is hidden from them now', async () => {
    const { id, token } = await member('Eve')
    const now = new Date().toISOString()
    const command = randomUUID()
    const by = { commandId: command, actor: { kind: 'user', userId: id, deviceId: 'd' }, reason: 'test', correlationId: command, causationId: command } as const
    const { position } = await app.app.get(CommandBus).execute(
      new MarkWatched({ userId: id, itemId: randomUUID(), watched: true, deviceSequence: 1, deviceTime: now, clockOffsetMs: 0 }, by),
    )
    const headers = { 'min-position': String(position) }
    const seen = async () => (await app.call('GET', '/history?kind=MarkedWatched', { token, headers })).body.entries.length
    expect(await seen()).toBe(1)
    await change(id, { libraries: [] })
    expect(await seen()).toBe(0)
  })

  it('takes no text that could not be kept', async () => {
    const wrong = { status: 400, body: { code: 'invalid-request' } }
    expect(await app.call('POST', '/auth/login', { body: { name: 'a\0', password: 'x' } })).toMatchObject(wrong)
    expect(await app.call('GET', '/items?person=%00', { token: admin })).toMatchObject(wrong)
    expect(await app.call('PATCH', `/libraries/${library}`, { token: admin, body: { name: 'a\0' } })).toMatchObject({ ...wrong, body: { errors: [{ path: 'body.name' }] } })
  })

  it('answers an address that is none like every other mistake', async () => {
    expect(await app.call('GET', '/items/%ff')).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
  })

  it('keeps its figures from whoever comes by way of a proxy', async () => {
    const figures = (headers: Record<string, string>) => app.app.inject({ method: 'GET', url: '/metrics', headers })
    expect((await figures({})).statusCode).toBe(200)
    expect((await figures({ 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404)
  })

  it('lets nobody try passwords without end under ever other names', async () => {
    const tries = await Promise.all(Array.from({ length: 70 }, (_, n) => app.call('POST', '/auth/login', { body: { name: `name ${n}`, password: 'guess' } })))
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThan(5)
  })
})
