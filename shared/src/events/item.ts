import { z } from 'zod'
import { event, type Fact } from './event.js'
import { Artwork, ArtworkRole, ItemKind, MediaFile, MediaInfo, Metadata } from './media.js'

/**
 * A group of items got its place in the catalogue: a series, a season, an artist or an album. Its id derives from the
 * library and the parsed key, so every file that names the group finds the same stream.
 */
export const GroupIdentified = event(
  'GroupIdentified',
  z.object({
    libraryId: z.uuid(),
    kind: ItemKind.extract(['series', 'season', 'artist', 'album']),
    parentId: z.uuid().optional(),
    key: z.string(),
    metadata: Metadata,
  }),
)

/**
 * A file was taken in: as a new item, as another version of one, or in place of a version (`replaces`). Carries what the
 * probe found, so that a replay asks no disk. `metadata` is what name and tags say.
 */
export const MediaIngested = event(
  'MediaIngested',
  z.object({
    libraryId: z.uuid(),
    kind: ItemKind.extract(['film', 'episode', 'track', 'photo', 'video']),
    parentId: z.uuid().optional(),
    file: MediaFile,
    replaces: z.uuid().optional(),
    /** Name of the version, from the file name: `Director's Cut`, `4K`. */
    edition: z.string().optional(),
    /** The work, as name and tags tell it: files of a library with the same key are versions of one item. */
    key: z.string().optional(),
    media: MediaInfo,
    metadata: Metadata,
    scanId: z.uuid().optional(),
  }),
)
/** The same bytes are somewhere else now. */
export const MediaFileMoved = event('MediaFileMoved', z.object({ file: MediaFile, scanId: z.uuid().optional() }))
/**
 * Files of the item stand in the catalogue as they did before something was taken back: those of `files` are there again, those
 * `withdrawn` are not. No disk was asked: the next scan finds what is really there. `metadata` and `parentId` are what names and
 * tags say of the item then.
 */
export const MediaRestored = event(
  'MediaRestored',
  z.object({
    files: z.array(MediaIngested.schema),
    withdrawn: z.array(z.uuid()),
    parentId: z.uuid().optional(),
    metadata: Metadata.optional(),
  }),
)
/** The file is gone from a folder that could be read. An item without files leaves the catalogue; its history stays. */
export const MediaFileRemoved = event('MediaFileRemoved', z.object({ fileId: z.uuid(), scanId: z.uuid().optional() }))

/** What a source knows of the item; a later match by the same source takes the place of its earlier one. */
export const MetadataMatched = event(
  'MetadataMatched',
  z.object({
    source: z.enum(['nfo', 'folder', 'tmdb', 'musicbrainz']),
    metadata: Metadata,
    /** The file the source lies beside, when it lies beside one. */
    fileId: z.uuid().optional(),
  }),
)
/** What a person wrote; stands above every source. `null` gives a field back to the sources. */
export const MetadataEdited = event(
  'MetadataEdited',
  z.object({ fields: z.record(z.string(), z.json()), libraryId: z.uuid().optional() }),
)
export const ArtworkChosen = event('ArtworkChosen', Artwork)
/** A choice was taken back and none was made before it: the item is without this picture. */
export const ArtworkWithdrawn = event('ArtworkWithdrawn', z.object({ role: ArtworkRole }))
/** Artwork was looked for and there is none to be had from these files. */
export const ArtworkNotFound = event('ArtworkNotFound', z.object({ fileId: z.uuid().optional(), detail: z.string().max(500) }))

export const itemEvents = [
  GroupIdentified, MediaIngested, MediaFileMoved, MediaFileRemoved, MediaRestored, MetadataMatched, MetadataEdited, ArtworkChosen, ArtworkWithdrawn,
  ArtworkNotFound,
] as const
export type ItemEvent = Fact<(typeof itemEvents)[number]>
