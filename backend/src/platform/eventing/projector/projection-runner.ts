import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isPassing, type Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import { StoreUnavailable, type EventStore, type RecordedEvent } from '../event-store.js'
import { typesOf, type Projection } from '../projection.js'
import { Bell } from '../wakeup.js'
import type { Announcer, Change } from './announcer.js'
import { leaseOf, type Leases } from './leases.js'
import { checkpointOf, finishSchema } from './projection-schema.js'
import { requestOf, settleRequest } from './projection-status.js'
import { dropAllBut, publicationOf, publish, publishFirst, schemaBeside } from './publication.js'
import type { Rebuilds } from './rebuilds.js'
import { Overtaken } from './replay-lane.js'
import { Replacement } from './replacement.js'
import { faultOf, ReportedState, type ProjectionState } from './reported-state.js'
import { Writer } from './writer.js'

export interface RunnerParts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly announcer: Announcer
  readonly leases: Leases
  readonly rebuilds: Rebuilds
  readonly log: Logger
  readonly node: string
}

const PAGE = 2000
const LOOK_FOR_LEASE_MS = 5000
const LOOK_FOR_REQUESTS_MS = 60_000
/** Events that do not concern a projection move its checkpoint in the table only so often; it catches up in no time. */
const WRITE_CHECKPOINT_EVERY_MS = 10_000

/**
 * Runs one projection: takes the lease, fills tables beside those that serve when it has to, puts them in their place, follows
 * the log; stops at an event it cannot take until somebody says to go on.
 */
export class ProjectionRunner {
  readonly #state: ReportedState
  readonly #replacement: Replacement
  readonly #types: readonly string[]
  readonly #asked = new Bell()
  /** It stood still and was told to go on: a rebuild that was asked for then cannot wait until what serves follows the log. */
  #stood = false

  constructor(
    readonly projection: Projection,
    private readonly parts: RunnerParts,
  ) {
    this.#types = typesOf(projection)
    this.#state = new ReportedState(projection, parts.sql, parts.node)
    this.#replacement = new Replacement(projection, parts, this.#state)
  }

  get state(): ProjectionState {
    return this.#state.now
  }

  /** Makes views where there are none, so that queries have something to ask. */
  async prepare(): Promise<void> {
    const { sql, store, announcer } = this.parts
    const log = await store.identity()
    const schema = (await publicationOf(sql, this.projection))?.schema ?? (await publishFirst(sql, this.projection, log))
    const checkpoint = await checkpointOf(sql, schema)
    const position = checkpoint?.log === log ? checkpoint.position : 0
    this.#state.at(position)
    announcer.announce(this.projection.name, position, [])
  }

  /** Somebody has asked for something: it looks. */
  asked(): void {
    this.#asked.ring()
  }

  async run(signal: AbortSignal): Promise<void> {
    const { leases, log } = this.parts
    const { name } = this.projection
    while (!signal.aborted) {
      try {
        if (await leases.take(leaseOf(this.projection))) await this.#work(signal)
        else await pause(LOOK_FOR_LEASE_MS, signal)
      } catch (error) {
        if (signal.aborted) break
        if (error instanceof Overtaken) log.info({ projection: name }, 'another node projects')
        else if (isPassing(error) || error instanceof StoreUnavailable) this.#stall(String(error))
        else {
          await this.#stand(error, signal)
          continue
        }
        await pause(500, signal)
      }
    }
    await this.#state.told
  }

  #stall(trouble: string): void {
    if (trouble !== this.#state.now.trouble)
      this.parts.log.warn({ projection: this.projection.name, reason: trouble }, 'cannot project for now; trying on')
    this.#state.set({ ...this.#state.now, trouble })
  }

