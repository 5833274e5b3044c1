import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import { MediaIngested } from '@projectionist/shared/events/item'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp, type Answer, type TestApp } from '../../../test/app.js'
import { newEvent } from '../../../test/events.js'
import { freshDatabase, type TestDatabase } from '../../../test/postgres.js'
import { redisUrl } from '../../../test/redis.js'
import { SetupCode } from '../accounts/setup-code.js'

const WAIT = { timeout: 30_000, interval: 50 }
const credentials = { name: 'Ada', password: 'correct horse', tokens: 'body', device: { id: 'ada-device', name: 'Sofa' } }

let database: TestDatabase
let servers: { databaseUrl: string; redisUrl: string }
const running: TestApp[] = []

beforeAll(async () => {
  database = await freshDatabase()
  servers = { databaseUrl: database.url, redisUrl: await redisUrl() }
})
afterAll(async () => {
  for (const app of running) await app.close()
  await database.drop()
})

async function start(roles: string): Promise<TestApp> {
  const app = await startApp(roles, servers)
  running.push(app)
  return app
}
async function end(app: TestApp): Promise<void> {
  running.splice(running.indexOf(app), 1)
  await app.close()
}

/** Does something in the database while nobody else does. */
async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const dropReadModels = (like: string): Promise<void> =>
  inDatabase(async client => {
    const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname ~ $1', [like])
    for (const { name } of rows) await client.query(`drop schema ${name} cascade`)
  })
const everyReadModel = '^(.*_v[0-9]+(_b)?|read)$'

const health = (app: TestApp): Promise<Answer> => app.call('GET', '/health')
const untilReady = (app: TestApp): Promise<void> =>
  vi.waitFor(async () => expect((await health(app)).body).toMatchObject({ status: 'ready', missing: [], readModels: [] }), WAIT)
const preparing = (answer: Answer): unknown => [
  answer.status,
  (answer.body as { code?: string }).code,
  answer.headers['retry-after'],
]

/** As though the projector had come so far. */
const filled = (app: TestApp, percent: number): Promise<unknown> =>
  app.parts.sql.query(
    `insert into live.projections select name, $2, now() from unnest($1::text[]) as name
     on conflict (name) do update set status = excluded.status`,
    [
      app.parts.projections.map(({ name }) => name),
      JSON.stringify({ version: 1, node: 'test', state: 'rebuilding', filling: { position: percent * 10, to: 1000, rate: 1 } }),
    ],
  )

