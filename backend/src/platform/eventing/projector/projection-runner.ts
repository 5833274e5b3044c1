import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isPassing, type Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import { StoreUnavailable, type Batch, type EventStore, type Position, type RecordedEvent } from '../event-store.js'
import type { Projection } from '../projection.js'
import type { Announcer, Change } from './announcer.js'
import type { Leases } from './leases.js'
import { finishSchema, moveCheckpoint, openSchema, publication, publish, schemaOf } from './projection-schema.js'
import { RowBatch } from './row-batch.js'
import { PoisonEvent } from './rows.js'

export type ProjectionState =
  /** `trouble`: why it cannot go on right now; it keeps trying. */
  | { readonly state: 'waiting' | 'rebuilding' | 'live'; readonly position: Position; readonly trouble?: string }
  | { readonly state: 'faulted'; readonly position: Position; readonly eventId: string | undefined; readonly error: string }

interface Parts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly announcer: Announcer
  readonly leases: Leases
  readonly log: Logger
}

/** Somebody else has moved the checkpoint: start again from where it is now. */
class Overtaken extends Error {}

const PAGE = 2000
const LOOK_FOR_LEASE_MS = 5000
/** Events that do not concern a projection move its checkpoint in the table only so often; it catches up in no time. */
const WRITE_CHECKPOINT_EVERY = 5000

/** Runs one projection: takes the lease, catches up, publishes, follows the log; stops at an event it cannot take. */
export class ProjectionRunner {
  #state: ProjectionState = { state: 'waiting', position: 0 }
  readonly #types: readonly string[]

  constructor(
    readonly projection: Projection,
    private readonly parts: Parts,
  ) {
    this.#types = [...new Set(projection.when.map(handler => handler.type))]
  }

  get state(): ProjectionState {
    return this.#state
  }

  /** Makes the tables, and the views where none are there yet, so that queries have something to ask. */
  async prepare(): Promise<void> {
    const { sql, store, announcer } = this.parts
    const { position } = await openSchema(sql, this.projection, schemaOf(this.projection), await store.identity())
    this.#state = { state: 'waiting', position }
    announcer.announce(this.projection.name, position, [])
    if ((await publication(sql, this.projection)) === 'absent') await publish(sql, this.projection)
  }

  async run(signal: AbortSignal): Promise<void> {
    const { leases, log, announcer } = this.parts
    const { name } = this.projection
    while (!signal.aborted) {
      try {
        if (await leases.take(`projection ${schemaOf(this.projection)}`)) await this.#follow(signal)
        else await pause(LOOK_FOR_LEASE_MS, signal)
      } catch (error) {
        if (error instanceof Overtaken) log.info({ projection: name }, 'another node projects')
        else if (isPassing(error) || error instanceof StoreUnavailable) this.#stall(String(error))
        else {
          const { position } = this.#state
          this.#state = { state: 'faulted', position, eventId: (error as { eventId?: string }).eventId, error: String(error instanceof PoisonEvent ? error.cause : error) }
          announcer.setFaulted(name, true)
          log.error({ projection: name, position, err: error }, 'projection faulted')
          return
        }
        await pause(500, signal)
      }
    }
  }

  #stall(trouble: string): void {
    if (this.#state.state === 'faulted') return
    const before = this.#state.trouble
    this.#state = { ...this.#state, trouble }
    if (trouble !== before) this.parts.log.warn({ projection: this.projection.name, reason: trouble }, 'cannot project for now; trying on')
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { sql, store } = this.parts
    const checkpoint = await openSchema(sql, this.projection, schemaOf(this.projection), await store.identity())
    let written = checkpoint.position
    let { ready } = checkpoint
    const { trouble } = this.#state as { trouble?: string }
    this.#state = { state: ready ? 'live' : 'rebuilding', position: written, ...(trouble !== undefined && { trouble }) }
    for await (const batch of store.subscribe({ after: written, types: this.#types, pageSize: PAGE, signal })) {
      if (batch.events.length > 0 || batch.position - written > WRITE_CHECKPOINT_EVERY) {
        await this.#project(batch, written)
        written = batch.position
      }
      this.#state = { state: ready ? 'live' : 'rebuilding', position: batch.position }
      if (batch.caughtUp && !ready) {
        await finishSchema(sql, this.projection)
        ready = true
        this.#state = { state: 'live', position: batch.position }
      }
      if (ready && batch.caughtUp && (await this.#unpublished())) await publish(sql, this.projection)
      this.parts.announcer.announce(this.projection.name, batch.position, ready ? this.#changes(batch.events) : [])
    }
  }

  #published = false
  async #unpublished(): Promise<boolean> {
    if (this.#published) return false
    this.#published = true
    return (await publication(this.parts.sql, this.projection)) !== 'ours'
  }

  async #project(batch: Batch, from: Position): Promise<void> {
    try {
      await this.#commit(batch.events, from, batch.position)
    } catch (error) {
      if (batch.events.length <= 1 || error instanceof Overtaken || isPassing(error))
        throw Object.assign(error as Error, { eventId: batch.events[0]?.id })
      // Everything before the event that cannot be taken still counts; it is found by going one by one.
      let position = from
      for (const event of batch.events) {
        await this.#project({ events: [event], position: event.position, caughtUp: false }, position)
        position = event.position
        this.#state = { state: 'live', position }
      }
      if (position !== batch.position) await this.#commit([], position, batch.position)
    }
  }

  async #commit(events: readonly RecordedEvent[], from: Position, to: Position): Promise<void> {
    const schema = schemaOf(this.projection)
    const current = events.map(event => this.parts.catalog.current(event))
    await this.parts.sql.transaction(async tx => {
      const rows = new RowBatch(this.projection, schema, tx)
      await rows.fold(current)
      await rows.write()
      if (!(await moveCheckpoint(tx, schema, from, to))) throw new Overtaken()
    })
  }

  #changes(events: readonly RecordedEvent[]): Change[] {
    const { announces } = this.projection
    return announces ? events.map(event => ({ topic: announces.topic, ...announces.subject?.(event) })) : []
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal, ref: false }).catch(() => {})
