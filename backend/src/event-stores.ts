import pg from 'pg'
import { explainEventStore } from './explain.js'
import { CannotStart } from './embedded/embedded.js'
import type { EventStore } from './platform/eventing/event-store.js'
import { Listener } from './platform/sql/listener.js'

/** The program's own connections to its database, for a log that is kept there. */
export interface Database {
  readonly pool: pg.Pool
  readonly listener: Listener
}

/** Whether an address means the database that the program has anyway. */
export const isOwnDatabase = (url: string): boolean => /^postgres(ql)?:(\/\/)?$/.test(url)

/**
 * Opens the store that an address names: `postgres:` is the `database` at hand, `postgres://…` another one, `esdb://…` and
 * `kurrentdb://…` a server or a cluster, `memory:` nothing that lasts. What it needs is loaded only now. Throws `CannotStart`,
 * in words that name the `setting` and keep the password out, when the server is away, turns us away, or the address makes no sense.
 */
export async function openEventStore(url: string, database?: Database, setting = 'EVENT_STORE'): Promise<EventStore> {
  if (url.startsWith('memory:')) {
    const { MemoryEventStore } = await import('./adapters/event-store/memory/memory-event-store.js')
    return new MemoryEventStore()
  }
  if (database && isOwnDatabase(url)) return openPostgres(database, () => Promise.resolve())
  try {
    if (url.startsWith('postgres')) {
      const { pool, listener } = connectTo(url)
      return await openPostgres({ pool, listener }, async () => {
        await listener.close()
        await pool.end()
      })
    }
    const { EventStoreDbEventStore } = await import('./adapters/event-store/eventstoredb/eventstoredb-event-store.js')
    const { loadDriver } = await import('./adapters/event-store/eventstoredb/client.js')
    return await EventStoreDbEventStore.open(await loadDriver(url))
  } catch (error) {
    const words = explainEventStore(error, url, setting)
    throw words === undefined ? error : new CannotStart(words, { cause: error })
  }
}

/** Connections to a database, as many at once as `pg` opens unless said otherwise, under a `name` that its administrator sees. */
export function connectTo(connectionString: string, { name = 'projectionist events', max }: { name?: string; max?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString,
    ...(max !== undefined && { max }),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: name,
  })
  pool.on('error', () => {})
  return { pool, listener: new Listener({ connectionString, application_name: 'projectionist listener', keepAlive: true }) }
}

async function openPostgres({ pool, listener }: Database, disconnect: () => Promise<void>): Promise<EventStore> {
  const { PostgresEventStore } = await import('./adapters/event-store/postgres/postgres-event-store.js')
  const store = new PostgresEventStore(pool, listener, disconnect)
  try {
    await store.prepare()
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
