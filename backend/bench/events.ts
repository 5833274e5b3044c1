import { eventTypes } from '@projectionist/shared/events/all'
import { PlaybackProgressed } from '@projectionist/shared/events/playback'
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { PostgresEventStore } from '../src/adapters/event-store/postgres/postgres-event-store.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import { CommandRunner } from '../src/platform/eventing/command-runner.js'
import { Announcer } from '../src/platform/eventing/projector/announcer.js'
import { Projector } from '../src/platform/eventing/projector/projector.js'
import { Listener } from '../src/platform/sql/listener.js'
import { Sql } from '../src/platform/sql/sql.js'
import { playback, RateItem } from '../src/slices/playback/playback.js'
import { watchStateProjection } from '../src/slices/playback/watch-state.projection.js'
import { madeUpFilm, toAppend } from './support/made-up-media.js'
import { whenAlone } from './support/alone.js'
import { openPlace, type Place } from './support/place.js'
import { count, ms, percentile, printTable } from './support/table.js'

/** Appends, and how long a command takes to be a row. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  const listener = new Listener({ connectionString: place.databaseUrl })
  const store = new PostgresEventStore(place.pool, listener)
  try {
    await place.pool.query('create schema live; create table live.leases (name text primary key, owner text not null, until timestamptz not null)')
    await store.prepare()
    const films = full ? 1_000_000 : 100_000
    printTable('Append to the PostgreSQL event store', ['', 'events/s', 'p50 ms', 'p99 ms'], [
      await one(store, 1, 2000),
      await one(store, 32, 20_000),
      await many(store, films),
    ])
    printTable('From a command to its row', ['', 'p50 ms', 'p99 ms'], await toRow(place, store, listener))
  } finally {
    await store.close()
    await listener.close()
    await place.remove()
  }
}

const progress = (positionMs: number) =>
  PlaybackProgressed({
    playId: '00000000-0000-4000-8000-000000000000', positionMs, durationMs: 7_200_000, cause: 'minute', deviceSequence: 1,
    deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0,
  })

async function one(store: PostgresEventStore, callers: number, total: number): Promise<string[]> {
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const streamId = `playback-${randomUUID()}.${randomUUID()}`
      for (let n = 0; n < total / callers; n++) {
        const before = performance.now()
        await store.append({ streamId, expected: n === 0 ? 'no-stream' : n - 1, events: [toAppend(progress(n), randomUUID())] })
        times.push(performance.now() - before)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  return [`one event a call, ${callers} ${callers === 1 ? 'caller' : 'callers'}`, count(times.length / seconds), ms(percentile(times, 0.5)), ms(percentile(times, 0.99))]
}

async function many(store: PostgresEventStore, films: number): Promise<string[]> {
  const times: number[] = []
  let spent = 0
  for (let n = 0; n < films; n += 1000) {
    const appends = Array.from({ length: Math.min(1000, films - n) }, (_, index) => {
      const { itemId, event } = madeUpFilm(n + index)
      return { streamId: `item-${itemId}`, expected: 'no-stream' as const, events: [toAppend(event, `film ${n + index}`)] }
    })
    const before = performance.now()
    await store.appendMany(appends)
    times.push(performance.now() - before)
    spent += times.at(-1)!
  }
  return ['`appendMany`, 1,000 streams a call', count((films * 1000) / spent), ms(percentile(times, 0.5)), ms(percentile(times, 0.99))]
}

async function toRow(place: Place, store: PostgresEventStore, listener: Listener): Promise<string[][]> {
  const { announcer, projector } = projecting(place, store, listener, [watchStateProjection])
  await projector.prepare()
  projector.start()
  const runner = new CommandRunner(store, new EventCatalog(eventTypes))
  const userId = randomUUID()
  const measure = async (callers: number): Promise<string[]> => {
    const times: number[] = []
    await Promise.all(
      Array.from({ length: callers }, async () => {
        for (let n = 0; n < 200; n++) {
          const commandId = randomUUID()
          const by = { commandId, actor: { kind: 'user', userId } as const, reason: 'bench', correlationId: commandId, causationId: commandId }
          const data = { userId, itemId: randomUUID(), rating: 7, deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
          const before = performance.now()
          const { position } = await runner.run(playback, new RateItem(data, by))
          await announcer.waitFor(['watch_state'], position, 10_000)
          times.push(performance.now() - before)
        }
      }),
    )
    return [`${callers} ${callers === 1 ? 'caller' : 'callers'}`, ms(percentile(times, 0.5)), ms(percentile(times, 0.99))]
  }
  const rows = [await measure(1), await measure(8), await measure(32)]
  await projector.stop()
  announcer.close()
  return rows
}

function projecting(place: Place, store: PostgresEventStore, listener: Listener, projections: ConstructorParameters<typeof Projector>[0]) {
  const sql = new Sql(place.pool)
  const announcer = new Announcer(sql, listener, randomUUID())
  const parts = { sql, store, catalog: new EventCatalog(eventTypes), announcer, log: pino({ level: 'error' }) }
  return { announcer, projector: new Projector(projections, parts, randomUUID()) }
}

await whenAlone(import.meta, run)
