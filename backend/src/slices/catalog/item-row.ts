import type { Artwork, ArtworkRole, ItemKind, MediaFile, MediaInfo } from '@projectionist/shared/events/media'
import { metadataOf, type Sources } from '../../platform/media/metadata-sources.js'
import { sortTitle } from '../../platform/media/sort-title.js'
import { table, type RowOf } from '../../platform/eventing/projection.js'

/** Everything the catalogue knows of an item, a row each. What lists need stands in columns, the rest follows from `sources` and `files`. */
export const items = table(
  'items',
  {
    id: 'uuid',
    library_id: 'uuid',
    kind: 'text',
    parent_id: 'uuid?',
    title: 'text',
    sort_title: 'text',
    year: 'int?',
    released_on: 'text?',
    taken_at: 'text?',
    added_at: 'timestamptz',
    rating: 'float8?',
    content_rating: 'text?',
    duration_ms: 'bigint?',
    quality: 'text?',
    width: 'int?',
    height: 'int?',
    season_number: 'int?',
    episode_number: 'int?',
    episode_number_end: 'int?',
    disc_number: 'int?',
    track_number: 'int?',
    artist: 'text?',
    genres: 'json',
    tags: 'json',
    pictures: 'json',
    root_ids: 'json',
    /** What each source says, from which the columns above are made. */
    sources: 'json',
    files: 'json',
    /** A playable item without files: out of the catalogue, its history stays. Groups leave when all inside them have. */
    removed: 'boolean',
    changed_position: 'bigint',
  },
  { key: ['id'], indexes: ['(parent_id)', '(changed_position)', '(library_id, kind) where not removed'] },
)
export type ItemRow = RowOf<typeof items>

export interface KnownFile {
  readonly file: MediaFile
  readonly media: MediaInfo
  readonly edition?: string | undefined
}
export type Pictures = { readonly [R in ArtworkRole]?: Artwork }

export const isGroup = (kind: string): boolean => kind === 'series' || kind === 'season' || kind === 'artist' || kind === 'album'

/** The row as its sources, files and pictures make it. */
export function describe(row: Pick<ItemRow, 'id' | 'library_id' | 'kind' | 'parent_id' | 'added_at' | 'changed_position'>, parts: { sources: Sources; files: readonly KnownFile[]; pictures: Pictures }): ItemRow {
  const { sources, files, pictures } = parts
  const known = metadataOf(sources)
  const main = files[0]
  const tallest = Math.max(0, ...files.flatMap(({ media }) => media.video.map(stream => lines(stream.width, stream.height))))
  const title = known.title ?? 'Untitled'
  const video = main?.media.video[0]
  return {
    ...row,
    title,
    sort_title: known.sortTitle ?? sortTitleOf(title),
    year: known.year ?? yearOf(known.releasedOn) ?? yearOf(known.takenAt) ?? null,
    released_on: known.releasedOn ?? null,
    taken_at: known.takenAt ?? null,
    rating: known.rating ?? null,
    content_rating: known.contentRating ?? null,
    duration_ms: main?.media.durationMs ?? null,
    quality: row.kind === 'photo' || tallest === 0 ? null : qualityOf(tallest),
    width: main?.media.image?.width ?? video?.width ?? null,
    height: main?.media.image?.height ?? video?.height ?? null,
    season_number: known.seasonNumber ?? null,
    episode_number: known.episodeNumber ?? null,
    episode_number_end: known.episodeNumberEnd ?? null,
    disc_number: known.discNumber ?? null,
    track_number: known.trackNumber ?? null,
    artist: known.artist ?? known.albumArtist ?? null,
    genres: known.genres ?? [],
    tags: known.tags ?? [],
    pictures,
    root_ids: [...new Set(files.map(({ file }) => file.location.rootId))],
    sources,
    files,
    removed: !isGroup(row.kind) && files.length === 0,
  }
}

const sortTitles = new Map<string, string>()
/** Most events of an item leave its title as it is, and come soon after one another. */
function sortTitleOf(title: string): string {
  let sorted = sortTitles.get(title)
  if (sorted !== undefined) return sorted
  if (sortTitles.size === 5000) sortTitles.clear()
  sorted = sortTitle(title)
  sortTitles.set(title, sorted)
  return sorted
}

/** What the row was made from, to be changed and described again. */
export const partsOf = (row: ItemRow): { sources: Sources; files: readonly KnownFile[]; pictures: Pictures } => ({
  sources: row.sources as Sources,
  files: row.files as KnownFile[],
  pictures: row.pictures as Pictures,
})

export const kindOf = (row: ItemRow): ItemKind => row.kind as ItemKind

/** Lines as the trade counts them: a wide film cut at top and bottom is as good as its width says. */
const lines = (width: number, height: number): number => Math.max(Math.min(width, height), (Math.max(width, height) * 9) / 16)
const qualityOf = (height: number): string => (height >= 1800 ? '4K' : height >= 900 ? '1080p' : height >= 620 ? '720p' : 'SD')
const yearOf = (date: string | undefined): number | undefined => (date && /^\d{4}/.test(date) ? Number(date.slice(0, 4)) : undefined)
