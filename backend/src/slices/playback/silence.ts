import { setTimeout as delay } from 'node:timers/promises'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { SILENCE_SECONDS } from '../../platform/live/playback-sessions.js'
import { byProcess } from '../../platform/eventing/decider.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { playback } from './playback.js'
import { recordOf, silentSessions } from './report-progress.js'

const LOOK_EVERY_MS = 30_000

/** Ends sessions whose players fell silent, and records where they were, so that nothing seen is lost with a flat battery. */
export async function watchForSilence(sql: Sql, runner: CommandRunner, log: Logger, signal: AbortSignal): Promise<void> {
  // Players could not be heard while the program was away: those that play on are to find their sessions.
  await delay(SILENCE_SECONDS * 1000, undefined, { signal, ref: false }).catch(() => {})
  while (!signal.aborted) {
    await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
    if (!signal.aborted) await endSilent(sql, runner).catch((error: unknown) => log.warn({ err: error }, 'silent sessions could not be ended'))
  }
}

/** One look. Doing it twice, or on two nodes, records each session once. */
export async function endSilent(sql: Sql, runner: CommandRunner): Promise<number> {
  const sessions = await silentSessions(sql)
  for (const session of sessions) {
    const commandId = uuidv5(PROJECTIONIST, `silence ${session.session_id} ${session.sequence}`)
    const by = { ...byProcess('silence', 'the player fell silent', commandId), causationId: session.session_id }
    const clock = { deviceTime: session.last_seen_at, clockOffsetMs: 0 }
    // A session that never reported anything was never a play, one that was stopped has said so. Of the others the last report counts.
    if (session.sequence >= 0 && session.state !== 'stopped')
      await runner.run(playback, recordOf(session, 'silence', clock, by))
    await sql.query(`delete from live.playback_sessions where session_id = $1 and date_trunc('milliseconds', last_seen_at) = $2`, [session.session_id, session.last_seen_at])
  }
  return sessions.length
}