describe('a server', () => {
  let token: string

  it('on an empty database has nothing to prepare', async () => {
    const app = await start('api,projector')
    expect((await health(app)).body).toMatchObject({ setUp: false, readModels: [] })
    token = await app.setUp()
    const libraryId = randomUUID()
    for (let n = 0; n < 50; n++) {
      const film = MediaIngested({
        libraryId,
        kind: 'film',
        file: { fileId: randomUUID(), location: { rootId: randomUUID(), relative: `${n}.mkv` }, sizeBytes: 1, modifiedMs: 1 },
        media: { container: 'matroska', video: [], audio: [], subtitles: [] },
        metadata: { title: `Film ${n}` },
      })
      const events = [newEvent(film, eventTypes.get(film.type)!.version)]
      await app.parts.store.append({ streamId: `item-${randomUUID()}`, expected: 'no-stream', events })
    }
    await end(app)
  })

  it('on a log without read models says what it prepares and how far it is, and that nothing can be asked yet', async () => {
    await dropReadModels(everyReadModel)
    const app = await start('api')
    await app.parts.sql.query('truncate live.projections')
    const answer = await health(app)
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2'])
    expect(answer.body).toMatchObject({ status: 'preparing', setUp: true, percent: 0 })
    expect((answer.body as { readModels: unknown[] }).readModels).toHaveLength(app.parts.projections.length)
    expect((answer.body as { readModels: unknown[] }).readModels).toContainEqual({
      name: 'items',
      title: 'Catalogue',
      percent: 0,
    })
    expect((await app.call('GET', '/health/live')).status).toBe(204)
    expect((await app.call('GET', '/openapi.json')).status).toBe(200)

    const asked = [
      await app.call('POST', '/auth/login', { body: credentials }),
      await app.call('POST', '/auth/refresh', { body: {} }),
      await app.call('POST', '/setup', { body: { ...credentials, code: 'x'.repeat(16) } }),
      await app.call('GET', '/libraries', { token }),
      await app.call('GET', '/items', { token }),
      await app.call('GET', '/images/anything'),
      await app.call('GET', '/media/anything/file'),
    ]
    expect(asked.map(preparing)).toEqual(asked.map(() => [503, 'preparing', '2']))

    await filled(app, 43.2)
    await vi.waitFor(async () => {
      expect((await app.call('GET', '/items', { token })).body).toMatchObject({ detail: 'The library is being prepared: 43 %.' })
      expect((await health(app)).body).toMatchObject({ percent: 43 })
    }, WAIT)
    await filled(app, 100)
    await vi.waitFor(async () => expect((await health(app)).body).toMatchObject({ status: 'preparing', percent: 99 }), WAIT)

    const projector = await start('projector')
    await untilReady(app)
    expect((await health(app)).status).toBe(200)
    const { status, body } = await app.call('POST', '/auth/login', { body: credentials })
    expect(status).toBe(200)
    token = (body as { accessToken: string }).accessToken
    const films = await app.call('GET', '/items?limit=500', { token })
    expect((films.body as { items: unknown[] }).items).toHaveLength(50)
    await end(app)
    await end(projector)
  })

  it('stays ready, and serves, while all is made anew beside what serves', async () => {
    const app = await start('api,projector')
    await untilReady(app)
    await inDatabase(async client => {
      // Nothing is put in the place of anything as long as this is held.
      await client.query(`select pg_advisory_lock(hashtext('publish'))`)
      expect((await app.call('POST', '/read-models/rebuilds', { token, body: {} })).status).toBe(204)
      await vi.waitFor(async () => {
        const { body } = await app.call('GET', '/read-models', { token })
        expect((body as { readModels: { filling: unknown }[] }).readModels.filter(({ filling }) => !filling)).toEqual([])
      }, WAIT)
      expect((await health(app)).body).toMatchObject({ status: 'ready', readModels: [] })
      expect((await app.call('POST', '/auth/login', { body: credentials })).status).toBe(200)
      expect(((await app.call('GET', '/items?limit=500', { token })).body as { items: unknown[] }).items).toHaveLength(50)
    })
    await vi.waitFor(async () => {
      const { body } = await app.call('GET', '/read-models', { token })
      expect((body as { readModels: { rebuildAsked: boolean }[] }).readModels.filter(each => each.rebuildAsked)).toEqual([])
    }, WAIT)
    await end(app)
  })

  it('is ready without what the library can do without, and says so where that is asked for', async () => {
    await dropReadModels('^history_v')
    const app = await start('api')
    await vi.waitFor(async () => {
      expect((await health(app)).body).toMatchObject({ status: 'ready', readModels: [{ name: 'history', title: 'History' }] })
    }, WAIT)
    expect((await app.call('GET', '/libraries', { token })).status).toBe(200)
    const answer = await app.call('GET', '/history', { token })
    expect(preparing(answer)).toEqual([503, 'preparing', '2'])
    expect(answer.body).toMatchObject({ detail: 'This is being prepared: 0 %.' })
    await end(app)
  })

  it('is set up on a log that knows accounts as soon as it knows them too', async () => {
    await dropReadModels(everyReadModel)
    await inDatabase(client => client.query('truncate vault.credentials, vault.refresh_families'))
    const app = await start('api')
    const body = { ...credentials, name: 'Grace', code: await app.app.get(SetupCode).open() }
    expect(preparing(await app.call('POST', '/setup', { body }))).toEqual([503, 'preparing', '2'])
    expect((await health(app)).body).toMatchObject({ status: 'preparing', setUp: false })
    const projector = await start('projector')
    await untilReady(app)
    expect(await app.call('POST', '/setup', { body })).toMatchObject({ status: 201, body: { user: { name: 'Grace' } } })
    await end(app)
    await end(projector)
  })
})
