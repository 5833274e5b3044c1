import type { ItemKind } from '@projectionist/shared/events/media'

/** What the index knows of an item; the row of a page is fetched from PostgreSQL. */
export interface IndexedRow {
  readonly id: string
  readonly libraryId: string
  readonly kind: ItemKind
  /** The season of an episode, the album of a track, and what that is in. */
  readonly parentId: string | null
  readonly grandparentId: string | null
  readonly title: string
  /** Null: sorted by its title. */
  readonly sortTitle: string | null
  /** What else it is found by, each a phrase: original title, series, artist, album, people. */
  readonly names: readonly string[]
  readonly year: number | null
  readonly addedMs: number
  /** `YYYY-MM-DD`. */
  readonly releasedOn: string | null
  /** Local time without zone, `YYYY-MM-DDTHH:mm:ss`. */
  readonly takenAt: string | null
  /** From 0 to 10. */
  readonly rating: number | null
  readonly durationMs: number | null
  /** Place in its parent: season or disc times 10,000, and episode or track. */
  readonly number: number | null
  readonly quality: string | null
  readonly contentRating: string | null
  readonly genres: readonly string[]
  readonly tags: readonly string[]
  /** Not in the catalogue any more; its other fields may be anything. */
  readonly removed: boolean
  /** Position in the log of the last event that changed the row. */
  readonly changedPosition: number
}
