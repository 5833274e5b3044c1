import type { EventStore } from '../../platform/eventing/event-store.js'
import type { Announcer } from '../../platform/eventing/projector/announcer.js'
import type { ItemSummaries } from '../../platform/item-summaries.js'
import type { Sql } from '../../platform/sql/sql.js'
import type { KeptPastLibraries } from './kept-past-libraries.js'
import type { Portraits } from './portraits.js'

const PATIENCE_MS = 2000

/** What looking back stands on. */
export class TimeTravelParts {
  constructor(
    readonly sql: Sql,
    readonly store: EventStore,
    readonly portraits: Portraits,
    readonly pasts: KeptPastLibraries,
    readonly items: ItemSummaries,
    private readonly announcer: Announcer,
  ) {}

  /** Waits, not for long, until everything recorded so far is in the history. */
  async caughtUp(): Promise<void> {
    await this.announcer.waitFor(['history'], await this.store.head(), PATIENCE_MS)
  }
}
