import { join } from 'node:path'
import { eventTypes } from '@projectionist/shared/events/all'
import { DataSource } from 'typeorm'
import { readConfig, type Config } from '../config.js'
import { hasEmbeddedPostgres, reachEmbeddedPostgres } from '../embedded/running-postgres.js'
import { openEventStore } from '../event-stores.js'
import { EventCatalog } from '../platform/eventing/event-catalog.js'
import type { EventStore } from '../platform/eventing/event-store.js'
import { openDataSource, poolOf } from '../platform/sql/data-source.js'
import { Listener } from '../platform/sql/listener.js'
import { Sql } from '../platform/sql/sql.js'
import { entities } from '../slices/all.js'

/** What is kept, as the configuration names it, opened for a command. */
export interface OpenedKept {
  readonly config: Config
  readonly store: EventStore
  readonly sql: Sql
  readonly data: DataSource
  readonly catalog: EventCatalog
  /** Folder of what people supplied. */
  readonly blobs: string
  /** Whether the program seems to run here: its own server, or connections of it. */
  isRunning(): Promise<boolean>
  close(): Promise<void>
}

/** There is nothing where the configuration points. */
export class NothingKept extends Error {
  override readonly name = 'NothingKept'
}

/**
 * Opens log, vault and blobs beside a program that may be running. Its embedded PostgreSQL is found where it runs, and started for the
 * time of the command where it does not. `create`: an empty place may be made. Throws `NothingKept`, `CannotStart`.
 */
export async function openKept({ create = false } = {}): Promise<OpenedKept> {
  const config = readConfig(process.env, () => 'cli')
  if (!config.databaseUrl && !create && !hasEmbeddedPostgres(config.home))
    throw new NothingKept(`Nothing is kept in ${config.home}. Say where it is with PROJECTIONIST_HOME or DATABASE_URL.`)
  const log = { info: () => {}, warn: (message: string) => void process.stderr.write(`${message}\n`) }
  const embedded = config.databaseUrl ? undefined : await reachEmbeddedPostgres({ home: config.home, log })
  const url = config.databaseUrl ?? embedded!.url
  try {
    const data = await openDataSource(url, 4, entities)
    const pool = poolOf(data)
    pool.on('error', () => {})
    const sql = new Sql(pool)
    const listener = new Listener({ connectionString: url, application_name: 'projectionist command', keepAlive: true })
    const store = await openEventStore(config.eventStore, { pool, listener })
    return {
      config,
      store,
      sql,
      data,
      catalog: new EventCatalog(eventTypes),
      blobs: join(config.home, 'blobs'),
      async isRunning() {
        if (embedded) return !embedded.ours
        const others = await sql.query(
          `select from pg_stat_activity where datname = current_database() and application_name = 'projectionist listener'`,
        )
        return others.length > 0
      },
      async close() {
        await store.close()
        await listener.close()
        await data.destroy()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
