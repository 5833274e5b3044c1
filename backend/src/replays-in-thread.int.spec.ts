import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import { LibraryRenamed } from '@projectionist/shared/events/library'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUpLog } from '../bench/support/made-up-log.js'
import { benchLibrary, toAppend } from '../bench/support/made-up-media.js'
import { freshDatabase } from '../test/postgres.js'
import { PostgresEventStore } from './adapters/event-store/postgres/postgres-event-store.js'
import { EventCatalog } from './platform/eventing/event-catalog.js'
import { StoreUnavailable } from './platform/eventing/event-store.js'
import type { Projection } from './platform/eventing/projection.js'
import { nameOf } from './platform/eventing/projector/projection-schema.js'
import { ReplaysHere, type ReplayParts } from './platform/eventing/projector/replay.js'
import { Listener } from './platform/sql/listener.js'
import { Sql } from './platform/sql/sql.js'
import { ReplaysInThread } from './replays-in-thread.js'
import { projections } from './slices/all.js'
import { itemsProjection } from './slices/catalog/items.projection.js'
import { librariesProjection } from './slices/libraries/libraries.projection.js'

let parts: ReplayParts
let store: PostgresEventStore
let databaseUrl: string
const closing: (() => Promise<unknown>)[] = []
const into = (prefix: string) => ({ name }: Projection) => `${prefix}_${name}`

beforeAll(async () => {
  const { url, drop } = await freshDatabase()
  databaseUrl = url
  const pool = new pg.Pool({ connectionString: url, max: 5 })
  pool.on('error', () => {})
  const listener = new Listener({ connectionString: url })
  store = new PostgresEventStore(pool, listener)
  closing.push(drop, () => pool.end(), () => listener.close(), () => store.close())
  await store.prepare()
  for (const appends of madeUpLog(1000)) await store.appendMany(appends)
  parts = { sql: new Sql(pool), store, catalog: new EventCatalog(eventTypes) }
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

const inThread = (place: { databaseUrl?: string; shortEvents?: number } = {}) =>
  new ReplaysInThread(parts, { databaseUrl, eventStore: 'postgres:', shortEvents: 100, ...place })

/** The rows of every table of all read models, as text. */
async function rowsIn(prefix: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const projection of projections)
    for (const table of projection.tables) {
      const [row] = await parts.sql.query<{ hash: string; n: number }>(
        `select count(*) as n, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as hash from ${nameOf(into(prefix)(projection), table)} t`,
      )
      found[`${projection.name} ${table.name}`] = `${row!.n} rows, ${row!.hash}`
    }
  return found
}

describe('replays in a thread', () => {
  it('make the rows that a replay here makes, and say how far they are', async () => {
    const seen: number[] = []
    const done = await inThread().run(projections, { schemaOf: into('thread'), onProgress: ({ events }) => seen.push(events) })
    expect(done).toEqual({ position: await store.head(), complete: true, faults: new Map() })
    expect(seen.at(-1)).toBe(await store.head())
    await new ReplaysHere(parts).run(projections, { schemaOf: into('here') })
    expect(await rowsIn('thread')).toEqual(await rowsIn('here'))
  })

  it('end where each is to end', async () => {
    await inThread().run([itemsProjection, librariesProjection], { schemaOf: into('ends'), to: ({ name }) => (name === 'items' ? 900 : 500) })
    const positions = await Promise.all(['items', 'libraries'].map(name => parts.sql.query(`select position from ends_${name}.checkpoint`)))
    expect(positions.flat()).toEqual([{ position: 900 }, { position: 500 }])
  })

  it('stop when they are told to, and are gone on with', async () => {
    const stop = new AbortController()
    const stopped = await inThread().run([itemsProjection], { schemaOf: into('stopped'), signal: stop.signal, onProgress: () => stop.abort() })
    expect(stopped.complete).toBe(false)
    const gone = await inThread().run([itemsProjection], { schemaOf: into('stopped') })
    expect(gone).toMatchObject({ complete: true, position: await store.head() })
    const threads = await parts.sql.query(`select from pg_stat_activity where application_name = 'projectionist replay' and datname = current_database()`)
    expect(threads).toEqual([])
  })

  it('fail as the database does, so that they are tried again', async () => {
    const away = inThread({ databaseUrl: 'postgres://nobody@127.0.0.1:9/nothing' })
    await expect(away.run([itemsProjection], { schemaOf: into('away') })).rejects.toThrow(StoreUnavailable)
  })

  it('happen here when the log is short', async () => {
    const here = inThread({ databaseUrl: 'postgres://nobody@127.0.0.1:9/nothing', shortEvents: 100_000 })
    expect(await here.run([librariesProjection], { schemaOf: into('short') })).toMatchObject({ complete: true })
  })

  it('name the read model that cannot go on, and go on with the others', async () => {
    const renamed = toAppend(LibraryRenamed({ name: 'New' }), randomUUID())
    const fromTheFuture = { ...renamed, metadata: { ...renamed.metadata, version: 99 } }
    await store.append({ streamId: `library-${benchLibrary}`, expected: 0, events: [fromTheFuture] })
    const { faults } = await inThread().run([itemsProjection, librariesProjection], { schemaOf: into('faulty') })
    expect([...faults.keys()]).toContain(librariesProjection)
    expect(faults.get(librariesProjection)!.message).toMatch(/LibraryRenamed/)
  })
})
