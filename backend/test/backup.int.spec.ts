import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandBus } from '@nestjs/cqrs'
import { ScanCompleted, ScanStarted } from '@projectionist/shared/events/scan'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUpFilm, toAppend } from '../bench/support/made-up-media.js'
import { MemoryEventStore } from '../src/adapters/event-store/memory/memory-event-store.js'
import { readConfig } from '../src/config.js'
import { startEmbeddedPostgres } from '../src/embedded/postgres.js'
import { buildHttpServer } from '../src/http-server.js'
import { openParts, type Parts } from '../src/parts.js'
import { backUp, type BackupOptions } from '../src/platform/backup/back-up.js'
import { openBackup } from '../src/platform/backup/manifest.js'
import { logLines, opened, verifyBackup } from '../src/platform/backup/read-backup.js'
import { restore } from '../src/platform/backup/restore.js'
import { linesOf as linesIn } from '../src/platform/backup/stored-files.js'
import type { Command } from '../src/platform/eventing/decider.js'
import type { EventStore } from '../src/platform/eventing/event-store.js'
import { Announcer } from '../src/platform/eventing/projector/announcer.js'
import { Projector } from '../src/platform/eventing/projector/projector.js'
import { Health } from '../src/platform/http/health.js'
import { openDataSource, poolOf } from '../src/platform/sql/data-source.js'
import { Listener } from '../src/platform/sql/listener.js'
import { Sql } from '../src/platform/sql/sql.js'
import { entities, projections } from '../src/slices/all.js'
import { MarkWatched, RateItem } from '../src/slices/playback/playback.js'
import { BeginTranscode, EndTranscode } from '../src/slices/transcoding/transcode.js'
import { makeLogger } from '../src/platform/telemetry/logger.js'
import { startApp, type TestApp } from './app.js'
import { freshDatabase } from './postgres.js'
import { readModelHashes } from './read-models.js'
import { redisUrl } from './redis.js'

/** Read models that let go of an erased person, or know of none: a log that never held them gives the same rows. */
const compared = projections.filter(
  ({ tables, when }) =>
    !tables.some(({ columns }) => 'user_id' in columns) ||
    when.some(({ kind, type }) => kind === 'sweep' && /^(UserErased|ErasureCompleted)$/.test(type)) ||
    tables.some(({ name }) => name === 'erasures'),
)
const noPassphrase = (): Promise<string> => Promise.reject(new Error('asked for a passphrase'))
const forever = new AbortController().signal
const clock = { deviceSequence: 1, deviceTime: '2026-01-01T20:00:00.000Z', clockOffsetMs: 0 }
const attribution = (userId: string) => {
  const commandId = randomUUID()
  return {
    commandId,
    actor: { kind: 'user', userId, deviceId: 'sofa-device' } as const,
    reason: 'test',
    correlationId: commandId,
    causationId: commandId,
  }
}

