import type { SessionRow } from '../../platform/live/playback-sessions.js'
import type { StreamPlan } from './plan-session.js'

/** What stands in the `plan` of a session's row: enough for any node to serve it, the same way each time. */
export interface StoredPlan {
  /** Path of the library's folder, and of the file below it, in the form of `platform/media/file-location`. */
  readonly root: string
  readonly relative: string
  readonly mimeType: string
  /** Null when the file is sent as it is. */
  readonly streams: StreamPlan | null
  /** Text subtitles by stream index; `external` is a file beside the media, relative to the same root. */
  readonly subtitles: readonly { readonly index: number; readonly external: string | null }[]
  /** Where playing starts: segments from there on are made first. */
  readonly startMs: number
}

export const planOf = (row: SessionRow): StoredPlan => row.plan as StoredPlan
