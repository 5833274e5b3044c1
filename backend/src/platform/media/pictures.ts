import type { Artwork, ArtworkRole, ArtworkSource, ItemKind } from '@projectionist/shared/events/media'

/** Something a picture is looked for: an item, and a file of its own or of something in it. */
export interface PictureSubject {
  readonly kind: ItemKind
  readonly title: string | null
  readonly seasonNumber: number | null
  readonly rootId: string
  /** Absolute. */
  readonly root: string
  readonly relative: string
  readonly durationMs: number | undefined
  readonly hasVideo: boolean
  readonly embedded: boolean
}

/** The picture cannot be made: the reason for the log, and whether trying later may help. */
export class NoPicture extends Error {
  override readonly name = 'NoPicture'
  constructor(
    message: string,
    readonly code: 'unreadable' | 'not-a-picture' | 'too-large' | 'gone',
  ) {
    super(message)
  }
}

/** Finds pictures of items and makes them fit. Pictures made are kept in a folder that may be emptied at any time. */
export abstract class Pictures {
  /** The best picture for each role there is one for; empty when there is none. Rejects only when the signal aborts. */
  abstract find(subject: PictureSubject, signal?: AbortSignal): Promise<readonly Artwork[]>
  /**
   * The picture as WebP, no wider than `width` and never enlarged, as a file. Many who ask at once wait for one rendering.
   * Rejects with `NoPicture`.
   */
  abstract render(source: ArtworkSource, root: string, contentHash: string, width: number): Promise<{ readonly path: string; readonly type: string }>
  /** The picture in that width when it was made before and is still kept: of items as they were, whose files may be gone. */
  abstract kept(contentHash: string, width: number): Promise<{ readonly path: string; readonly type: string } | undefined>
  abstract close(): Promise<void>
}

export type Candidate = { readonly role: ArtworkRole; readonly source: ArtworkSource }
