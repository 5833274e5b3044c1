import type { Scan } from '@projectionist/shared/api/libraries'
import type { ScanCounts } from '@projectionist/shared/events/scan'
import type { LiveBus } from '../../platform/live/live-bus.js'
import type { Sql } from '../../platform/sql/sql.js'

export type Progress = ScanCounts & { readonly done: number; readonly walked: boolean }

const TELL_EVERY_MS = 250

/** How a scan stands, in `live.scan_progress`, and told to admins a few times a second. */
export class ScanProgress {
  #latest: Progress | undefined
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(
    private readonly sql: Sql,
    private readonly live: LiveBus,
    private readonly scanId: string,
  ) {}

  /** What an earlier run of the scan came to. */
  async before(): Promise<Partial<ScanCounts>> {
    const [row] = await this.sql.query<Partial<ScanCounts>>('select added, changed, moved, removed from live.scan_progress where scan_id = $1', [this.scanId])
    return row ?? {}
  }

  tell(progress: Progress): void {
    this.#latest = progress
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.#write())
    }, TELL_EVERY_MS)
  }

  /** Writes the last word. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#writing
    await this.#write()
  }

  /** Another run failed; how many have. */
  async failed(): Promise<number> {
    const [row] = await this.sql.query<{ failures: number }>(
      `insert into live.scan_progress (scan_id, failures) values ($1, 1)
       on conflict (scan_id) do update set failures = scan_progress.failures + 1 returning failures`,
      [this.scanId],
    )
    return row!.failures
  }

  async #write(): Promise<void> {
    const progress = this.#latest
    if (!progress) return
    const { walked, found, done, failed, added, changed, moved, removed } = progress
    try {
      await this.sql.query(
        `insert into live.scan_progress (scan_id, walked, found, done, failed, added, changed, moved, removed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (scan_id) do update set walked = $2, found = $3, done = $4, failed = $5, added = $6, changed = $7, moved = $8, removed = $9`,
        [this.scanId, walked, found, done, failed, added, changed, moved, removed],
      )
      const [scan] = await this.sql.query<Scan>('select * from read.scan_list where id = $1', [this.scanId])
      if (scan) this.live.publish('admins', { type: 'scan', scan })
    } catch {
      // Progress is for looking at: the scan goes on without.
    }
  }
}
