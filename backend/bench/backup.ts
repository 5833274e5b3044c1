import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eventTypes } from '@projectionist/shared/events/all'
import { PlaybackProgressed } from '@projectionist/shared/events/playback'
import pg from 'pg'
import { PostgresEventStore } from '../src/adapters/event-store/postgres/postgres-event-store.js'
import { backUp } from '../src/platform/backup/back-up.js'
import { opened, verifyBackup } from '../src/platform/backup/read-backup.js'
import { restore } from '../src/platform/backup/restore.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import { openDataSource, poolOf } from '../src/platform/sql/data-source.js'
import { Listener } from '../src/platform/sql/listener.js'
import { Sql } from '../src/platform/sql/sql.js'
import { entities } from '../src/slices/all.js'
import { whenAlone } from './support/alone.js'
import { madeUpFilm, toAppend } from './support/made-up-media.js'
import { openPlace } from './support/place.js'
import { count, printTable } from './support/table.js'

const signal = new AbortController().signal
const noPassphrase = (): Promise<string> => Promise.reject(new Error('It is not sealed'))

/** Backup, verification and restore of a log, beside what PostgreSQL's own tools take for the same rows. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const films = full ? 1_000_000 : 60_000
  const place = await openPlace()
  const folder = await mkdtemp(join(tmpdir(), 'projectionist-bench-backup-'))
  try {
    const source = await openKept(place.databaseUrl, folder)
    await fill(source.store, films)
    const events = films * 2
    const [{ bytes }] = (await source.sql.query<{ bytes: number }>(
      `select sum(octet_length(data::text) + octet_length(metadata::text) + octet_length(stream_id)) as bytes from log.events`,
    )) as [{ bytes: string | number }]
    const raw = Number(bytes)
    const rows: string[][] = []
    const row = (what: string, seconds: number, size: number, cpu?: number, base?: number): void =>
      void rows.push([
        what,
        seconds.toFixed(1),
        cpu?.toFixed(1) ?? '',
        count(events / seconds),
        (raw / 1e6 / seconds).toFixed(1),
        (size / 1e6).toFixed(0),
        base === undefined ? '' : (seconds / base).toFixed(2),
      ])

    const own = await ownTools(place.pool, place.databaseUrl, folder)
    row(own.out.name, own.out.seconds, own.size)
    const to = join(folder, 'plain')
    const options = { folder: to, program: 'bench', now: () => new Date(), signal }
    const [seconds, { manifest }, cpu] = await timed(() => backUp(source, options))
    const size = manifest.log.parts.reduce((sum, part) => sum + part.bytes, 0)
    row('backup', seconds, size, cpu, own.out.seconds)
    const [again] = await timed(() => backUp(source, options))
    rows.push(['backup again, nothing new', again.toFixed(1), '', '', '', '', ''])
    const sealed = { ...options, folder: join(folder, 'sealed'), passphrase: () => Promise.resolve('correct horse battery') }
    const [sealing, , sealingCpu] = await timed(() => backUp(source, sealed))
    row('backup, sealed', sealing, size, sealingCpu, own.out.seconds)
    const backup = await opened(to, noPassphrase)
    const [verifying, , verifyingCpu] = await timed(() => verifyBackup(to, backup))
    row('verify', verifying, size, verifyingCpu)
    row(own.back.name, own.back.seconds, own.size)
    await place.pool.query('create database target')
    const url = new URL(place.databaseUrl)
    url.pathname = '/target'
    const target = await openKept(url.href, join(folder, 'target'))
    const [restoring, , restoringCpu] = await timed(() =>
      restore(target, backup, { folder: to, catalog: new EventCatalog(eventTypes), signal }),
    )
    row('restore, and read back', restoring, size, restoringCpu, own.back.seconds)
    printTable(
      `Backup of ${count(events)} events, ${(raw / 1e6).toFixed(0)} MB of JSON`,
      ['', 'seconds', 'CPU s in Node', 'events/s', 'MB/s', 'MB on disk', 'of PostgreSQL’s own'],
      rows,
    )
    await target.close()
    await source.close()
  } finally {
    await rm(folder, { recursive: true, force: true })
    await place.remove()
  }
}

async function openKept(url: string, home: string) {
  const data = await openDataSource(url, 4, entities)
  const listener = new Listener({ connectionString: url })
  const store = new PostgresEventStore(poolOf(data), listener)
  await store.prepare()
  return {
    store,
    sql: new Sql(poolOf(data)),
    blobs: join(home, 'blobs'),
    async close() {
      await store.close()
      await listener.close()
      await data.destroy()
    },
  }
}

/** A film and somebody's watching of it, over and over. */
async function fill(store: PostgresEventStore, films: number): Promise<void> {
  const userId = randomUUID()
  const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
  for (let from = 0; from < films; from += 1000)
    await store.appendMany(
      Array.from({ length: Math.min(1000, films - from) }, (_, n) => madeUpFilm(from + n)).flatMap(({ itemId, event }) => [
        { streamId: `item-${itemId}`, expected: 'no-stream' as const, events: [toAppend(event, `film ${itemId}`)] },
        {
          streamId: `playback-${userId}.${itemId}`,
          expected: 'no-stream' as const,
          events: [
            toAppend(
              PlaybackProgressed({ playId: randomUUID(), positionMs: 60_000, durationMs: 7_200_000, cause: 'stop', ...clock }),
              `play ${itemId}`,
            ),
          ],
        },
      ]),
    )
}

/** Seconds by the clock, and of this process's own work: the second hardly depends on what else the machine does. */
const timed = async <T>(work: () => Promise<T>): Promise<readonly [seconds: number, result: T, cpu: number]> => {
  const [started, before] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return [(performance.now() - started) / 1000, result, (user + system) / 1e6]
}

/** pg_dump and pg_restore where this machine has some that know the server's version; else the server's COPY to a file and back. */
async function ownTools(pool: pg.Pool, url: string, folder: string) {
  const run = promisify(execFile)
  const dump = join(folder, 'log.dump')
  try {
    const [out] = await timed(() => run('pg_dump', ['--format=custom', '--schema=log', `--file=${dump}`, url]))
    await pool.query('create database dumped')
    const into = new URL(url)
    into.pathname = '/dumped'
    const [back] = await timed(() => run('pg_restore', ['--exit-on-error', `--dbname=${into.href}`, dump]))
    return { out: { name: 'pg_dump', seconds: out }, back: { name: 'pg_restore', seconds: back }, size: (await stat(dump)).size }
  } catch {
    const { rows } = await pool.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    const file = join(rows[0]!.folder, 'log.copy')
    const [out] = await timed(() => pool.query(`copy log.events to '${file}'`))
    await pool.query('create table public.copied (like log.events including all)')
    const [back] = await timed(() => pool.query(`copy public.copied from '${file}'`))
    const { size } = await stat(file)
    await rm(file)
    await pool.query('drop table public.copied')
    return {
      out: { name: 'COPY to a file (no pg_dump of this version)', seconds: out },
      back: { name: 'COPY from a file', seconds: back },
      size,
    }
  }
}

await whenAlone(import.meta, run)
