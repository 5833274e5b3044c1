import type { ItemKind, MediaInfo } from '@projectionist/shared/events/media'
import type { Pictures } from '../../platform/media/pictures.js'
import type { Attribution } from '../../platform/eventing/decider.js'
import type { Query } from '../../platform/sql/sql.js'

interface Row {
  readonly work_id: string
  readonly kind: ItemKind
  readonly title: string | null
  readonly season_number: number | null
  readonly since: number
  readonly cause_id: string
  readonly correlation_id: string
  readonly root_id: string | null
  readonly relative: string | null
  readonly media: MediaInfo | null
  readonly root: string | null
  readonly lost: string | null
}

interface Owed {
  readonly since: number
  /** What they follow from. */
  readonly cause: Pick<Attribution, 'correlationId' | 'causationId'>
}
export type Found =
  | ({ readonly outcome: 'found'; readonly pictures: Awaited<ReturnType<Pictures['find']>> } & Owed)
  | ({ readonly outcome: 'none'; readonly detail: string } & Owed)
  /** Nothing owed any more, or its disk is away: to be asked again when that changes. */
  | { readonly outcome: 'later' }

/** Looks for the pictures an item owes. */
export async function lookForArtwork(sql: Query, pictures: Pictures, itemId: string, signal: AbortSignal): Promise<Found> {
  const [row] = await sql.query<Row>(
    `select o.*, r.path as root, r.lost from read.owed_artwork o left join read.library_roots r on r.id = o.root_id where o.work_id = $1`,
    [itemId],
  )
  if (!row) return { outcome: 'later' }
  const owed: Owed = { since: row.since, cause: { correlationId: row.correlation_id, causationId: row.cause_id } }
  if (!row.root || !row.relative || !row.root_id || !row.media)
    return { outcome: 'none', detail: 'There is no file to look beside', ...owed }
  if (row.lost !== null) return { outcome: 'later' }
  const found = await pictures.find(
    {
      kind: row.kind,
      title: row.title,
      seasonNumber: row.season_number,
      rootId: row.root_id,
      root: row.root,
      relative: row.relative,
      durationMs: row.media.durationMs,
      hasVideo: row.media.video.length > 0,
      embedded: row.media.embeddedArtwork ?? false,
    },
    signal,
  )
  if (found.length === 0) return { outcome: 'none', detail: 'Neither beside the file nor in it is a picture that can be used', ...owed }
  return { outcome: 'found', pictures: found, ...owed }
}
