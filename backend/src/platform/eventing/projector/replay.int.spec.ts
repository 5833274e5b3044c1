import { randomUUID } from 'node:crypto'
import { eventTypes } from '@projectionist/shared/events/all'
import { LibraryAdded, LibraryRemoved, LibraryRenamed } from '@projectionist/shared/events/library'
import type { EventOf } from '@projectionist/shared/events/event'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../../../test/postgres.js'
import { MemoryEventStore } from '../../../adapters/event-store/memory/memory-event-store.js'
import { Sql } from '../../sql/sql.js'
import { EventCatalog } from '../event-catalog.js'
import type { Batch, ReadAllOptions } from '../event-store.js'
import { fold, projection, subjectOf, sweep, table, type Projection } from '../projection.js'
import { PoisonEvent } from './rows.js'
import { publish } from './publication.js'
import { replay } from './replay.js'
import { CannotVerify, verify } from './verify.js'

const libraries = table('libraries', { id: 'uuid', name: 'text', renamed: 'int' }, { key: ['id'], indexes: ['(name)'] })

const named = (name: string, poison?: string): Projection =>
  projection({
    name,
    version: 1,
    tables: [libraries],
    when: [
      fold(
        LibraryAdded,
        libraries,
        event => [subjectOf(event)],
        (_, event) => ({ id: subjectOf(event), name: event.data.name, renamed: 0 }),
      ),
      fold(
        LibraryRenamed,
        libraries,
        event => [subjectOf(event)],
        (row, { data }) => {
          if (data.name === poison) throw new Error('that is poison')
          return row && { ...row, name: data.name, renamed: row.renamed + 1 }
        },
      ),
      sweep(LibraryRemoved, libraries, 'id', subjectOf),
    ],
    views: { [name]: 'select * from {schema}.libraries' },
  })

const catalog = new EventCatalog(eventTypes)
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function database(): Promise<Sql> {
  const { url, drop } = await freshDatabase()
  const pool = new pg.Pool({ connectionString: url, max: 5 })
  pool.on('error', () => {})
  closing.push(drop, () => pool.end())
  return new Sql(pool)
}

/** A store that counts how often it was read from the start to the end. */
class CountingStore extends MemoryEventStore {
  readonly reads: ReadAllOptions[] = []

  override readAll(options: ReadAllOptions = {}): AsyncGenerator<Batch> {
    this.reads.push(options)
    return super.readAll(options)
  }
}

const ids = Array.from({ length: 30 }, (_, n) => `0a0a0a0a-0000-4000-8000-0000000000${String(n + 10)}`)

async function append(store: MemoryEventStore, id: string, ...events: EventOf[]): Promise<void> {
  const revision = (await store.read(`library-${id}`)).at(-1)?.revision
  const meta = {
    version: 1,
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
    actor: { kind: 'process', name: 't' } as const,
    reason: 't',
    time: '2026-01-01T00:00:00.000Z',
  }
  await store.append({
    streamId: `library-${id}`,
    expected: revision ?? 'no-stream',
    events: events.map(event => ({ ...event, id: randomUUID(), metadata: meta })),
  })
}

async function filled(): Promise<CountingStore> {
  const store = new CountingStore()
  for (const [n, id] of ids.entries()) await append(store, id, LibraryAdded({ name: `Library ${n}`, kind: 'films', roots: [] }))
  for (const id of ids)
    await append(store, id, LibraryRenamed({ name: 'tab\there \\N' }), LibraryRenamed({ name: `Renamed ${id.slice(-2)}` }))
  await append(store, ids[0]!, LibraryRemoved({}))
  await append(store, ids[1]!, LibraryRenamed({ name: 'last' }))
  return store
}

const schemaOf = ({ name }: Projection): string => `scratch_${name}`
const shown = (sql: Sql, schema: string) =>
  sql.query<{ id: string; name: string; renamed: number }>(`select * from ${schema}.libraries order by id`)

