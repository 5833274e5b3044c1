import { randomUUID } from 'node:crypto'
import { CommandBus } from '@nestjs/cqrs'
import { ownerOf } from '@projectionist/shared/events/personal'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import type { Attribution, Command } from '../../platform/eventing/decider.js'
import type { EventStore, RecordedEvent } from '../../platform/eventing/event-store.js'
import { schemasOf } from '../../platform/eventing/projector/publication.js'
import { projections } from '../all.js'
import { MarkWatched, RateItem } from '../playback/playback.js'
import { BeginTranscode, FailTranscode } from '../transcoding/transcode.js'
import { openCredentials } from './accounts.js'
import { erase, ErasingParts } from './erase.js'
import { EraseUser } from './erasure.js'
import { Tokens } from './tokens.js'

const lettingGo = projections.filter(({ when }) => when.some(({ kind, type }) => kind === 'sweep' && type === 'UserErased'))
const attribution = (userId: string): Attribution => {
  const commandId = randomUUID()
  return {
    commandId,
    actor: { kind: 'user', userId, deviceId: 'sofa-device' },
    reason: 'test',
    correlationId: commandId,
    causationId: commandId,
  }
}
const clock = { deviceSequence: 1, deviceTime: '2026-01-01T20:00:00.000Z', clockOffsetMs: 0 }

