import { eventTypes } from '@projectionist/shared/events/all'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyEvent } from '../../test/any-event.js'
import { freshDatabase } from '../../test/postgres.js'
import { newEvent } from '../../test/events.js'
import { MemoryEventStore } from '../adapters/event-store/memory/memory-event-store.js'
import { EventCatalog } from '../platform/eventing/event-catalog.js'
import type { EventStore } from '../platform/eventing/event-store.js'
import type { Projection } from '../platform/eventing/projection.js'
import { dropSchema, nameOf } from '../platform/eventing/projector/projection-schema.js'
import { replay } from '../platform/eventing/projector/replay.js'
import { Writer } from '../platform/eventing/projector/writer.js'
import { Sql, type Query } from '../platform/sql/sql.js'
import { projections } from './all.js'

const rounds = Number(process.env['ROUNDS'] ?? 4)
const catalog = new EventCatalog(eventTypes)
let sql: Sql
let unreliable: UnreliableSql
let close: () => Promise<void>

beforeAll(async () => {
  const database = await freshDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  pool.on('error', () => {})
  sql = new Sql(pool)
  unreliable = new UnreliableSql(pool)
  close = async () => {
    await pool.end()
    await database.drop()
  }
})
afterAll(() => close())

/** Rows of every table, in the order of their text. */
async function rowsIn(schemaOf: SchemaOf): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const projection of projections)
    for (const table of projection.tables) {
      const rows = await sql.query<{ row: string }>(
        `select t::text as row from ${nameOf(schemaOf(projection), table)} t order by 1`,
      )
      all[`${projection.name}.${table.name}`] = rows.map(({ row }) => row)
    }
  return all
}

/** Loses transactions right before they are committed, as a crash does; each of `crashes` says so for one. */
class UnreliableSql extends Sql {
  crashes: boolean[] = []

  override transaction<T>(work: (tx: Query, client: pg.PoolClient) => Promise<T>): Promise<T> {
    return super.transaction(async (tx, client) => {
      const result = await work(tx, client)
      if (this.crashes.shift()) throw Object.assign(new Error('terminating connection'), { code: '57P01' })
      return result
    })
  }
}

type SchemaOf = (projection: Projection) => string

async function logOf(
  recorded: readonly { streamId: string; event: { type: string; data: unknown } }[],
  erased: readonly number[],
): Promise<EventStore> {
  const store = new MemoryEventStore()
  const revisions = new Map<string, number>()
  for (const [n, { streamId, event }] of recorded.entries()) {
    const revision = revisions.get(streamId) ?? -1
    revisions.set(streamId, revision + 1)
    await store.append({ streamId, expected: revision < 0 ? 'no-stream' : revision, events: [newEvent(event, eventTypes.get(event.type)!.version, new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString())] })
  }
  for (const n of erased) if (recorded[n]) await store.delete(recorded[n].streamId)
  return store
}

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '57P01') throw error
    }
  }
}

describe('every projection', () => {
  it(
    'gives the same rows for one log, however it is cut into batches, wherever it was killed, and whichever way rows are written',
    { timeout: rounds * 30_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyEvent(), { minLength: 1, maxLength: 60 }),
          fc.array(fc.nat(60), { maxLength: 2 }),
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
          fc.array(fc.boolean(), { maxLength: 30 }),
          fc.record({
            flushRows: fc.integer({ min: 1, max: 20 }),
            keepRows: fc.integer({ min: 1, max: 20 }),
            flushEvents: fc.integer({ min: 1, max: 20 }),
          }),
          async (recorded, erased, sizes, crashes, limits) => {
            const store = await logOf(recorded, erased)
            const log = await store.identity()
            const [straight, cut, batches] = ['straight', 'cut', 'batches'].map(
              way =>
                ({ name }: Projection) =>
                  `${way}_${name}`,
            ) as [SchemaOf, SchemaOf, SchemaOf]
            for (const projection of projections)
              for (const schemaOf of [straight, cut, batches]) await dropSchema(sql, schemaOf(projection))

            const { faults } = await replay(projections, { sql, store, catalog }, { schemaOf: straight })
            expect([...faults.values()]).toEqual([])
            const expected = await rowsIn(straight)

            unreliable.crashes = [...crashes]
            let to = 0
            for (const size of [...sizes, recorded.length]) {
              to += size
              await untilDone(async () => {
                const done = await replay(projections, { sql: unreliable, store, catalog }, { schemaOf: cut, to, limits })
                expect([...done.faults.values()]).toEqual([])
              })
            }
            expect(await rowsIn(cut)).toEqual(expected)

            for (const projection of projections) {
              unreliable.crashes = [...crashes]
              const turns = sizes.values()
              await untilDone(async () => {
                const writer = await Writer.open(projection, batches(projection), log, { sql: unreliable, catalog })
                const pageSize = turns.next().value ?? sizes[0]!
                for await (const batch of store.readAll({ from: writer.position, pageSize })) await writer.write(batch)
              })
            }
            expect(await rowsIn(batches)).toEqual(expected)
          },
        ),
        { numRuns: rounds },
      )
    },
  )
})
