import type { RenditionName, SessionPlan } from './stream-plan.js'

/**
 * `ffmpeg-missing`: there is none, or it does not run. `source-unreadable`: the media file cannot be opened or has not the
 * stream. `source-ends`: it ends before its own account of itself. `ffmpeg-died`: it ended early again and again at the same place. `disk-full`: no room for segments.
 * `no-such-segment`: beyond the playlist, or a stream the session does not have. `closed`: the session has ended.
 */
export type MediaFailure = 'ffmpeg-missing' | 'source-unreadable' | 'source-ends' | 'ffmpeg-died' | 'disk-full' | 'no-such-segment' | 'closed'

export class MediaError extends Error {
  override readonly name = 'MediaError'
  constructor(
    readonly code: MediaFailure,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options)
  }
}

/** One stream of a session, in segments of fragmented MP4. Rejects with `MediaError`, or with the signal's reason. */
export interface Rendition {
  /** The initialization segment (ISO/IEC 14496-12 `ftyp` and `moov`). */
  init(signal?: AbortSignal): Promise<Buffer>
  /** Segment `n`, from 0. Any segment may be asked for at any time; neighbours that follow come fast. */
  segment(n: number, signal?: AbortSignal): Promise<Buffer>
}

/** A session's media while it is played on this machine. Owns a temporary folder and FFmpeg processes until closed. */
export interface OpenMedia {
  /** Begins to make segments from a time on, before they are asked for. */
  prepare(seconds: number): void
  rendition(name: RenditionName): Rendition
  /** A whole subtitle track as WebVTT, timed like the renditions. */
  subtitle(index: number): Promise<Buffer>
  /** Segments made so far, in all renditions. */
  readonly segmentsMade: number
  /** Media seconds made for each second of work, over the last while; null when nothing is being made. */
  speed(): number | null
  close(): Promise<void>
}

/** What this machine can do with media files. */
export abstract class MediaEngine {
  /** Whether FFmpeg is there. Rejects with `MediaError` `ffmpeg-missing` whose message says what to do. */
  abstract check(): Promise<void>
  /**
   * Times of a video stream's keyframes from the file's own index, seconds from the start of the file, ascending; null when
   * the file has no index that is read at once.
   */
  abstract keyframes(path: string, streamIndex: number): Promise<readonly number[] | null>
  /** Opens a session. `folder` is made, and removed on close. */
  abstract open(plan: SessionPlan, folder: string): OpenMedia
}
