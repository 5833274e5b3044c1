import type { Exchange } from './http/exchange.js'
import type { Sql } from './sql/sql.js'

/** What reads a past library. */
export interface PastReading {
  readonly id: string
  /** The catalogue, libraries and watch states as they were; people and all else as today. */
  readonly sql: Sql
}

/** The library as it was at other moments. Implemented by the time-travel slice. */
export abstract class PastLibraries {
  /**
   * What the caller looks at, undefined when that is today's library. Throws `not-allowed` where the person may not look back,
   * `past-library-unfinished`, and `past-library-gone`, also later when it is put away while it is read.
   */
  abstract asked(exchange: Exchange): Promise<PastReading | undefined>
}
