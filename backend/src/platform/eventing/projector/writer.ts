import { isPassing, type Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import type { Batch, Position, RecordedEvent } from '../event-store.js'
import type { Projection } from '../projection.js'
import { addKey, moveCheckpoint, openSchema } from './projection-schema.js'
import { Overtaken } from './replay-lane.js'
import { RowBatch } from './row-batch.js'
import { PoisonEvent } from './rows.js'

interface Parts {
  readonly sql: Sql
  readonly catalog: EventCatalog
}

/** Brings a projection's tables on, a batch and its checkpoint in one transaction. */
export class Writer {
  private constructor(
    private readonly projection: Projection,
    private readonly schema: string,
    private readonly parts: Parts,
    /** It had caught up once, its indexes are there. */
    readonly ready: boolean,
    private at: Position,
  ) {}

  static async open(projection: Projection, schema: string, log: string, parts: Parts): Promise<Writer> {
    const { position, ready } = await openSchema(parts.sql, projection, schema, log)
    if (!ready) for (const table of projection.tables) await addKey(parts.sql, schema, table)
    return new Writer(projection, schema, parts, ready, position)
  }

  /** Everything up to here is in the tables. */
  get position(): Position {
    return this.at
  }

  /**
   * Throws `PoisonEvent` for an event that cannot be taken, with everything before it written; `Overtaken` when somebody else has
   * moved the checkpoint. `onStep` hears how far it has come when it has to go one by one.
   */
  async write(batch: Omit<Batch, 'caughtUp'>, onStep: (position: Position) => void = () => {}): Promise<void> {
    if (batch.position === this.at) return
    try {
      await this.#commit(batch.events, batch.position)
    } catch (error) {
      if (error instanceof Overtaken || isPassing(error)) throw error
      if (isGone(error)) throw new Overtaken(`${this.schema} is gone: somebody else has put other tables in its place`)
      if (batch.events.length <= 1)
        throw error instanceof PoisonEvent || !batch.events[0] ? error : new PoisonEvent(batch.events[0], error)
      for (const event of batch.events) {
        await this.write({ events: [event], position: event.position })
        onStep(event.position)
      }
      await this.write({ events: [], position: batch.position })
    }
  }

  async #commit(events: readonly RecordedEvent[], to: Position): Promise<void> {
    await this.parts.sql.transaction(async tx => {
      const rows = new RowBatch(this.projection, this.schema, tx)
      await rows.fold(events.map(event => this.parts.catalog.current(event)))
      await rows.write()
      if (!(await moveCheckpoint(tx, this.schema, this.at, to)))
        throw new Overtaken(`The checkpoint of ${this.schema} was moved by somebody else`)
    })
    this.at = to
  }
}

/** The table or the schema does not exist. */
const isGone = (error: unknown): boolean => ['42P01', '3F000'].includes(String((error as { code?: unknown }).code))