describe('backup and restore', () => {
  let app: TestApp
  let admin: string
  let folder: string
  const closing: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'projectionist-backup-'))
    app = await startApp('api,projector')
    admin = await app.setUp()
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
    await app.close()
    await rm(folder, { recursive: true })
  })

  const run = (command: Command) => app.app.get(CommandBus).execute<Command, { position: number }>(command)
  const kept = () => ({ store: app.parts.store, sql: app.parts.sql, blobs: join(app.home, 'blobs') })
  const options = (name: string, more: Partial<BackupOptions> = {}): BackupOptions => ({
    folder: join(folder, name),
    program: 'test',
    now: () => new Date(),
    signal: forever,
    ...more,
  })
  const backup = (name = 'backup') => opened(join(folder, name), noPassphrase)
  const linesOf = async (name = 'backup') => {
    const { manifest, secret } = await backup(name)
    const lines: string[] = []
    for await (const some of logLines(join(folder, name), manifest, secret)) lines.push(...some)
    return lines
  }
  const logOf = async (store: EventStore) => {
    const events: string[] = []
    for await (const batch of store.readAll())
      events.push(...batch.events.map(({ id, streamId, revision }) => `${streamId} ${revision} ${id}`))
    return events
  }

  async function person(name: string): Promise<string> {
    const { body } = await app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple' } })
    await app.call('POST', '/auth/login', {
      body: { name, password: 'battery staple', device: { id: `${name}-device`, name: `${name}’s telly` } },
    })
    return (body as { id: string }).id
  }
  async function watch(userId: string, films: number): Promise<void> {
    for (let n = 0; n < films; n++) {
      const { itemId } = madeUpFilm(n)
      await run(new MarkWatched({ userId, itemId, watched: true, ...clock }, attribution(userId)))
      await run(new RateItem({ userId, itemId, rating: 1 + (n % 10), ...clock }, attribution(userId)))
    }
    const sessionId = randomUUID()
    const facts = {
      itemId: madeUpFilm(0).itemId,
      fileId: randomUUID(),
      userId,
      method: 'transcode' as const,
      reasons: [],
      video: '',
      audio: '',
    }
    await run(new BeginTranscode({ sessionId, ...facts }, attribution(userId)))
    await run(new EndTranscode({ sessionId, cause: 'stopped', segments: 3 }, attribution(userId)))
  }
  async function library(films: number): Promise<void> {
    const place = join(app.home, 'films')
    await mkdir(place, { recursive: true })
    await app.call('POST', '/libraries', { token: admin, body: { name: 'Films', kind: 'films', folders: [place] } })
    const scan = `scan-${randomUUID()}`
    const append = (streamId: string, ...events: Parameters<typeof toAppend>[0][]) => ({
      streamId,
      expected: 'no-stream' as const,
      events: events.map((event, n) => toAppend(event, `${streamId} ${n}`)),
    })
    await app.parts.store.appendMany([
      append(
        scan,
        ScanStarted({ libraryId: randomUUID(), cause: 'requested' }),
        ScanCompleted({ found: films, added: films, changed: 0, moved: 0, removed: 0, failed: 0 }),
      ),
      ...Array.from({ length: films }, (_, n) => madeUpFilm(n)).map(({ itemId, event }) => append(`item-${itemId}`, event)),
    ])
    await mkdir(join(app.home, 'blobs/ab'), { recursive: true })
    await writeFile(join(app.home, 'blobs/ab/poster'), 'a poster of one’s own')
  }
  async function erase(userId: string): Promise<void> {
    await app.call('POST', `/users/${userId}/erasure`, { token: admin })
    await expect
      .poll(async () => (await app.parts.store.read(`erasure-${userId}`)).at(-1)?.type, { timeout: 20_000, interval: 20 })
      .toBe('ErasureCompleted')
  }
  async function caughtUp({ store, announcer }: Pick<Parts, 'store' | 'announcer'>): Promise<void> {
    expect(
      await announcer.waitFor(
        projections.map(({ name }) => name),
        await store.head(),
        30_000,
      ),
    ).toBe(true)
  }

  it('takes what is written meanwhile, and what is new the next time', async () => {
    await library(1100)
    const [bob, eve] = [await person('Bob'), await person('Evangeline')]
    await watch(bob, 10)
    await watch(eve, 10)
    const writing = new AbortController()
    const writer = (async () => {
      for (let n = 0; !writing.signal.aborted; n++)
        await run(new RateItem({ userId: bob, itemId: randomUUID(), rating: 1 + (n % 10), ...clock }, attribution(bob)))
    })()
    const people = (async () => {
      for (let n = 0; n < 2; n++) await person(`Guest ${n}`)
    })()
    const first = await backUp(kept(), options('backup'))
    await people
    writing.abort()
    await writer
    expect(first.manifest.log.events).toBeGreaterThan(1140)
    await verifyBackup(join(folder, 'backup'), await backup())
    // Whoever has an account in it can sign in with it, and nobody else.
    const inLog = (await linesOf()).filter(line => line.includes('"type":"UserAdded"')).length
    expect(first.manifest.vault.tables['credentials']!.rows).toBeGreaterThanOrEqual(inLog)
    const { manifest, added } = await backUp(kept(), options('backup'))
    expect(manifest.log.events).toBe(first.manifest.log.events + added)
    expect((await linesOf()).map(line => (JSON.parse(line) as { id: string }).id)).toEqual(
      (await logOf(app.parts.store)).map(told => told.split(' ')[2]),
    )
    await verifyBackup(join(folder, 'backup'), await backup())
    expect((await backUp(kept(), options('backup'))).added).toBe(0)
  })

  it('lets go of an erased person the next time, and leaves no file behind that has something of them', async () => {
    const dan = await person('Dan')
    await watch(dan, 5)
    await backUp(kept(), options('backup'))
    expect((await linesOf()).filter(line => line.includes(dan)).length).toBe(14)
    await erase(dan)
    await backUp(kept(), options('backup'))
    expect((await linesOf()).filter(line => line.includes(dan)).map(line => (JSON.parse(line) as { type: string }).type)).toEqual(
      ['UserErased', 'ErasureCompleted'],
    )
    const { manifest } = await backup()
    const named = [...manifest.log.parts, manifest.vault, manifest.blobs].map(({ file }) => file)
    const lying = [
      ...(await readdir(join(folder, 'backup'))).filter(name => !['log', 'blobs', 'manifest.json'].includes(name)),
      ...(await readdir(join(folder, 'backup/log'))).map(name => `log/${name}`),
    ]
    expect(lying.toSorted()).toEqual(named.toSorted())
    expect(await logOf(app.parts.store)).toEqual(
      (await linesOf())
        .map(line => JSON.parse(line) as { streamId: string; revision: number; id: string })
        .map(({ streamId, revision, id }) => `${streamId} ${revision} ${id}`),
    )
  })

  it('never holds an erased person whose deletion crossed it', async () => {
    const fay = await person('Fay')
    await watch(fay, 5)
    // The erasure happens while the log is being read: the page with Fay's events was read before.
    let crossed = false
    const crossing: EventStore = new Proxy(app.parts.store, {
      get(target, name) {
        if (name !== 'readAll') {
          const value = Reflect.get(target, name) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        }
        return async function* (reading: object) {
          for await (const batch of target.readAll(reading)) {
            if (!crossed && batch.caughtUp) {
              crossed = true
              await erase(fay)
            }
            yield batch
          }
        }
      },
    })
    await backUp({ ...kept(), store: crossing }, options('crossed'))
    expect(crossed).toBe(true)
    expect((await linesOf('crossed')).filter(line => line.includes(fay) && !line.startsWith('{"streamId":"erasure-'))).toEqual([])
    expect((await readFile(join(folder, 'crossed/manifest.json'), 'utf8')).includes(fay)).toBe(false)
  })

  it('cut off at any moment, leaves the backup before as it was', async () => {
    const before = await readFile(join(folder, 'backup/manifest.json'), 'utf8')
    await watch(await person('Gus'), 10)
    // At each thing that is asked of the store, in turn: identity, head, the log, what touched the vault.
    for (let at = 1; at <= 4; at++) {
      const stop = new AbortController()
      let asked = 0
      const stopping: EventStore = new Proxy(app.parts.store, {
        get(target, name) {
          if (['identity', 'head', 'readAll'].includes(String(name)) && ++asked === at) stop.abort()
          const value = Reflect.get(target, name) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
      await expect(
        backUp({ ...kept(), store: stopping }, options('backup', { signal: stop.signal })),
        `cut off at ${at}`,
      ).rejects.toThrow(/abort/i)
      expect(await readFile(join(folder, 'backup/manifest.json'), 'utf8')).toBe(before)
    }
    await verifyBackup(join(folder, 'backup'), await backup())
    const stopped = new AbortController()
    await expect(backUp(kept(), options('new', { signal: stopped.signal, progress: () => stopped.abort() }))).rejects.toThrow(
      /abort/i,
    )
    await expect(openBackup(join(folder, 'new'), noPassphrase)).resolves.toBeUndefined()
    await backUp(kept(), options('backup'))
    await verifyBackup(join(folder, 'backup'), await backup())
  })

  it('tells a damaged file, a missing one, and a wrong passphrase', async () => {
    await backUp(kept(), options('sealed', { passphrase: () => Promise.resolve('correct horse') }))
    const sealed = join(folder, 'sealed')
    await expect(openBackup(sealed, () => Promise.resolve('correct house'))).rejects.toThrow('not the passphrase')
    await expect(backUp(kept(), options('sealed'))).rejects.toThrow('is sealed')
    const { manifest, secret } = await opened(sealed, () => Promise.resolve('correct horse'))
    await verifyBackup(sealed, { manifest, secret })
    const bytes = await readFile(join(sealed, manifest.log.parts[0]!.file))
    expect(bytes.subarray(0, 4).toString()).toBe('PJB1')
    await writeFile(join(sealed, manifest.log.parts[0]!.file), bytes.subarray(0, -10))
    await expect(verifyBackup(sealed, { manifest, secret })).rejects.toThrow('damaged')
    await rm(join(sealed, manifest.log.parts[0]!.file))
    await expect(verifyBackup(sealed, { manifest, secret })).rejects.toThrow('missing')
    await expect(openBackup(folder, noPassphrase)).resolves.toBeUndefined()
    await expect(opened(folder, noPassphrase)).rejects.toThrow('There is no backup in')
  })

  it('comes back on an empty machine: every read model the same, people sign in, the erased are nowhere', async () => {
    const eve = (await app.call('GET', '/users', { token: admin })).body.users.find(
      ({ name }: { name: string }) => name === 'Evangeline',
    ).id as string
    await erase(eve)
    await backUp(kept(), options('backup'))
    await caughtUp(app.parts)
    const source = await readModelHashes(app.parts.sql, app.parts.store, compared)

    const home = await mkdtemp(join(tmpdir(), 'projectionist-new-'))
    const postgres = await startEmbeddedPostgres({
      home,
      log: { info: () => undefined, warn: console.warn },
      settings: { fsync: 'off' },
    })
    closing.push(
      () => rm(home, { recursive: true, force: true }),
      () => postgres.stop(),
    )
    const config = readConfig(
      { PROJECTIONIST_HOME: home, PROJECTIONIST_ROLES: 'api,projector', LOG_LEVEL: 'fatal', PATH: process.env['PATH'] },
      () => 'restored',
    )
    const data = await openDataSource(postgres.url, 4, entities)
    const listener = new Listener({ connectionString: postgres.url })
    const { PostgresEventStore } = await import('../src/adapters/event-store/postgres/postgres-event-store.js')
    const store = new PostgresEventStore(poolOf(data), listener)
    await store.prepare()
    const place = { store, sql: new Sql(poolOf(data)), blobs: join(home, 'blobs') }
    const backedUp = await backup()
    const into = { folder: join(folder, 'backup'), catalog: app.parts.catalog, signal: forever }

    // Cut off, it is not taken for whole, and goes on.
    const stop = new AbortController()
    await expect(restore(place, backedUp, { ...into, signal: stop.signal, progress: () => stop.abort() })).rejects.toThrow(
      /abort/i,
    )
    const halfway = (await logOf(store)).length
    expect(halfway).toBeGreaterThanOrEqual(1000)
    expect(halfway).toBeLessThan(backedUp.manifest.log.events)
    await expect(
      openParts(config, { databaseUrl: postgres.url, redisUrl: await redisUrl() }, makeLogger('fatal')),
    ).rejects.toThrow('A restore into this place was begun')
    expect(await restore(place, backedUp, into)).toEqual({ events: backedUp.manifest.log.events, dropped: 0 })
    await expect(restore(place, backedUp, into)).rejects.toThrow('There is something here already')
    await store.close()
    await listener.close()
    await data.destroy()

    const parts = await openParts(config, { databaseUrl: postgres.url, redisUrl: await redisUrl() }, makeLogger('fatal'))
    const restored = await buildHttpServer(parts, new Health())
    await restored.init()
    await restored.getHttpAdapter().getInstance().ready()
    parts.projector.start()
    closing.push(async () => {
      await restored.close()
      await parts.close()
    })
    await caughtUp(parts)
    expect(await readModelHashes(parts.sql, parts.store, compared)).toEqual(source)
    expect(await logOf(parts.store)).toEqual(await logOf(app.parts.store))
    expect(await readFile(join(home, 'blobs/ab/poster'), 'utf8')).toBe('a poster of one’s own')
    const logIn = (name: string, password: string) =>
      restored.inject({
        method: 'POST',
        url: '/api/auth/login',
        payload: { name, password, tokens: 'body', device: { id: 'new-device', name: 'New' } },
      })
    expect((await logIn('Ada', 'correct horse')).statusCode).toBe(200)
    expect((await logIn('bob', 'battery staple')).json()).toMatchObject({ user: { name: 'Bob', role: 'member' } })
    expect((await logIn('Evangeline', 'battery staple')).statusCode).toBe(401)
    // An id that nobody goes by any more is all there is of Evangeline, and that only where the erasure itself is told.
    const naming = async (text: string) => {
      const tables = await parts.sql.query<{ name: string }>(
        `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
      )
      const found = await Promise.all(
        tables.map(async ({ name }) =>
          (await parts.sql.query(`select from ${name} t where t::text like $1 limit 1`, [`%${text}%`])).length > 0 ? [name] : [],
        ),
      )
      return found.flat()
    }
    expect((await naming(eve)).filter(name => !/^(erasures_v|history_v|log\.)/.test(name))).toEqual([])
    expect(await naming('Evangeline')).toEqual([])
    const vault: string[] = []
    for await (const lines of linesIn(join(folder, 'backup'), backedUp.manifest.vault, undefined)) vault.push(...lines)
    expect(
      [...vault, ...(await linesOf())].filter(
        line => line.includes('Evangeline') || (line.includes(eve) && !line.startsWith(`{"streamId":"erasure-${eve}"`)),
      ),
    ).toEqual([])
    const old = await app.call('GET', '/me', { token: admin })
    expect(
      (await restored.inject({ method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${admin}` } })).json(),
    ).toEqual(old.body)
  })

  it('comes back in another kind of store with the same read models', async () => {
    const backedUp = await backup()
    const database = await freshDatabase()
    const data = await openDataSource(database.url, 4, entities)
    const sql = new Sql(poolOf(data))
    const store = new MemoryEventStore()
    await restore({ store, sql, blobs: join(folder, 'other-blobs') }, backedUp, {
      folder: join(folder, 'backup'),
      catalog: app.parts.catalog,
      signal: forever,
    })
    const listener = new Listener({ connectionString: database.url })
    const announcer = new Announcer(sql, listener, 'memory')
    const projector = new Projector(
      projections,
      { sql, store, catalog: app.parts.catalog, announcer, log: pino({ level: 'silent' }) },
      'memory',
    )
    await projector.prepare()
    projector.start()
    closing.push(async () => {
      await projector.stop()
      announcer.close()
      await listener.close()
      await data.destroy()
      await database.drop()
    })
    await caughtUp({ store, announcer })
    await caughtUp(app.parts)
    const source = await readModelHashes(app.parts.sql, app.parts.store, compared)
    expect(await readModelHashes(sql, store, compared)).toEqual(source)
    // And from there into a backup that holds the very same events.
    const { manifest } = await backUp({ store, sql, blobs: join(folder, 'other-blobs') }, options('again'))
    expect(await linesOf('again')).toEqual(await linesOf())
    expect(manifest.vault.tables).toEqual(backedUp.manifest.vault.tables)
    const erased = (await linesOf()).find(line => line.includes('"type":"UserErased"'))!
    const { userId } = (JSON.parse(erased) as { data: { userId: string } }).data
    expect(
      await store.append({
        streamId: `user-${userId}`,
        expected: 'no-stream',
        events: [toAppend({ type: 'UserEnabled', data: {} }, 'again')],
      }),
    ).toEqual({ outcome: 'deleted' })
  })
})
