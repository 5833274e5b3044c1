import { setImmediate as breathe } from 'node:timers/promises'
import { isPassing, type Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import { StoreUnavailable, type EventStore, type Position } from '../event-store.js'
import type { Projection } from '../projection.js'
import { CurrentEvents } from './current-events.js'
import { Lane, type Limits } from './replay-lane.js'

export interface ReplayParts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
}

export interface ReplayProgress {
  readonly position: Position
  readonly to: Position
  /** Events read so far. */
  readonly events: number
  /** Events a second. */
  readonly rate: number
}

export interface ReplayOptions {
  /** Where each projection's tables are filled; made when missing, gone on with when there. */
  readonly schemaOf: (projection: Projection) => string
  /** The last position that counts, of all or of each. Default: the end of the log as it is now. */
  readonly to?: Position | ((projection: Projection) => Position)
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReplayProgress) => void
  readonly limits?: Limits
}

/** Rows of the catalogue with all their JSON take some 4 kB each in memory; few at once do not keep the event loop from others. */
const LIMITS: Limits = { flushRows: 3000, keepRows: 40_000, flushEvents: 100_000 }

export interface Replayed {
  /** Everything up to here, or to its own end, is in the tables of all projections without a fault. */
  readonly position: Position
  /** True when `to` was reached, indexes are made, and the tables can serve. */
  readonly complete: boolean
  /** Projections that could not go on, and why; theirs stand where their last checkpoint is. */
  readonly faults: ReadonlyMap<Projection, Error>
}

const PAGE = 2000

/** What can be asked of a replay wherever it happens. */
export type AnywhereOptions = Omit<ReplayOptions, 'limits'>

/** Does replays (`replay`), wherever they do not keep others waiting. */
export abstract class Replays {
  abstract run(projections: readonly Projection[], options: AnywhereOptions): Promise<Replayed>
}

/** On the event loop of who asks. */
export class ReplaysHere extends Replays {
  constructor(private readonly parts: ReplayParts) {
    super()
  }

  run(projections: readonly Projection[], options: AnywhereOptions): Promise<Replayed> {
    return replay(projections, this.parts, options)
  }
}

/**
 * Fills the tables of any projections from the log, with one reading of the log for all. Goes on from each one's checkpoint;
 * killed at any point, it can be called again. Sends no message and publishes nothing. Memory is bounded whatever the length of
 * the log. One that cannot take an event is left behind while the others go on. Rejects when PostgreSQL or the store cannot be
 * reached.
 */
export async function replay(projections: readonly Projection[], parts: ReplayParts, options: ReplayOptions): Promise<Replayed> {
  const { store } = parts
  const { schemaOf, signal, onProgress, limits = LIMITS } = options
  const log = await store.identity()
  const end = options.to ?? (await store.head())
  const endOf = typeof end === 'number' ? () => end : end
  const to = Math.max(0, ...projections.map(endOf))
  const writer = oneAtATime()
  const lanes: Lane[] = []
  for (const projection of projections)
    lanes.push(await Lane.open(projection, schemaOf(projection), { log, sql: parts.sql, writer, limits, to: endOf(projection) }))
  const faults = new Map<Projection, Error>()
  const each = async (work: (lane: Lane) => Promise<void>): Promise<void> => {
    for (const lane of lanes) {
      if (faults.has(lane.projection)) continue
      await work(lane).catch((error: unknown) => {
        if (isPassing(error) || error instanceof StoreUnavailable) throw error
        faults.set(lane.projection, error as Error)
      })
    }
  }

  let position = Math.min(to, ...lanes.map(lane => lane.position))
  let events = 0
  const started = performance.now()
  const types = [...new Set(lanes.flatMap(lane => lane.types))]
  try {
    for await (const batch of store.readAll({ from: position, to, types, pageSize: PAGE, ...(signal && { signal }) })) {
      const current = new CurrentEvents(batch.events, parts.catalog)
      await each(async lane => {
        await lane.fold(current, batch.position)
        // Whoever else lives in this process has its turn.
        await breathe()
      })
      position = batch.position
      events += batch.events.length
      onProgress?.({ position, to, events, rate: events / Math.max(0.001, (performance.now() - started) / 1000) })
      if (faults.size === lanes.length) break
    }
    const complete = !(signal?.aborted ?? false)
    await each(lane => lane.flush())
    await each(lane => lane.settled())
    if (complete) await each(lane => lane.finish())
    return { position, complete, faults }
  } finally {
    await Promise.allSettled(lanes.map(lane => lane.settled()))
  }
}

/** Lets work begin when what was given before has ended: one connection writes, the others stay free. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