  /** Says where it stands and why, and waits until somebody says to go on. */
  async #stand(error: unknown, signal: AbortSignal): Promise<void> {
    const { sql, announcer, log } = this.parts
    const { name } = this.projection
    const fault = faultOf(error)
    this.#state.set({ state: 'faulted', position: this.#state.now.position, fault })
    announcer.setFaulted(name, true)
    log.error({ projection: name, position: this.#state.now.position, event: fault.event, err: error }, 'projection faulted')
    await this.#state.told
    // What was asked for before has just been tried.
    await settleRequest(sql, name).catch(() => {})
    while (!signal.aborted) {
      const rung = this.#asked.count
      const request = await requestOf(sql, name).catch(() => undefined)
      if (request) {
        this.#stood = true
        this.#state.set({ state: 'waiting', position: this.#state.now.position })
        await this.#state.told
        if (request.action === 'resume') await settleRequest(sql, name).catch(() => {})
        break
      }
      await this.#asked.wait(rung, LOOK_FOR_REQUESTS_MS, signal)
    }
    announcer.setFaulted(name, false)
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { sql, store } = this.parts
    const log = await store.identity()
    const found = await publicationOf(sql, this.projection)
    if (found && found.version > this.projection.version && (await this.#newerProgramWorks(found.version)))
      return pause(LOOK_FOR_LEASE_MS, signal)
    const checkpoint = found && (await checkpointOf(sql, found.schema))
    const followable =
      found?.version === this.projection.version &&
      checkpoint?.log === log &&
      (checkpoint.ready || (checkpoint.position === 0 && (await store.head()) === 0))
    if (checkpoint && checkpoint.log !== log)
      this.parts.log.warn(
        { projection: this.projection.name, log, before: checkpoint.log },
        'this is another log than the one these tables came from: filling new ones from its start',
      )
    const asked = (await requestOf(sql, this.projection.name))?.action === 'rebuild'
    let schema = found?.schema
    if (!followable || (asked && this.#stood))
      schema = await this.#replacement.rebuild(schema, log, checkpoint?.ready ?? false, signal)
    else {
      this.#stood = false
      if (!found.current) await publish(sql, this.projection, found.schema)
      // What a program that was killed has left; a rebuild that was asked for goes on where it was.
      if (!asked) await dropAllBut(sql, this.projection, found.schema)
    }
    while (!signal.aborted && schema !== undefined) schema = await this.#serve(schema, log, signal)
  }

  async #newerProgramWorks(version: number): Promise<boolean> {
    return this.parts.leases.isHeld(leaseOf({ ...this.projection, version }))
  }

  /** Follows the log with the tables that serve, while others are filled when somebody asks; gives the schema that serves from then on. */
  async #serve(schema: string, log: string, signal: AbortSignal): Promise<string | undefined> {
    const stop = new AbortController()
    const both = AbortSignal.any([signal, stop.signal])
    const stopped = (): void => stop.abort()
    const [followed, filled] = await Promise.allSettled([
      this.#follow(schema, log, both).finally(stopped),
      this.#fillWhenAsked(schema, both).finally(stopped),
    ])
    if (followed.status === 'rejected') throw followed.reason
    if (filled.status === 'rejected') throw filled.reason
    if (filled.value !== undefined && !signal.aborted) return this.#replacement.put(filled.value, log, signal)
    return undefined
  }

  async #fillWhenAsked(schema: string, signal: AbortSignal): Promise<string | undefined> {
    const { sql, log, rebuilds } = this.parts
    const { name } = this.projection
    while (!signal.aborted) {
      const rung = this.#asked.count
      const request = await requestOf(sql, name)
      if (request?.action === 'rebuild') {
        const beside = schemaBeside(this.projection, schema)
        log.info({ projection: name, askedBy: request.askedBy }, 'rebuilding')
        try {
          await aborted(
            rebuilds.fill(this.projection, beside, filling => this.#state.filling(filling)),
            signal,
          )
          return signal.aborted ? undefined : beside
        } catch (error) {
          if (signal.aborted) return undefined
          if (isPassing(error) || error instanceof StoreUnavailable || error instanceof Overtaken) throw error
          log.error({ projection: name, err: error }, 'rebuild given up')
          const { filling: _, ...state } = this.#state.now
          this.#state.set({ ...state, givenUp: faultOf(error).error })
          await this.#state.told
          await settleRequest(sql, name)
          await dropAllBut(sql, this.projection, schema)
        }
      } else if (request) await settleRequest(sql, name)
      await this.#asked.wait(rung, LOOK_FOR_REQUESTS_MS, signal)
    }
    return undefined
  }

  async #follow(schema: string, log: string, signal: AbortSignal): Promise<void> {
    const { sql, store, announcer } = this.parts
    const writer = await Writer.open(this.projection, schema, log, this.parts)
    let { ready } = writer
    const { trouble } = this.#state.now
    this.#state.set({
      state: ready ? 'live' : 'rebuilding',
      position: writer.position,
      ...(trouble !== undefined && { trouble }),
    })
    let written = performance.now()
    for await (const batch of store.subscribe({ after: writer.position, types: this.#types, pageSize: PAGE, signal })) {
      const due = batch.position > writer.position && performance.now() - written > WRITE_CHECKPOINT_EVERY_MS
      if (batch.events.length > 0 || due) {
        await writer.write(batch, position => this.#state.at(position))
        written = performance.now()
      }
      if (batch.caughtUp && !ready) {
        await finishSchema(sql, this.projection, schema)
        ready = true
      }
      if (ready && (this.#state.now.state !== 'live' || this.#state.now.trouble !== undefined))
        this.#state.set({ state: 'live', position: batch.position })
      this.#state.at(batch.position)
      announcer.announce(this.projection.name, batch.position, ready ? this.#changes(batch.events) : [])
    }
  }

  #changes(events: readonly RecordedEvent[]): Change[] {
    const { announces } = this.projection
    return announces ? events.map(event => ({ topic: announces.topic, ...announces.subject?.(event) })) : []
  }
}

/** Rejects when the signal aborts; the work itself goes on. */
function aborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DOMException('Not waited for any longer', 'AbortError'))
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal, ref: false }).catch(() => {})