describe('erasing a person', () => {
  let app: TestApp
  let admin: string
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
  })
  afterAll(() => app.close())

  const run = (command: Command) => app.app.get(CommandBus).execute<Command, { position: number }>(command)
  const logIn = (name: string) =>
    app.call('POST', '/auth/login', {
      body: { name, password: 'battery staple', tokens: 'body', device: { id: 'sofa-device', name: 'Sofa' } },
    })

  async function member(name: string, role = 'member'): Promise<{ id: string; token: string; refreshToken: string }> {
    const { body } = await app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple', role } })
    const signedIn = await logIn(name)
    return { id: body.id, token: signedIn.body.accessToken, refreshToken: signedIn.body.refreshToken }
  }
  async function use(userId: string, items = 3): Promise<void> {
    for (let n = 0; n < items; n++)
      await run(new MarkWatched({ userId, itemId: randomUUID(), watched: true, ...clock }, attribution(userId)))
    await run(new RateItem({ userId, itemId: randomUUID(), rating: 7, ...clock }, attribution(userId)))
    const sessionId = randomUUID()
    const facts = {
      itemId: randomUUID(),
      fileId: randomUUID(),
      userId,
      method: 'transcode' as const,
      reasons: [],
      video: '',
      audio: '',
    }
    await run(new BeginTranscode({ sessionId, ...facts }, attribution(userId)))
    await run(new FailTranscode({ sessionId, code: 'ffmpeg-died', detail: '' }, attribution(userId)))
  }
  async function log(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const batch of app.parts.store.readAll()) events.push(...batch.events)
    return events
  }
  const completed = (userId: string) =>
    expect
      .poll(async () => (await app.parts.store.read(`erasure-${userId}`)).at(-1)?.type, { timeout: 20_000, interval: 50 })
      .toBe('ErasureCompleted')

  /** Tables that name a person: read models that say they let go, the vault, and what passes. */
  async function naming(text: string): Promise<string[]> {
    const schemas = ['vault', 'live', ...lettingGo.flatMap(schemasOf)]
    const tables = await app.parts.sql.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = any($1)`,
      [schemas],
    )
    const found = await Promise.all(
      tables.map(async ({ name }) =>
        (await app.parts.sql.query(`select from ${name} t where t::text like $1`, [`%${text}%`])).length > 0 ? [name] : [],
      ),
    )
    return found.flat()
  }

  it('leaves nothing of theirs in the log, the vault and the read models, and frees the name', async () => {
    const bob = await member('Bob')
    await use(bob.id)
    await app.parts.sql.query(
      `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, duration_ms)
       values ($1, $1, $2, 'sofa-device', 'Sofa', $1, $1, $1, 'direct', '[]', 1)`,
      [randomUUID(), bob.id],
    )
    expect((await naming(bob.id)).length).toBeGreaterThan(3)
    expect(await app.call('POST', `/users/${bob.id}/erasure`, { token: admin })).toMatchObject({ status: 204 })
    expect(await app.call('GET', '/me', { token: bob.token })).toMatchObject({ status: 401 })
    expect(await app.call('POST', '/auth/refresh', { body: { refreshToken: bob.refreshToken } })).toMatchObject({ status: 401 })
    expect(await logIn('Bob')).toMatchObject({ status: 401 })
    expect((await app.call('GET', '/users', { token: admin })).body.users.map(({ name }: { name: string }) => name)).toEqual([
      'Ada',
    ])
    await completed(bob.id)
    const left = await log()
    expect(left.filter(event => ownerOf(event) === bob.id)).toEqual([])
    expect(left.filter(event => JSON.stringify(event).includes(bob.id)).map(({ streamId }) => streamId)).toEqual([
      `erasure-${bob.id}`,
      `erasure-${bob.id}`,
    ])
    expect(left.at(-1)).toMatchObject({ type: 'ErasureCompleted', data: { userId: bob.id, streams: 6 } })
    await app.parts.announcer.waitFor(
      lettingGo.map(({ name }) => name),
      left.at(-1)!.position,
      5000,
    )
    // History tells of the erasure itself, whose stream bears the id.
    await expect.poll(async () => (await naming(bob.id)).filter(name => !name.startsWith('history_v'))).toEqual([])
    expect(await naming('Bob')).toEqual([])
    const again = await member('Bob')
    expect(again.id).not.toBe(bob.id)
    expect(await app.call('GET', '/erasures', { token: admin })).toMatchObject({ body: { erasures: [] } })
  })

  it('looks through the log from a place where an event stands: some stores can read from nowhere else', async () => {
    const kim = await member('Kim')
    const [first] = await app.parts.store.read(`user-${kim.id}`, { limit: 1 })
    const read = vi.spyOn(app.parts.store, 'readAll')
    await app.call('POST', `/users/${kim.id}/erasure`, { token: admin })
    await completed(kim.id)
    const from = read.mock.calls.flatMap(([options]) => (options?.from === undefined || options.types ? [] : [options.from]))
    read.mockRestore()
    expect(from).toContain(first!.position)
    expect(from).not.toContain(first!.position - 1)
  })

  it('asks oneself for the password again', async () => {
    const eve = await member('Eve')
    expect(await app.call('POST', '/me/erasure', { token: eve.token, body: { password: 'guess' } })).toMatchObject({
      status: 401,
      body: { code: 'sign-in-failed' },
    })
    expect(await app.call('POST', '/me/erasure', { token: eve.token, body: { password: 'battery staple' } })).toMatchObject({
      status: 204,
    })
    expect(await app.call('GET', '/me', { token: eve.token })).toMatchObject({ status: 401 })
    await completed(eve.id)
  })

  it('never takes the last admin, also when two admins erase each other at once', async () => {
    const me = (await app.call('GET', '/me', { token: admin })).body
    expect(await app.call('POST', '/me/erasure', { token: admin, body: { password: 'correct horse' } })).toMatchObject({
      status: 409,
      body: { code: 'last-admin' },
    })
    expect(await app.call('POST', `/users/${me.id}/erasure`, { token: admin })).toMatchObject({ status: 403 })
    expect(await app.call('POST', `/users/${randomUUID()}/erasure`, { token: admin })).toMatchObject({
      status: 404,
      body: { code: 'user-not-found' },
    })
    const two = await member('Two', 'admin')
    const three = await member('Three', 'admin')
    await app.call('PATCH', `/users/${me.id}`, { token: two.token, body: { role: 'member' } })
    const answers = await Promise.all([
      app.call('POST', `/users/${three.id}/erasure`, { token: two.token }),
      app.call('POST', `/users/${two.id}/erasure`, { token: three.token }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
    const left = answers[0]!.status === 204 ? two : three
    expect(
      await app.call('POST', `/users/${me.id}/erasure`, {
        token: (await logIn(left === two ? 'Two' : 'Three')).body.accessToken,
      }),
    ).toMatchObject({ status: 204 })
  })
})

describe('an erasure that was cut off', () => {
  let app: TestApp
  beforeAll(async () => {
    // Nobody sees to owed work here but the test.
    app = await startApp('api')
    app.parts.projector.start()
  })
  afterAll(() => app.close())

  it('goes on where it was, and finds what no read model knows and what came late', async () => {
    const { sql, store, runner, data, keys, announcer } = app.parts
    const userId = randomUUID()
    const run = (command: Command) => app.app.get(CommandBus).execute<Command, { position: number }>(command)
    const play = () => run(new MarkWatched({ userId, itemId: randomUUID(), watched: true, ...clock }, attribution(userId)))
    for (let n = 0; n < 40; n++) await play()
    const { position: since } = await run(new EraseUser({ userId }, attribution(userId)))
    const { position } = await play()
    await announcer.waitFor(['person_streams', 'watch_state'], position, 5000)
    await sql.query('delete from read.person_streams where stream_id in (select stream_id from read.person_streams limit 20)')
    let deletions = 0
    const failing = (most: number): EventStore =>
      new Proxy(store, {
        get: (target, name) => {
          if (name === 'delete')
            return (stream: string) => (++deletions > most ? Promise.reject(new Error('cut off')) : target.delete(stream))
          const value = Reflect.get(target, name) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    const parts = (through: EventStore) =>
      new ErasingParts(sql, through, runner, openCredentials(data, store), new Tokens(data, keys))
    await expect(erase(parts(failing(9)), userId, since, new AbortController().signal)).rejects.toThrow('cut off')
    await expect(erase(parts(failing(30)), userId, since, new AbortController().signal)).rejects.toThrow('cut off')
    await erase(parts(store), userId, since, new AbortController().signal)
    const left: string[] = []
    let end = 0
    for await (const batch of store.readAll()) {
      left.push(...batch.events.map(({ type }) => type))
      end = batch.position
    }
    expect(left).toEqual(['UserErased', 'UserErased', 'ErasureCompleted'])
    await announcer.waitFor(['watch_state', 'person_streams'], end, 5000)
    expect(await sql.query('select from read.watch_state')).toEqual([])
    expect(await sql.query('select from read.person_streams')).toEqual([])
    expect(await sql.query('select from live.erasures')).toEqual([])
  })
})

describe('read models', () => {
  it('let go of a person wherever they name one', () => {
    const naming = projections
      .filter(({ tables }) => tables.some(({ columns }) => 'user_id' in columns || 'owner' in columns))
      .map(({ name }) => name)
    const sweeping = projections
      .filter(({ when }) => when.some(({ kind, type }) => kind === 'sweep' && /^(UserErased|ErasureCompleted)$/.test(type)))
      .map(({ name }) => name)
    // Who was erased is what `erasures` is about.
    expect(naming.filter(name => !sweeping.includes(name) && !['erasures', 'history'].includes(name))).toEqual([])
  })
})