describe('replay', () => {
  it('fills any number of projections with one reading of the log, indexes and all', async () => {
    const [sql, store] = [await database(), await filled()]
    const seen: number[] = []
    const done = await replay(
      [named('one'), named('two')],
      { sql, store, catalog },
      { schemaOf, onProgress: ({ events }) => seen.push(events) },
    )
    expect(done).toEqual({ position: 92, complete: true, faults: new Map() })
    expect(store.reads).toHaveLength(1)
    expect(seen.at(-1)).toBe(92)
    const rows = await shown(sql, 'scratch_one')
    expect(rows).toHaveLength(29)
    expect(rows[0]).toEqual({ id: ids[1], name: 'last', renamed: 3 })
    expect(await shown(sql, 'scratch_two')).toEqual(rows)
    const indexes = await sql.query<{ indexname: string }>(
      `select indexname from pg_indexes where schemaname = 'scratch_one' and tablename = 'libraries' order by 1`,
    )
    expect(indexes.map(({ indexname }) => indexname)).toEqual(['libraries_1', 'libraries_pkey'])
    expect(await sql.query('select position, ready from scratch_one.checkpoint')).toEqual([{ position: 92, ready: true }])
  })

  it('stops at the position asked for, and goes on from there', async () => {
    const [sql, store] = [await database(), await filled()]
    await replay([named('one')], { sql, store, catalog }, { schemaOf, to: 30 })
    expect((await shown(sql, 'scratch_one')).map(({ renamed }) => renamed)).toEqual(Array.from({ length: 30 }, () => 0))
    await replay([named('one')], { sql, store, catalog }, { schemaOf })
    expect(store.reads.map(({ from, to }) => [from, to])).toEqual([
      [0, 30],
      [30, 92],
    ])
    expect(await shown(sql, 'scratch_one')).toHaveLength(29)
  })

  it('keeps what it has when it is told to stop', async () => {
    const [sql, store] = [await database(), await filled()]
    const stop = new AbortController()
    const limits = { flushRows: 7, keepRows: 4, flushEvents: 1000 }
    const done = await replay(
      [named('one')],
      { sql, store, catalog },
      { schemaOf, limits, signal: stop.signal, onProgress: () => stop.abort() },
    )
    expect(done.complete).toBe(false)
    const [{ position, ready }] = (await sql.query<{ position: number; ready: boolean }>(
      'select position, ready from scratch_one.checkpoint',
    )) as [{ position: number; ready: boolean }]
    expect([position, ready]).toEqual([done.position, false])
  })

  it('leaves one behind that cannot take an event, and says which', async () => {
    const [sql, store] = [await database(), await filled()]
    const poisoned = named('two', 'last')
    const { faults } = await replay([named('one'), poisoned], { sql, store, catalog }, { schemaOf })
    expect([...faults.keys()]).toEqual([poisoned])
    const fault = faults.get(poisoned)
    expect(fault).toBeInstanceOf(PoisonEvent)
    expect((fault as PoisonEvent).event.position).toBe(92)
    expect(await shown(sql, 'scratch_one')).toHaveLength(29)
  })

  it('throws away what came from another log', async () => {
    const [sql, store, other] = [await database(), await filled(), new MemoryEventStore()]
    await replay([named('one')], { sql, store, catalog }, { schemaOf })
    await append(other, ids[5]!, LibraryAdded({ name: 'Other', kind: 'films', roots: [] }))
    await replay([named('one')], { sql, store: other, catalog }, { schemaOf })
    expect(await shown(sql, 'scratch_one')).toEqual([{ id: ids[5], name: 'Other', renamed: 0 }])
  })
})

describe('verify', () => {
  const serving = ({ name }: Projection): string => `${name}_v1`

  async function served(): Promise<{ sql: Sql; store: MemoryEventStore; one: Projection }> {
    const [sql, store, one] = [await database(), await filled(), named('one')]
    await replay([one], { sql, store, catalog }, { schemaOf: serving })
    await publish(sql, one, 'one_v1')
    return { sql, store, one }
  }

  it('finds equal what the log makes, also when the log has gone on since', async () => {
    const { sql, store, one } = await served()
    await append(store, ids[2]!, LibraryRenamed({ name: 'later' }))
    expect(await verify([one], { sql, store, catalog })).toEqual([
      { projection: 'one', position: 92, rows: { libraries: 29 }, differences: [], differing: 0 },
    ])
    expect(await sql.query(`select from pg_namespace where nspname like 'verify%'`)).toEqual([])
  })

  it('names every difference: what is missing, what is too much, what is otherwise and in which column', async () => {
    const { sql, store, one } = await served()
    const surplus = randomUUID().replace(/^./, 'f')
    await sql.query(`delete from one_v1.libraries where id = $1`, [ids[2]])
    await sql.query(`update one_v1.libraries set name = 'wrong', renamed = 9 where id = $1`, [ids[3]])
    await sql.query(`insert into one_v1.libraries values ($1, 'nobody', 0)`, [surplus])
    const [found] = await verify([one], { sql, store, catalog })
    expect(found!.differing).toBe(3)
    expect(found!.differences).toEqual([
      { table: 'libraries', key: { id: ids[2] }, kind: 'missing', columns: [] },
      { table: 'libraries', key: { id: ids[3] }, kind: 'different', columns: ['name', 'renamed'] },
      { table: 'libraries', key: { id: surplus }, kind: 'surplus', columns: [] },
    ])
  })

  it('says so where there is nothing to compare', async () => {
    const [sql, store] = [await database(), await filled()]
    await expect(verify([named('one')], { sql, store, catalog })).rejects.toThrow(CannotVerify)
  })
})
