import { isPassing, type Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import { StoreUnavailable, type EventStore } from '../event-store.js'
import { typesOf, type Projection } from '../projection.js'
import type { Announcer } from './announcer.js'
import { checkpointOf, finishSchema } from './projection-schema.js'
import { requestOf, settleRequest } from './projection-status.js'
import { dropAllBut, publish, schemaBeside } from './publication.js'
import type { Rebuilds } from './rebuilds.js'
import { Overtaken } from './replay-lane.js'
import type { ReportedState } from './reported-state.js'
import { Writer } from './writer.js'

interface Parts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly announcer: Announcer
  readonly rebuilds: Rebuilds
}

/** Has new tables of a projection filled, and puts them in the place of those that serve. */
export class Replacement {
  constructor(
    private readonly projection: Projection,
    private readonly parts: Parts,
    private readonly state: ReportedState,
  ) {}

  /** Fills tables while nothing follows the log with those that serve, if any do; puts the new ones in their place. */
  async rebuild(serving: string | undefined, log: string, servingIsWhole: boolean, signal: AbortSignal): Promise<string> {
    const { sql, rebuilds } = this.parts
    const beside = schemaBeside(this.projection, serving)
    const passes = (error: unknown): boolean =>
      signal.aborted || isPassing(error) || error instanceof StoreUnavailable || error instanceof Overtaken
    this.state.set({ state: 'rebuilding', position: this.state.now.position })
    try {
      await rebuilds.fill(this.projection, beside, filling => this.state.filling(filling))
      return await this.put(beside, log, signal)
    } catch (error) {
      if (passes(error)) throw error
      // Goes one by one to the very event, and shows what came before it, unless something better is shown.
      const exact = await this.#catchUp(beside, log, signal).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (!exact) return await this.put(beside, log, signal)
      if (!servingIsWhole && !passes(exact)) {
        await finishSchema(sql, this.projection, beside)
        await publish(sql, this.projection, beside)
        this.state.at((await checkpointOf(sql, beside))!.position)
        this.parts.announcer.announce(this.projection.name, this.state.now.position, [])
      }
      throw exact
    }
  }

  /** Brings filled tables to where the log is now and lets them serve from here on. */
  async put(schema: string, log: string, signal: AbortSignal): Promise<string> {
    const { sql } = this.parts
    await this.#catchUp(schema, log, signal)
    signal.throwIfAborted()
    // What is asked for once these tables serve asks for others.
    const asked = await requestOf(sql, this.projection.name)
    await publish(sql, this.projection, schema)
    this.state.set({ state: 'live', position: this.state.now.position })
    await this.state.told
    if (asked) await settleRequest(sql, this.projection.name)
    await dropAllBut(sql, this.projection, schema)
    return schema
  }

  async #catchUp(schema: string, log: string, signal: AbortSignal): Promise<void> {
    const writer = await Writer.open(this.projection, schema, log, this.parts)
    for await (const batch of this.parts.store.readAll({ from: writer.position, types: typesOf(this.projection), signal }))
      await writer.write(batch)
  }
}
