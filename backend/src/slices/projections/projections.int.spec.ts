import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ReadModel } from '@projectionist/shared/api/projections'
import { MediaIngested } from '@projectionist/shared/events/item'
import { startApp, type TestApp } from '../../../test/app.js'
import { freshDatabase, type TestDatabase } from '../../../test/postgres.js'
import { redisUrl } from '../../../test/redis.js'

let app: TestApp
let token: string
let database: TestDatabase
let servers: { databaseUrl: string; redisUrl: string }

beforeAll(async () => {
  database = await freshDatabase()
  servers = { databaseUrl: database.url, redisUrl: await redisUrl() }
  app = await startApp('api,projector,worker', servers)
  token = await app.setUp()
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const models = async (): Promise<ReadModel[]> =>
  ((await app.call('GET', '/read-models', { token })).body as { readModels: ReadModel[] }).readModels
const users = async (): Promise<ReadModel> => (await models()).find(({ name }) => name === 'users')!

describe('read models', () => {
  it('are listed with how they stand', async () => {
    await vi.waitFor(
      async () => expect((await models()).map(({ state }) => state)).toEqual(app.parts.projections.map(() => 'live')),
      20_000,
    )
    const found = await users()
    const { version } = app.parts.projections.find(({ name }) => name === 'users')!
    expect(found).toMatchObject({
      name: 'users',
      version,
      serves: version,
      behind: { events: 0, more: false, since: null },
      filling: null,
      rebuildAsked: false,
      fault: null,
      trouble: null,
      givenUp: null,
    })
    expect(Number(found.position)).toBeGreaterThan(0)
  })

  it('are rebuilt when an admin asks, and serve all the while', async () => {
    await app.parts.sql.query(`update read.users set name = 'Somebody else'`)
    expect((await app.call('POST', '/read-models/rebuilds', { token, body: { name: 'users' } })).status).toBe(204)
    await vi.waitFor(async () => {
      const { body, status } = await app.call('GET', '/users', { token })
      expect([status, (body as { users: { name: string }[] }).users.map(({ name }) => name)]).toEqual([200, ['Ada']])
    }, 20_000)
    await vi.waitFor(async () => expect(await users()).toMatchObject({ state: 'live', rebuildAsked: false }), 20_000)
    expect((await app.call('POST', '/read-models/rebuilds', { token, body: {} })).status).toBe(204)
    await vi.waitFor(
      async () => expect((await models()).filter(({ rebuildAsked, state }) => rebuildAsked || state !== 'live')).toEqual([]),
      30_000,
    )
    await app.parts.announcer.waitFor(['history'], await app.parts.store.head(), 10_000)
    const asked = (await app.call('GET', '/history/groups?kind=RebuildRequested', { token })).body.groups
    expect(asked.map(({ entries }: { entries: number }) => entries)).toEqual([app.parts.projections.length, 1])
    expect(asked[1].first).toMatchObject({ actorName: 'Ada', data: { projection: 'users' }, subject: { category: 'projection', id: 'users' } })
  })

  it('are read anew by the index of every node when others have taken their place', async () => {
    const { store, sql } = app.parts
    const [libraryId, itemId, commandId] = [randomUUID(), randomUUID(), randomUUID()]
    const film = MediaIngested({
      libraryId,
      kind: 'film',
      file: { fileId: randomUUID(), location: { rootId: randomUUID(), relative: 'a.mkv' }, sizeBytes: 1, modifiedMs: 1 },
      media: { container: 'matroska', video: [], audio: [], subtitles: [] },
      metadata: { title: 'Right' },
    })
    const metadata = {
      version: 1,
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: { kind: 'process', name: 'test' } as const,
      reason: 'test',
      time: '2026-01-01T00:00:00.000Z',
    }
    await store.append({ streamId: `item-${itemId}`, expected: 'no-stream', events: [{ ...film, id: randomUUID(), metadata }] })
    await app.parts.announcer.waitFor(['items'], await store.head(), 10_000)
    await sql.query(`update read.items set sort_title = 'wrong', title = 'Wrong' where id = $1`, [itemId])
    const other = await startApp('api', servers)
    const titles = async (q: string) =>
      (
        (await other.call('GET', `/search?q=${q}`, { token })).body as { groups: { items: { title: string }[] }[] }
      ).groups.flatMap(({ items }) => items.map(({ title }) => title))
    await vi.waitFor(async () => expect(await titles('wrong')).toEqual(['Wrong']), 10_000)
    await app.call('POST', '/read-models/rebuilds', { token, body: { name: 'items' } })
    await vi.waitFor(async () => expect([await titles('right'), await titles('wrong')]).toEqual([['Right'], []]), 20_000)
    await other.close()
  })

  it('are for admins, and known by their names', async () => {
    expect((await app.call('GET', '/read-models')).status).toBe(401)
    expect((await app.call('POST', '/read-models/nothing/resume', { token })).body).toMatchObject({
      code: 'read-model-not-found',
    })
    expect((await app.call('POST', '/read-models/users/resume', { token })).status).toBe(204)
    await app.parts.announcer.waitFor(['history'], await app.parts.store.head(), 10_000)
    const [asked] = (await app.call('GET', '/history/groups?kind=ResumeRequested', { token })).body.groups
    expect(asked.first).toMatchObject({ actorName: 'Ada', subject: { category: 'projection', id: 'users' } })
  })

  it('start no work while their tables are not whole', async () => {
    const done: string[] = []
    await app.parts.sql.query('create table public.owed (work_id uuid primary key)')
    await app.parts.sql.query('insert into public.owed values (gen_random_uuid())')
    const kind = (name: string, projection: string) => ({
      name,
      projection,
      select: 'select work_id from public.owed limit $1',
      window: 1,
      does: { run: () => Promise.resolve(void done.push(name)) },
    })
    await app.parts.sql.query(`insert into live.projections values ('half', '{"state":"rebuilding"}', now())`)
    app.parts.dispatcher.follow(kind('of half a table', 'half'))
    app.parts.dispatcher.follow(kind('of a whole one', 'users'))
    await vi.waitFor(() => expect(done).toContain('of a whole one'), 10_000)
    expect(done).not.toContain('of half a table')
    await app.parts.sql.query(`update live.projections set status = '{"state":"live"}' where name = 'half'`)
    await vi.waitFor(() => expect(done).toContain('of half a table'), 10_000)
  })
})
