import type { MediaInfo, Metadata } from '@projectionist/shared/events/media'
import type { ScanProblem } from '@projectionist/shared/events/scan'
import type { MediaType } from './media-types.js'

/** A file to be looked into. */
export interface ProbeRequest {
  /** Absolute, as bytes. */
  readonly path: Uint8Array
  readonly type: MediaType
}

/**
 * What is in a file. `fingerprint` stays the same when the file is moved, renamed or re-tagged. `tags` is what the file
 * says of itself, unmerged with its name. `incomplete`: it can be read but is shorter than it says, in words for the person who owns it.
 */
export interface Probed {
  readonly outcome: 'probed'
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** Hex digest of the essence. */
  readonly fingerprint: string
  readonly media: MediaInfo
  readonly tags: Metadata
  readonly incomplete?: string
}
/** Why it could not become an item, in a code and in words for the person who owns the file. */
export interface NotProbed {
  readonly outcome: 'failed'
  readonly code: ScanProblem['code']
  readonly detail: string
}
export type ProbeResult = Probed | NotProbed

/**
 * Looks into media files, each on its own: whatever one does to its reader, the others get their answers. Never throws for
 * a file; rejects only when the signal aborts.
 */
export interface Prober {
  probe(request: ProbeRequest, signal?: AbortSignal): Promise<ProbeResult>
  close(): Promise<void>
}

/** What an NFO file says: of the thing it lies beside, or of a group when it is `tvshow.nfo`, `artist.nfo` and the like. */
export interface Nfo {
  readonly kind: 'film' | 'series' | 'season' | 'episode' | 'artist' | 'album' | 'video'
  readonly metadata: Metadata
}

/** Everything that looks into files for a scan. */
export abstract class Probing {
  abstract readonly prober: Prober
  /** What an NFO file says; undefined when it cannot be made sense of. Path absolute, as bytes. */
  abstract readNfo(path: Uint8Array): Promise<Nfo | undefined>
}
