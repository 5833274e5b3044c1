import { z } from 'zod'
import { ArtworkRole, Chapter, ItemKind, MediaInfo, Person } from '../events/media.js'
import { ById, endpoint, many, Page } from './endpoint.js'

/** A picture. `url` is good without a sign-in for whoever was given it; add `?w=` with a width of `imageWidths`. */
export const Picture = z.object({ url: z.string(), width: z.int(), height: z.int(), thumbhash: z.string(), colour: z.string() })
export type Picture = z.infer<typeof Picture>
export const imageWidths = [160, 320, 480, 640, 960, 1280, 1920, 3840] as const

/** Another place the person got to, on a device that knew nothing of the newer one that counts. */
export const ElsewherePlace = z.object({
  playId: z.uuid(), positionMs: z.int(), durationMs: z.int(), device: z.string(), at: z.iso.datetime(),
})
export type ElsewherePlace = z.infer<typeof ElsewherePlace>

/** The asking person's own state. For groups (`series`, `season`, `album`, …) `unwatched` counts what is left inside. */
export const WatchState = z.object({
  positionMs: z.int(),
  watched: z.boolean(),
  plays: z.int(),
  lastPlayedAt: z.iso.datetime().nullable(),
  rating: z.int().nullable(),
  unwatched: z.int().nullable(),
  /** There when it is worth telling. */
  elsewhere: ElsewherePlace.optional(),
})
export type WatchState = z.infer<typeof WatchState>

const ItemReference = z.object({ id: z.uuid(), kind: ItemKind, title: z.string() })

export const ItemSummary = z.object({
  id: z.uuid(),
  kind: ItemKind,
  libraryId: z.uuid(),
  title: z.string(),
  year: z.int().nullable(),
  /** From the nearest group outward: an episode's season and series, a track's album and artist. */
  parents: z.array(ItemReference),
  /** Season, episode, disc and track numbers. */
  seasonNumber: z.int().nullable(),
  episodeNumber: z.int().nullable(),
  episodeNumberEnd: z.int().nullable(),
  discNumber: z.int().nullable(),
  trackNumber: z.int().nullable(),
  /** A track's own artist where it differs from the album's. */
  artist: z.string().nullable(),
  durationMs: z.int().nullable(),
  addedAt: z.iso.datetime(),
  releasedOn: z.string().nullable(),
  /** Local time without zone, of photos and home videos. */
  takenAt: z.string().nullable(),
  rating: z.number().nullable(),
  contentRating: z.string().nullable(),
  /** Best picture among the files: `4K`, `1080p`, `720p`, `SD`; null for what has none. */
  quality: z.string().nullable(),
  /** Pixels of a photo, as shown. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  childCount: z.int().nullable(),
  /** False while its disk cannot be reached. */
  available: z.boolean(),
  pictures: z.partialRecord(ArtworkRole, Picture),
  state: WatchState,
})
export type ItemSummary = z.infer<typeof ItemSummary>

export const ItemFile = z.object({
  id: z.uuid(),
  edition: z.string().nullable(),
  /** Admins see the path on the server; others the file's name. */
  path: z.string(),
  sizeBytes: z.int(),
  available: z.boolean(),
  media: MediaInfo,
})
export type ItemFile = z.infer<typeof ItemFile>

export const Item = ItemSummary.extend({
  originalTitle: z.string().nullable(),
  tagline: z.string().nullable(),
  overview: z.string().nullable(),
  genres: z.array(z.string()),
  tags: z.array(z.string()),
  studios: z.array(z.string()),
  people: z.array(Person),
  chapters: z.array(Chapter),
  camera: z.string().nullable(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  trackGainDb: z.number().nullable(),
  albumGainDb: z.number().nullable(),
  externalIds: z.record(z.string(), z.string()),
  files: z.array(ItemFile),
  /** Seasons of a series, episodes of a season, albums of an artist, tracks of an album, in their order; at most 500, then `GET /items?parent=`. */
  children: z.array(ItemSummary),
  /** The episode to play from a series' or season's page; the next episode of an episode. */
  next: ItemSummary.nullable(),
})
export type Item = z.infer<typeof Item>

export const ItemSort = z.enum(['title', 'year', 'added', 'released', 'taken', 'rating', 'duration', 'number'])
export type ItemSort = z.infer<typeof ItemSort>

const Filters = {
  library: z.uuid().optional(),
  kind: many(ItemKind).optional(),
  parent: z.uuid().optional(),
  genre: many(z.string().max(200)).optional(),
  /** `1999` or `1990-1999`. */
  year: z.string().regex(/^\d{4}(-\d{4})?$/, 'A year such as 1999, or a range such as 1990-1999').optional(),
  quality: many(z.enum(['4K', '1080p', '720p', 'SD'])).optional(),
  watched: z.enum(['watched', 'unwatched', 'in-progress']).optional(),
  person: z.string().max(200).optional(),
  /** Words from title, people or album; as typed, the last may be unfinished, small typing errors are forgiven. */
  q: z.string().max(200).optional(),
}
const Order = { sort: ItemSort.default('title'), order: z.enum(['asc', 'desc']).default('asc') }

export const ItemsQuery = z.object({ ...Filters, ...Order, ...Page })
export const ItemsIndexQuery = z.object({ ...Filters, ...Order })

export const getItems = endpoint({
  method: 'GET', path: '/items', access: 'user', past: 'shown', summary: 'Items in order, page by page', query: ItemsQuery,
  response: z.object({ items: z.array(ItemSummary), next: z.string().nullable() }),
  errors: ['library-not-found'],
})
/**
 * The shape of a whole list: buckets in its order, each with at most 500 items. `key` is what the rail shows (letter,
 * year, `YYYY-MM`); neighbouring buckets may share a key. `cursor` starts a page at the bucket's first item.
 */
export const getItemsIndex = endpoint({
  method: 'GET', path: '/items/index', access: 'user', past: 'shown', summary: 'Where everything is in a list', query: ItemsIndexQuery,
  response: z.object({
    total: z.int(),
    buckets: z.array(z.object({ key: z.string(), count: z.int(), cursor: z.string() })),
  }),
  errors: ['library-not-found'],
})
export const getItemsFacets = endpoint({
  method: 'GET', path: '/items/facets', access: 'user', past: 'shown', summary: 'What a list can be narrowed by, with counts', query: z.object(Filters),
  response: z.object({
    genres: z.array(z.object({ value: z.string(), count: z.int() })),
    decades: z.array(z.object({ value: z.int(), count: z.int() })),
    qualities: z.array(z.object({ value: z.string(), count: z.int() })),
  }),
})
export const getItem = endpoint({
  method: 'GET', path: '/items/:id', access: 'user', past: 'shown', summary: 'One item with its files, children, people and the person’s own state',
  params: ById, response: Item, errors: ['item-not-found'],
})
export const search = endpoint({
  method: 'GET', path: '/search', access: 'user', past: 'shown', summary: 'Everything whose words begin so, best first, by kind',
  query: z.object({ q: z.string().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(8) }),
  response: z.object({ groups: z.array(z.object({ kind: ItemKind, total: z.int(), items: z.array(ItemSummary) })) }),
})
