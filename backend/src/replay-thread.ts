import { constants, platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { eventTypes } from '@projectionist/shared/events/all'
import { CannotStart } from './embedded/embedded.js'
import { connectTo, openEventStore } from './event-stores.js'
import { EventCatalog } from './platform/eventing/event-catalog.js'
import { StoreUnavailable } from './platform/eventing/event-store.js'
import type { Projection } from './platform/eventing/projection.js'
import { replay } from './platform/eventing/projector/replay.js'
import { isPassing, Sql } from './platform/sql/sql.js'
import type { ReplayOrder, ReplayReport } from './replays-in-thread.js'
import { projections } from './slices/all.js'

/** What runs in the thread of a replay, with connections of its own. See `ReplaysInThread`. */
const port = parentPort!
const report = (message: ReplayReport): void => port.postMessage(message)
const CONNECTIONS = 4

const { databaseUrl, eventStore, work } = workerData as ReplayOrder
const stop = new AbortController()
port.once('message', () => stop.abort())
// On Linux this is about the thread alone: whoever waits for an answer goes first.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const { pool, listener } = connectTo(databaseUrl, { name: 'projectionist replay', max: CONNECTIONS })
try {
  const store = await openEventStore(eventStore, { pool, listener })
  try {
    const orders = new Map(projections.flatMap(each => work.filter(({ name }) => name === each.name).map(order => [each, order])))
    const { position, complete, faults } = await replay([...orders.keys()], { sql: new Sql(pool), store, catalog: new EventCatalog(eventTypes) }, {
      schemaOf: projection => orders.get(projection)!.schema,
      ...ends(orders),
      signal: stop.signal,
      onProgress: progress => report({ is: 'progress', progress }),
    })
    report({ is: 'done', position, complete, faults: [...faults].map(([{ name }, { name: kind, message }]) => ({ projection: name, kind, message })) })
  } finally {
    await store.close()
  }
} catch (error) {
  const passing = isPassing(error) || error instanceof StoreUnavailable || error instanceof CannotStart
  report({ is: 'failed', passing, message: error instanceof Error ? error.message : String(error) })
} finally {
  await listener.close()
  await pool.end().catch(() => {})
  port.close()
}

/** Where no end was named, the end of the log is. */
function ends(orders: ReadonlyMap<Projection, ReplayOrder['work'][number]>): { to?: (projection: Projection) => number } {
  return work.every(({ to }) => to === undefined) ? {} : { to: projection => orders.get(projection)!.to! }
}
