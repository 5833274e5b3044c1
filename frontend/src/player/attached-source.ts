import type { Trouble } from './recovery.js'

export interface Opening {
  readonly url: string
  readonly mimeType: string
  readonly startMs: number
  readonly onTrouble: (trouble: Trouble) => void
}

/** A session's media in an element. */
export interface AttachedSource {
  /** Opens it again at `ms`, after the network failed. */
  readonly reload: (ms: number) => void
  /** Goes on after a decoder failure, at `ms`. */
  readonly repair: (ms: number) => void
  /** Takes the media out of the element and stops loading. */
  readonly detach: () => void
}
