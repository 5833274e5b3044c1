import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { eventTypes } from '@projectionist/shared/events/all'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { PostgresEventStore } from '../src/adapters/event-store/postgres/postgres-event-store.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import type { Projection } from '../src/platform/eventing/projection.js'
import { nameOf } from '../src/platform/eventing/projector/projection-schema.js'
import { replay } from '../src/platform/eventing/projector/replay.js'
import { Listener } from '../src/platform/sql/listener.js'
import { identifier, Sql } from '../src/platform/sql/sql.js'
import { projections } from '../src/slices/all.js'
import { whenAlone } from './support/alone.js'
import { madeUpLog } from './support/made-up-log.js'
import { openPlace } from './support/place.js'
import { count, load, printTable } from './support/table.js'

const ofAll = 'all together'

/**
 * How fast read models are filled from the log: each by itself, and all with one reading; beside what it takes to read the log, and to
 * copy the finished rows from table to table. 500,000 events, 2 million with `--full`, or as many as `--events=…` says.
 */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  const listener = new Listener({ connectionString: place.databaseUrl })
  const store = new PostgresEventStore(place.pool, listener)
  const sql = new Sql(place.pool)
  const parts = { sql, store, catalog: new EventCatalog(eventTypes) }
  const rows: string[][] = []
  let logged = 0

  /** `work` gives how many events, or rows, it was about. */
  const measure = async (name: string, work: () => Promise<number>): Promise<void> => {
    const [before, cpu, served] = [performance.now(), process.cpuUsage(), await serverCpu(sql)]
    const concerned = await work()
    const seconds = (performance.now() - before) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const each = (microseconds: number): string => (microseconds / logged).toFixed(1)
    const memory = count(process.memoryUsage().rss / 2 ** 20)
    rows.push([
      name,
      count(concerned),
      seconds.toFixed(1),
      count(logged / seconds),
      each(user + system),
      each((await serverCpu(sql)) - served),
      memory,
      load(),
    ])
  }
  const fill = async (of: readonly Projection[]): Promise<number> => {
    let events = 0
    const { faults } = await replay(of, parts, { schemaOf, onProgress: progress => (events = progress.events) })
    for (const error of faults.values()) throw error
    return events
  }

  try {
    await store.prepare()
    const asked = process.argv.find(argument => argument.startsWith('--events='))?.slice('--events='.length)
    const wanted = Number(asked ?? (full ? 2_000_000 : 500_000))
    for (const appends of madeUpLog(wanted)) {
      await store.appendMany(appends)
      logged += appends.reduce((sum, each) => sum + each.events.length, 0)
    }
    await sql.query('vacuum analyze log.events')
    await measure('read and parse the log', async () => {
      for await (const _ of store.readAll());
      return logged
    })
    for (const projection of projections) {
      await measure(`\`${projection.name}\``, () => fill([projection]))
      await sql.query(`drop schema ${identifier(schemaOf(projection))} cascade`)
    }
    await measure(ofAll, () => fill(projections))
    await measure('COPY of the same rows, no indexes', () => copyRows(place.pool))
    printTable(
      `Replay of ${count(logged)} events`,
      ['', 'events or rows', 'seconds', 'events of the log/s', 'CPU µs an event: Node', 'PostgreSQL', 'MB', 'load'],
      rows,
    )
  } finally {
    await store.close()
    await listener.close()
    await place.remove()
  }
}

const schemaOf = ({ name }: Projection): string => `bench_${name}`

/** What the rows cost when nobody makes them: piped out of their tables and into others. */
async function copyRows(pool: pg.Pool): Promise<number> {
  const [out, into] = await Promise.all([pool.connect(), pool.connect()])
  let rows = 0
  for (const projection of projections)
    for (const table of projection.tables) {
      const [from, to] = [
        nameOf(schemaOf(projection), table),
        nameOf(schemaOf(projection), { ...table, name: `${table.name}_copy` }),
      ]
      await into.query(`create table ${to} (like ${from})`)
      const target = into.query(copyFrom(`copy ${to} from stdin`))
      await pipeline(out.query(copyTo(`copy ${from} to stdout`)), target)
      rows += target.rowCount
    }
  out.release()
  into.release()
  return rows
}

/** CPU time of the server's processes so far, those that have ended included, µs; 0 where there is no /proc. See proc_pid_stat(5). */
async function serverCpu(sql: Sql): Promise<number> {
  const statOf = async (pid: number): Promise<number[]> => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(1)
      .map(Number)
  }
  const processes = await sql.query<{ pid: number }>('select pid from pg_stat_activity')
  const stats = await Promise.all(processes.map(({ pid }) => statOf(pid)))
  const [, , , , , , , , , , , , endedUser = 0, endedSystem = 0] = await statOf(stats[0]?.[0] ?? 0)
  const ticks = stats.reduce((sum, stat) => sum + (stat[10] ?? 0) + (stat[11] ?? 0), endedUser + endedSystem)
  return ticks * 10_000
}

await whenAlone(import.meta, run)
