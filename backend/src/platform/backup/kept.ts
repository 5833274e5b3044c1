import type { EventStore } from '../eventing/event-store.js'
import type { Sql } from '../sql/sql.js'

/** All that is kept: log, vault and blobs. */
export interface Kept {
  readonly store: EventStore
  readonly sql: Sql
  /** Folder of what people supplied. */
  readonly blobs: string
}
