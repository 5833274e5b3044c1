import { eventTypes } from '@projectionist/shared/events/all'
import type { MediaIngested } from '@projectionist/shared/events/item'
import { UndoRequested, type UndoSelection } from '@projectionist/shared/events/undo'
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { PostgresEventStore } from '../src/adapters/event-store/postgres/postgres-event-store.js'
import { CommandRunner } from '../src/platform/eventing/command-runner.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import { Announcer } from '../src/platform/eventing/projector/announcer.js'
import { Projector } from '../src/platform/eventing/projector/projector.js'
import { StreamKinds } from '../src/platform/eventing/stream-kinds.js'
import type { Callers } from '../src/platform/http/caller.js'
import { LiveBus } from '../src/platform/live/live-bus.js'
import { Listener } from '../src/platform/sql/listener.js'
import { Sql } from '../src/platform/sql/sql.js'
import { deciders, portraits } from '../src/slices/all.js'
import { historyProjection } from '../src/slices/history/history.projection.js'
import { itemsProjection } from '../src/slices/catalog/items.projection.js'
import { knownFilesProjection } from '../src/slices/ingest/known-files.projection.js'
import { scansProjection } from '../src/slices/ingest/scans.projection.js'
import { librariesProjection } from '../src/slices/libraries/libraries.projection.js'
import { usersProjection } from '../src/slices/accounts/users.projection.js'
import { preview } from '../src/slices/undo/preview.js'
import { UndoRunner } from '../src/slices/undo/undo-job.js'
import { undosProjection } from '../src/slices/undo/undos.projection.js'
import { madeUpFilm, toAppend } from './support/made-up-media.js'
import { whenAlone } from './support/alone.js'
import { openPlace } from './support/place.js'
import { count, printTable } from './support/table.js'

const projections = [
  usersProjection,
  librariesProjection,
  scansProjection,
  knownFilesProjection,
  itemsProjection,
  historyProjection,
  undosProjection,
]
const admin = { userId: randomUUID(), name: 'Ada', role: 'admin', libraries: 'all', deviceId: 'bench' } as const

/** Taking back a scan that has added files, taking that back, and looking at what it would change first. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  const listener = new Listener({ connectionString: place.databaseUrl })
  const store = new PostgresEventStore(place.pool, listener)
  const log = pino({ level: 'error' })
  const live = new LiveBus(place.redisUrl, log)
  const sql = new Sql(place.pool)
  const catalog = new EventCatalog(eventTypes)
  const announcer = new Announcer(sql, listener, randomUUID())
  const projector = new Projector(projections, { sql, store, catalog, announcer, log }, randomUUID())
  try {
    await place.pool.query(`create schema live;
      create table live.leases (name text primary key, owner text not null, until timestamptz not null);
      create table live.scan_progress (scan_id uuid primary key, walked boolean, found int, done int, failed int, added int, changed int, moved int, removed int);
      create table live.undo_progress (undo_id uuid primary key, after bigint not null default 0, reverted int not null default 0, unneeded int not null default 0, conflicts int not null default 0, failures int not null default 0)`)
    await store.prepare()
    await projector.prepare()
    projector.start()
    const files = full ? 1_000_000 : 100_000
    const scanId = randomUUID()
    await scanAdds(store, scanId, files)
    const projected = async (): Promise<void> =>
      void (await announcer.waitFor(
        projections.map(({ name }) => name),
        await store.head(),
        3_600_000,
      ))
    await projected()

    const parts = { sql, store, catalog, kinds: new StreamKinds(deciders, portraits) }
    const callers: Callers = { verify: () => Promise.resolve(admin), find: () => Promise.resolve(admin) }
    const runner = new UndoRunner(parts, new CommandRunner(store, catalog), announcer, live, callers, log)
    const scan: UndoSelection = { of: 'scan', scanId }
    const rows: string[][] = []
    const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const [before, cpu] = [performance.now(), process.cpuUsage()]
      await work()
      const seconds = (performance.now() - before) / 1000
      const { user, system } = process.cpuUsage(cpu)
      rows.push([name, count(files), seconds.toFixed(1), count(files / seconds), ((user + system) / 1e6).toFixed(1)])
    }
    const takeBack = async (selection: UndoSelection): Promise<string> => {
      const undoId = randomUUID()
      const { metadata, ...event } = toAppend(UndoRequested({ selection, events: files }), undoId)
      const by = { ...metadata, correlationId: undoId, actor: { kind: 'user' as const, userId: admin.userId } }
      await store.append({ streamId: `undo-${undoId}`, expected: 'no-stream', events: [{ ...event, metadata: by }] })
      await projected()
      await runner.run(undoId, new AbortController().signal)
      return undoId
    }
    let undoId = ''
    await timed('preview: counted whole', async () => {
      for (let cursor: string | undefined; ;) {
        const { next } = await preview(parts, admin, {
          selection: scan,
          limit: 2000,
          details: false,
          ...(cursor !== undefined && { cursor }),
        })
        if (next === null) return
        cursor = next
      }
    })
    await timed('undo of the scan, recorded', async () => (undoId = await takeBack(scan)))
    await timed('and in all read models after that', projected)
    await timed('undo of that undo, recorded', () => takeBack({ of: 'cause', correlationId: undoId }))
    printTable(
      'Taking back a scan that added files',
      ['', 'files', 'seconds', 'files/s', 'CPU s of this process, read models included'],
      rows,
    )
  } finally {
    await projector.stop()
    live.close()
    announcer.close()
    await store.close()
    await listener.close()
    await place.remove()
  }
}

async function scanAdds(store: PostgresEventStore, scanId: string, files: number): Promise<void> {
  for (let from = 0; from < files; from += 1000)
    await store.appendMany(
      Array.from({ length: Math.min(1000, files - from) }, (_, index) => {
        const { itemId, event } = madeUpFilm(from + index)
        const { metadata, ...appended } = toAppend(
          { ...event, data: { ...(event.data as ReturnType<typeof MediaIngested>['data']), scanId } },
          `${scanId} ${itemId}`,
        )
        return {
          streamId: `item-${itemId}`,
          expected: 'no-stream' as const,
          events: [{ ...appended, metadata: { ...metadata, correlationId: scanId, causationId: scanId } }],
        }
      }),
    )
}

await whenAlone(import.meta, run)
