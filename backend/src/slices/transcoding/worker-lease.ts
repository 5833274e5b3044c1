import type { Query } from '../../platform/sql/sql.js'

/**
 * Which worker serves a session, as its row says. Every hand-over raises the epoch; who holds an older one has lost the
 * session, however alive. A worker renews its lease each second, and is taken for dead when it is not renewed in time.
 */
export const RENEW_EVERY_MS = 1000
const LEASE_SECONDS = 3

const until = `now() + make_interval(secs => ${LEASE_SECONDS})`

/** Takes the session for the worker at `address`. False: it has ended, has a worker, or another epoch has begun. */
export async function claim(sql: Query, sessionId: string, epoch: number, address: string): Promise<boolean> {
  const rows = await sql.query(
    `update live.playback_sessions set worker_address = $3, worker_until = ${until}
     where session_id = $1 and worker_epoch = $2 and worker_address is null returning 1`,
    [sessionId, epoch, address],
    'claim_session',
  )
  return rows.length > 0
}

/** Whether the session is still this worker's: `taken` by another, or `gone` with its row. */
export async function renew(sql: Query, sessionId: string, epoch: number, speed: number | null, segments: number): Promise<'ours' | 'taken' | 'gone'> {
  const [row] = await sql.query<{ ours: boolean; there: boolean }>(
    `with ours as (
       update live.playback_sessions set worker_until = ${until}, speed = $3, segments = $4 where session_id = $1 and worker_epoch = $2 returning 1
     )
     select exists (select from ours) as ours, exists (select from live.playback_sessions where session_id = $1) as there`,
    [sessionId, epoch, speed, segments],
    'renew_session',
  )
  return row?.ours ? 'ours' : row?.there ? 'taken' : 'gone'
}

/** Gives a session back: the next request for media finds it a worker again. */
export async function release(sql: Query, sessionId: string, epoch: number, segments: number): Promise<void> {
  await sql.query(
    `update live.playback_sessions set worker_epoch = worker_epoch + 1, worker_address = null, worker_until = null, speed = null,
       segments = $3 where session_id = $1 and worker_epoch = $2`,
    [sessionId, epoch, segments],
    'release_session',
  )
}

export interface LeasedSession {
  readonly session_id: string
  readonly worker_address: string | null
  readonly worker_epoch: number
  /** Its worker renewed the lease in time, by the database's clock. */
  readonly alive: boolean
}

export async function lookUp(sql: Query, sessionId: string): Promise<LeasedSession | undefined> {
  const [row] = await sql.query<LeasedSession>(
    `select session_id, worker_address, worker_epoch, (worker_address is not null and worker_until > now()) is true as alive
     from live.playback_sessions where session_id = $1`,
    [sessionId],
    'leased_session',
  )
  return row
}

/** Takes the session from a worker that does not answer; the new epoch, or undefined when someone else did so already. */
export async function takeBack(sql: Query, sessionId: string, epoch: number): Promise<number | undefined> {
  const [row] = await sql.query<{ worker_epoch: number }>(
    `update live.playback_sessions set worker_epoch = worker_epoch + 1, worker_address = null, worker_until = null
     where session_id = $1 and worker_epoch = $2 returning worker_epoch`,
    [sessionId, epoch],
    'take_session_back',
  )
  return row?.worker_epoch
}

/** A request for media shows that somebody plays, also with players that report nothing. Written now and then only. */
export async function touch(sql: Query, sessionId: string): Promise<void> {
  await sql.query(
    `update live.playback_sessions set last_seen_at = now() where session_id = $1 and last_seen_at < now() - interval '10 seconds'`,
    [sessionId],
    'touch_session',
  )
}
