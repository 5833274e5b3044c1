import { z } from 'zod'

/** Facts about media files, as probes give them; part of events and of the API, so fields are only ever added, and optional. */

export const LibraryKind = z.enum(['films', 'shows', 'music', 'photos', 'home-videos'])
export type LibraryKind = z.infer<typeof LibraryKind>

export const ItemKind = z.enum(['film', 'series', 'season', 'episode', 'artist', 'album', 'track', 'photo', 'video'])
export type ItemKind = z.infer<typeof ItemKind>

/**
 * Where a file is: a library root and a path under it with `/` between names. Bytes that are not valid UTF-8, and `%`
 * itself, are percent-encoded, so that every name a file system can hold has exactly one form here.
 */
export const FileLocation = z.object({ rootId: z.uuid(), relative: z.string().min(1).max(8192) })
export type FileLocation = z.infer<typeof FileLocation>

export const VideoStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().optional(),
  level: z.number().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Degrees clockwise the picture has to be turned for viewing: 0, 90, 180 or 270. */
  rotation: z.int().optional(),
  bitDepth: z.int().optional(),
  pixelFormat: z.string().optional(),
  frameRate: z.number().positive().optional(),
  range: z.enum(['sdr', 'hdr10', 'hlg', 'dolby-vision']).optional(),
  interlaced: z.boolean().optional(),
  bitRate: z.int().positive().optional(),
  default: z.boolean().optional(),
  language: z.string().optional(),
  title: z.string().optional(),
})
export type VideoStream = z.infer<typeof VideoStream>

export const AudioStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().optional(),
  channels: z.int().positive(),
  layout: z.string().optional(),
  sampleRate: z.int().positive(),
  bitRate: z.int().positive().optional(),
  language: z.string().optional(),
  title: z.string().optional(),
  default: z.boolean().optional(),
})
export type AudioStream = z.infer<typeof AudioStream>

export const SubtitleStream = z.object({
  /** Index in the file; for a file of its own beside the media, its place after all of them. */
  index: z.int().nonnegative(),
  codec: z.string(),
  form: z.enum(['text', 'image']),
  language: z.string().optional(),
  title: z.string().optional(),
  forced: z.boolean().optional(),
  hearingImpaired: z.boolean().optional(),
  default: z.boolean().optional(),
  /** The subtitle file beside the media, relative to the same root; absent when it is inside the media file. */
  external: z.string().optional(),
})
export type SubtitleStream = z.infer<typeof SubtitleStream>

export const Chapter = z.object({ startMs: z.int().nonnegative(), title: z.string() })
export type Chapter = z.infer<typeof Chapter>

/** What a probe found in a file. Codec and container names are FFmpeg's (`h264`, `hevc`, `ac3`, `matroska`, `mp4`). */
export const MediaInfo = z.object({
  container: z.string(),
  durationMs: z.int().nonnegative().optional(),
  bitRate: z.int().positive().optional(),
  video: z.array(VideoStream),
  audio: z.array(AudioStream),
  subtitles: z.array(SubtitleStream),
  chapters: z.array(Chapter).optional(),
  /** A cover picture is stored inside the file. */
  embeddedArtwork: z.boolean().optional(),
  /** Photos: pixels as shown, after turning. */
  image: z.object({ width: z.int().positive(), height: z.int().positive(), animated: z.boolean().optional() }).optional(),
})
export type MediaInfo = z.infer<typeof MediaInfo>

export const MediaFile = z.object({
  fileId: z.uuid(),
  location: FileLocation,
  sizeBytes: z.int().nonnegative(),
  /** Modification time of the file in ms since 1970, whole. */
  modifiedMs: z.int(),
  /** Changes when a file that goes with it (subtitles, NFO, pictures) comes, goes or changes; absent when there is none. */
  beside: z.string().max(64).optional(),
})
export type MediaFile = z.infer<typeof MediaFile>

export const Person = z.object({
  name: z.string().min(1),
  role: z.enum(['actor', 'director', 'writer', 'composer', 'producer', 'artist', 'other']),
  character: z.string().optional(),
})
export type Person = z.infer<typeof Person>

/** Metadata of an item as values. Everything is optional: a source gives what it knows. */
export const Metadata = z.object({
  title: z.string().min(1).optional(),
  sortTitle: z.string().optional(),
  originalTitle: z.string().optional(),
  year: z.int().min(1000).max(9999).optional(),
  /** Day of release or first broadcast, `YYYY-MM-DD`. */
  releasedOn: z.iso.date().optional(),
  /** When a photo or home video was taken, local time without zone as the camera wrote it: `YYYY-MM-DDTHH:mm:ss`. */
  takenAt: z.string().optional(),
  overview: z.string().optional(),
  tagline: z.string().optional(),
  genres: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  people: z.array(Person).optional(),
  studios: z.array(z.string()).optional(),
  /** The public's rating from 0 to 10. */
  rating: z.number().min(0).max(10).optional(),
  /** The age rating as printed, `PG-13`, `FSK 16`. */
  contentRating: z.string().optional(),
  seasonNumber: z.int().nonnegative().optional(),
  episodeNumber: z.int().nonnegative().optional(),
  /** Last episode of a file that holds several. */
  episodeNumberEnd: z.int().nonnegative().optional(),
  discNumber: z.int().positive().optional(),
  trackNumber: z.int().nonnegative().optional(),
  albumArtist: z.string().optional(),
  album: z.string().optional(),
  artist: z.string().optional(),
  /** Loudness change in dB that brings a track to the reference, as tagged. */
  trackGainDb: z.number().optional(),
  albumGainDb: z.number().optional(),
  camera: z.string().optional(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  /** Ids in other catalogues: `{ tmdb: '603', imdb: 'tt0133093', musicbrainz: '…' }`. */
  externalIds: z.record(z.string(), z.string()).optional(),
})
export type Metadata = z.infer<typeof Metadata>

export const ArtworkRole = z.enum(['poster', 'backdrop', 'logo', 'thumb'])
export type ArtworkRole = z.infer<typeof ArtworkRole>

/** Where a picture comes from; the picture itself is derived and made again when it is gone. */
export const ArtworkSource = z.discriminatedUnion('from', [
  z.object({ from: z.literal('file'), location: FileLocation }),
  z.object({ from: z.literal('embedded'), location: FileLocation }),
  z.object({ from: z.literal('frame'), location: FileLocation, atMs: z.int().nonnegative() }),
])
export type ArtworkSource = z.infer<typeof ArtworkSource>

export const Artwork = z.object({
  role: ArtworkRole,
  source: ArtworkSource,
  width: z.int().positive(),
  height: z.int().positive(),
  /** ThumbHash of the picture, base64. */
  thumbhash: z.string(),
  /** Dominant colour, `#rrggbb`. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  /** Changes when the picture does: part of its address. */
  contentHash: z.string(),
})
export type Artwork = z.infer<typeof Artwork>
