import { Announcer } from '../eventing/projector/announcer.js'
import { isLive } from '../eventing/projector/projection-status.js'
import { Bell } from '../eventing/wakeup.js'
import { Sql } from '../sql/sql.js'
import { Logger } from '../telemetry/logger.js'
import { Jobs, type JobType } from './jobs.js'

/**
 * A kind of work that is owed: a to-do table, projected from the log. Each row is done by a job, or by a command right here;
 * what comes of it is an event that takes the row away.
 */
export interface OwedWork<Row extends { readonly work_id: string } = { readonly work_id: string }> {
  readonly name: string
  /** The projection whose changes may bring new work. */
  readonly projection: string
  /** SELECT of what is owed, `work_id` first, most urgent first; `$1` is how many rows at most. */
  readonly select: string
  /** How many at once in the queue. */
  readonly window: number
  readonly does: { readonly job: JobType; data(row: Row): unknown } | { run(row: Row): Promise<void> }
}

const LOOK_AGAIN_MS = 60_000
const FIRST_RETRY_MS = 2000
const LAST_RETRY_MS = 10 * 60_000

/**
 * Keeps a bounded window of jobs for what is owed. Wiping Redis loses nothing: the rows are still there. Work whose job is
 * gone while its row stays is tried again, ever more slowly.
 */
export class Dispatcher {
  readonly #stop = new AbortController()
  readonly #tries = new Map<string, { count: number; notBefore: number }>()
  readonly #running: Promise<void>[] = []

  constructor(
    private readonly sql: Sql,
    private readonly jobs: Jobs,
    private readonly announcer: Announcer,
    private readonly log: Logger,
  ) {}

  /** Sees to a kind of work from now on. */
  follow<Row extends { readonly work_id: string }>(kind: OwedWork<Row>): void {
    this.#running.push(this.#follow(kind as unknown as OwedWork))
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#running)
  }

  async #follow(kind: OwedWork): Promise<void> {
    const { signal } = this.#stop
    const bell = new Bell()
    const deaf = this.announcer.onChange((_, __, announced) => {
      if (announced.includes(kind.projection)) bell.ring()
    })
    while (!signal.aborted) {
      const rung = bell.count
      const again = await this.#dispatch(kind).catch((error: unknown) => {
        this.log.debug({ work: kind.name, err: error }, 'dispatching failed')
        return FIRST_RETRY_MS
      })
      await bell.wait(rung, again, signal)
    }
    deaf()
  }

  /** Brings the window up to date; answers when to look again unless something changes before. */
  async #dispatch(kind: OwedWork): Promise<number> {
    // Until a to-do table is caught up it still lists what was done long ago.
    if (!(await isLive(this.sql, kind.projection))) return FIRST_RETRY_MS
    const rows = await this.sql.query<{ work_id: string }>(kind.select, [kind.window])
    const now = Date.now()
    let next = LOOK_AGAIN_MS
    for (const row of rows) {
      const id = `${kind.name} ${row.work_id}`
      const tried = this.#tries.get(id)
      if (tried && tried.notBefore > now) {
        next = Math.min(next, tried.notBefore - now)
        continue
      }
      if ('job' in kind.does) {
        if (await this.jobs.queue(kind.does.job.queue).getJob(id)) {
          next = Math.min(next, LAST_RETRY_MS / 20)
          continue
        }
        await this.jobs.add(kind.does.job, id, kind.does.data(row))
      } else await kind.does.run(row)
      const count = (tried?.count ?? 0) + 1
      this.#tries.set(id, { count, notBefore: now + Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LAST_RETRY_MS) })
      next = Math.min(next, FIRST_RETRY_MS)
    }
    if (rows.length === 0) for (const id of this.#tries.keys()) if (id.startsWith(`${kind.name} `)) this.#tries.delete(id)
    return next
  }
}
