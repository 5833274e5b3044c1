import { byProcess, DomainError, type Attribution } from '../../platform/eventing/decider.js'
import type { CommandRunner } from '../../platform/eventing/command-runner.js'
import { uuidv5 } from '../../platform/ids.js'
import type { Query } from '../../platform/sql/sql.js'
import type { Logger } from '../../platform/telemetry/logger.js'
import { NoteRefusedSignIns, user } from './user.js'

/** However many there are, the log hears of refused sign-ins to an account at most once in so long. */
const QUIET_MINUTES = 15

const due = `times > 0 and (recorded_at is null or recorded_at <= now() - make_interval(mins => ${QUIET_MINUTES}))`
export const refusedSignInsOwed = `select user_id as work_id from live.refused_sign_ins where ${due} order by since limit $1`

/**
 * Sign-ins to known accounts that were refused: counted as they come, over all nodes, recorded at once where nothing was for a
 * while, else when that is over. What was tried is not kept.
 */
export class RefusedSignIns {
  constructor(
    private readonly sql: Query,
    private readonly runner: CommandRunner,
    private readonly log: Logger,
  ) {}

  /** Notes one more, later than the answer that refuses it: how long that takes must not tell that there is such an account. */
  note(userId: string): void {
    void this.#count(userId).catch((error: unknown) => this.log.warn({ err: error }, 'a refused sign-in could not be noted'))
  }

  /** Records what was counted, when it is time. On several nodes at once it is recorded once. */
  async record(userId: string): Promise<void> {
    const [counted] = await this.sql.query<{ times: number; since: string }>(
      `select times, since from live.refused_sign_ins where user_id = $1 and ${due}`,
      [userId],
    )
    if (!counted) return
    try {
      const { times, since } = counted
      const { events } = await this.runner.run(user, new NoteRefusedSignIns({ userId, times, since }, byOf(userId, since)))
      // The same command may have told of fewer, on another node.
      const told = (events[0]!.data as { times: number }).times
      await this.sql.query(
        `update live.refused_sign_ins set times = times - $3, since = date_trunc('milliseconds', clock_timestamp()), recorded_at = now()
         where user_id = $1 and since = $2`,
        [userId, since, told],
      )
    } catch (error) {
      if (!(error instanceof DomainError) || (error.code !== 'not-found' && error.code !== 'user-not-found')) throw error
      // The person is gone.
      await this.sql.query('delete from live.refused_sign_ins where user_id = $1', [userId])
    }
  }

  async #count(userId: string): Promise<void> {
    await this.sql.query(
      `insert into live.refused_sign_ins as r (user_id, times, since) values ($1, 1, date_trunc('milliseconds', now()))
       on conflict (user_id) do update set times = r.times + 1, since = case when r.times = 0 then excluded.since else r.since end`,
      [userId],
      'count_refused',
    )
    await this.record(userId)
  }
}

const byOf = (userId: string, since: string): Attribution =>
  byProcess('sign-in', 'a sign-in was refused', uuidv5(userId, `sign-ins refused since ${since}`))
