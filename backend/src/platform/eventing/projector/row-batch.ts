import type { Query } from '../../sql/sql.js'
import type { RecordedEvent } from '../event-store.js'
import type { Projection } from '../projection.js'
import { Rows } from './rows.js'
import { upsertRows } from './write-rows.js'

/** One batch of events, folded into rows and written in the caller's transaction. */
export class RowBatch {
  readonly #rows: Rows

  constructor(
    projection: Projection,
    private readonly schema: string,
    private readonly sql: Query,
  ) {
    this.#rows = new Rows(projection, schema)
  }

  /** Folds the events, in order, into the rows they concern. Nothing is written yet. */
  fold(events: readonly RecordedEvent[]): Promise<void> {
    return this.#rows.fold(events, this.sql)
  }

  /** Writes what changed, and what follows from it. */
  write(): Promise<void> {
    return upsertRows(this.sql, this.schema, this.#rows.take())
  }
}
