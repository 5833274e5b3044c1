import type { Trouble } from './recovery.js'

export interface Opening {
  readonly url: string
  readonly mimeType: string
  readonly startMs: number
  readonly onTrouble: (trouble: Trouble) => void
}

/** A session's media in an element. */
export interface AttachedSource {
  /** Loads on at `ms`, after the network failed. True when the element begins anew, and will tell its metadata again. */
  readonly reload: (ms: number) => boolean
  /** Goes on at `ms` after the decoder failed; the element begins anew. */
  readonly repair: (ms: number) => void
  /** Takes the media out of the element and stops loading. */
  readonly detach: () => void
}
