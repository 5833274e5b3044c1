import pg from 'pg'
import { afterAll, describe } from 'vitest'
import { freshDatabase } from '../../../../test/postgres.js'
import { copyContract } from '../../../platform/eventing/copy-log.contract.js'
import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import { Listener } from '../../../platform/sql/listener.js'
import { PostgresEventStore } from './postgres-event-store.js'

const closing: (() => Promise<unknown>)[] = []
let url: string

/** Every connection ends, as when the server is restarted. */
async function dropConnections(): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
  await client.end()
}

async function open(): Promise<PostgresEventStore> {
  const pool = new pg.Pool({ connectionString: url })
  pool.on('error', () => {})
  const listener = new Listener({ connectionString: url })
  const store = new PostgresEventStore(pool, listener)
  await store.prepare()
  closing.unshift(() => listener.close(), () => pool.end())
  return store
}

async function openFresh(): Promise<PostgresEventStore> {
  const database = await freshDatabase()
  url = database.url
  closing.push(() => database.drop())
  return open()
}

eventStoreContract('postgres', openFresh, { another: open, restart: dropConnections })

describe('a copy of a log, into PostgreSQL and out of it', () => {
  copyContract(async () => ({ source: await openFresh(), target: await openFresh() }))
})

afterAll(async () => {
  for (const close of closing) await close()
})
