import type { reportProgress } from '@projectionist/shared/api/playback'
import type { Request } from '@projectionist/shared/api/endpoint'
import { SILENCE_SECONDS, type SessionRow } from '../../platform/live/playback-sessions.js'
import type { Attribution } from '../../platform/eventing/decider.js'
import type { Query } from '../../platform/sql/sql.js'
import type { Clock } from './clock.js'
import { RecordProgress } from './playback.js'
import { isFinished } from './progress.js'

type Report = Request<typeof reportProgress>['body']
type Cause = RecordProgress['data']['cause']

/** Without anything else to record, the log hears of a playing session once a minute. */
const RECORD_EVERY_MS = 60_000

export interface Reported {
  readonly session: SessionRow
  /** Why the log has to hear of it; undefined when it need not. */
  readonly cause: Cause | undefined
  /** The report is older than one that was seen. */
  readonly stale: boolean
}

/** Writes a report into the session's row, and says whether the log has to hear of it. Undefined: no such session. */
export async function takeReport(sql: Query, userId: string, itemId: string, report: Report, now: Date): Promise<Reported | undefined> {
  const rows = await sql.query<SessionRow & { old_state: string; old_sequence: number }>(
    `update live.playback_sessions s set
       state = case when $5 > old.sequence then $6 else old.state end,
       position_ms = case when $5 > old.sequence then $4 else old.position_ms end,
       duration_ms = coalesce($7, old.duration_ms),
       sequence = greatest(old.sequence, $5),
       last_seen_at = $8
     from (select * from live.playback_sessions where session_id = $1 and user_id = $2 and item_id = $3 for update) old
     where s.session_id = old.session_id
     returning s.*, old.state as old_state, old.sequence as old_sequence`,
    [report.sessionId, userId, itemId, report.positionMs, sequenceOf(report, now), report.state, report.durationMs ?? null, now.toISOString()],
    'take_report',
  )
  const [row] = rows
  if (!row) return undefined
  const { old_state, old_sequence, ...session } = row
  if (sequenceOf(report, now) <= old_sequence) return { session, cause: undefined, stale: true }
  return { session, cause: causeOf(report, session, old_state, now), stale: false }
}

/** Devices that do not count reports are ordered by when they arrive. */
const sequenceOf = (report: Report, now: Date): number => report.sequence ?? now.getTime()

function causeOf(report: Report, session: SessionRow, before: string, now: Date): Cause | undefined {
  if (report.state === 'stopped') return 'stop'
  if (report.cause === 'seek') return 'seek'
  if (report.state === 'paused') return before === 'playing' || session.recorded_at === null ? 'pause' : undefined
  if (session.recorded_at === null) return 'minute'
  const due = now.getTime() - Date.parse(session.recorded_at) >= RECORD_EVERY_MS
  return due || isFinished(session.position_ms, session.duration_ms) ? 'minute' : undefined
}

/** The command that records where a session is. Nothing of it can have happened before it began, whatever the device's clock says. */
export function recordOf(session: SessionRow, cause: Cause, clock: Omit<Clock, 'deviceSequence'> & { readonly notBefore?: number }, by: Attribution): RecordProgress {
  return new RecordProgress(
    {
      userId: session.user_id,
      itemId: session.item_id,
      playId: session.play_id,
      libraryId: session.library_id,
      fileId: session.file_id,
      method: session.method,
      device: { id: session.device_id, name: session.device_name },
      positionMs: session.position_ms,
      durationMs: session.duration_ms,
      cause,
      notBefore: Date.parse(session.started_at),
      ...clock,
      deviceSequence: session.sequence,
    },
    by,
  )
}

export async function noteRecorded(sql: Query, sessionId: string, now: Date): Promise<void> {
  await sql.query('update live.playback_sessions set recorded_at = $2 where session_id = $1', [sessionId, now.toISOString()], 'note_recorded')
}

/** Sessions whose player fell silent: to be recorded where they were last seen, and ended. */
export function silentSessions(sql: Query): Promise<SessionRow[]> {
  return sql.query<SessionRow>(
    `select * from live.playback_sessions where last_seen_at < now() - make_interval(secs => ${SILENCE_SECONDS}) limit 100`,
  )
}
