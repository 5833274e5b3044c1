import { readFile } from 'node:fs/promises'
import { eventTypes } from '@projectionist/shared/events/all'
import { PostgresEventStore } from '../src/adapters/event-store/postgres/postgres-event-store.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import type { Projection } from '../src/platform/eventing/projection.js'
import { replay } from '../src/platform/eventing/projector/replay.js'
import { Listener } from '../src/platform/sql/listener.js'
import { identifier, Sql } from '../src/platform/sql/sql.js'
import { projections } from '../src/slices/all.js'
import { whenAlone } from './support/alone.js'
import { madeUpLog } from './support/made-up-log.js'
import { openPlace } from './support/place.js'
import { count, printTable } from './support/table.js'

/** How fast read models are filled from the log: each by itself, and all with one reading. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  const listener = new Listener({ connectionString: place.databaseUrl })
  const store = new PostgresEventStore(place.pool, listener)
  const sql = new Sql(place.pool)
  const parts = { sql, store, catalog: new EventCatalog(eventTypes) }
  const rows: string[][] = []
  const measure = async (name: string, work: () => Promise<number>): Promise<void> => {
    const before = performance.now()
    const cpu = process.cpuUsage()
    const served = await serverCpu(sql)
    const events = await work()
    const seconds = (performance.now() - before) / 1000
    const { user, system } = process.cpuUsage(cpu)
    rows.push([
      name,
      count(events),
      seconds.toFixed(1),
      count(events / seconds),
      ((user + system) / events).toFixed(1),
      (((await serverCpu(sql)) - served) / events).toFixed(1),
      `${count(process.memoryUsage().rss / 2 ** 20)}`,
    ])
    console.log(rows.at(-1)!.join('  '))
  }
  const fill = async (of: readonly Projection[]): Promise<number> => {
    let events = 0
    const { faults } = await replay(of, parts, {
      schemaOf: ({ name }) => `bench_${name}`,
      onProgress: progress => (events = progress.events),
    })
    for (const error of faults.values()) throw error
    return events
  }
  const drop = async (): Promise<void> => {
    for (const { name } of projections) await sql.query(`drop schema if exists ${identifier(`bench_${name}`)} cascade`)
  }
  try {
    await store.prepare()
    const wanted = Number(process.env['BENCH_EVENTS'] ?? (full ? 2_000_000 : 2_000_000))
    await measure('append', async () => {
      let made = 0
      for (const appends of madeUpLog(wanted)) {
        await store.appendMany(appends)
        made += appends.reduce((sum, each) => sum + each.events.length, 0)
      }
      return made
    })
    await sql.query('analyze log.events')
    await measure('read and parse', async () => {
      let events = 0
      for await (const batch of store.readAll()) events += batch.events.length
      return events
    })
    if (!process.env['BENCH_ALL_ONLY'])
      for (const projection of projections) {
        await measure(`\`${projection.name}\``, () => fill([projection]))
        await drop()
      }
    await measure('all together', () => fill(projections))
    printTable('Replay', ['', 'events', 'seconds', 'events/s', 'CPU µs an event, Node', 'PostgreSQL', 'MB'], rows)
  } finally {
    await store.close()
    await listener.close()
    await place.remove()
  }
}

/** CPU time of all of the server's processes that are there now, µs; 0 where there is no /proc. */
async function serverCpu(sql: Sql): Promise<number> {
  const processes = await sql.query<{ pid: number }>('select pid from pg_stat_activity')
  let ticks = 0
  for (const { pid } of processes) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    ticks += Number(user ?? 0) + Number(system ?? 0)
  }
  return ticks * 10_000
}

await whenAlone(import.meta, run)
