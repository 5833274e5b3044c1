import type { PlaybackReason } from '@projectionist/shared/api/playback'
import type { Query } from '../sql/sql.js'

/** A playback session as it stands: passing state in `live.playback_sessions`, gone some time after its player fell silent. */
export interface SessionRow {
  readonly session_id: string
  readonly play_id: string
  readonly user_id: string
  readonly device_id: string
  readonly device_name: string
  readonly item_id: string
  readonly library_id: string
  readonly file_id: string
  readonly method: 'direct' | 'remux' | 'transcode'
  readonly reasons: readonly PlaybackReason[]
  /** What a worker needs to convert: the slice that writes it says what is inside. */
  readonly plan: unknown
  /** `stopped` is kept for a while, in case the player comes back. */
  readonly state: 'playing' | 'paused' | 'stopped'
  readonly position_ms: number
  readonly duration_ms: number
  /** Sequence of the last report. */
  readonly sequence: number
  readonly recorded_at: string | null
  readonly started_at: string
  readonly last_seen_at: string
  readonly worker_address: string | null
  readonly worker_epoch: number
  readonly worker_until: string | null
  readonly speed: number | null
  /** Made so far, by all workers it had. */
  readonly segments: number
}

/** A player that says nothing for so long is gone. */
export const SILENCE_SECONDS = 90

export async function findSession(sql: Query, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await sql.query<SessionRow>('select * from live.playback_sessions where session_id = $1', [sessionId], 'session_by_id')
  return row
}
