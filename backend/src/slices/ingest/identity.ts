import type { ItemKind, LibraryKind, Metadata } from '@projectionist/shared/events/media'
import type { MediaType } from '../../platform/media/media-types.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import { stemOf } from '../../platform/media/media-types.js'
import { parseEpisode } from './names/episode.js'
import { parseFilm } from './names/film.js'
import { primaryId } from './names/marks.js'
import { parseMoment } from './names/moment.js'
import { parseTrack } from './names/track.js'
import { titleKey } from './names/words.js'

/** The id of a file's content, wherever it lies. */
export const fileIdOf = (fingerprint: string): string => uuidv5(PROJECTIONIST, `file:${fingerprint}`)

/** The id of a second file with the same content, which has to have its own. */
export const copyIdOf = (fingerprint: string, rootId: string, relative: string): string => uuidv5(PROJECTIONIST, `copy:${fingerprint}:${rootId}:${relative}`)

/** The id of a work or group in a library: whoever comes by it first or again derives the same. */
export const itemIdOf = (libraryId: string, key: string): string => uuidv5(libraryId, key)

export interface Group {
  readonly kind: Extract<ItemKind, 'series' | 'season' | 'artist' | 'album'>
  readonly key: string
  readonly metadata: Metadata
}
/** What a file is of, as its name and tags tell. */
export interface Work {
  readonly kind: Extract<ItemKind, 'film' | 'episode' | 'track' | 'photo' | 'video'>
  /** Files of a library with the same key are versions of one item. */
  readonly key: string
  readonly metadata: Metadata
  readonly edition?: string
  /** Groups it belongs to, from the outside inwards. */
  readonly groups: readonly Group[]
}
export interface Naming {
  readonly kind: LibraryKind
  /** Path under the root, readable. */
  readonly path: string
  readonly type: MediaType
  readonly tags: Metadata
  readonly fileId: string
}

/** Names the work in a file. Pure; every name gives a work. */
export function workIn(naming: Naming): Work {
  switch (naming.kind) {
    case 'films':
      return filmIn(naming)
    case 'shows':
      return episodeIn(naming)
    case 'music':
      return trackIn(naming)
    case 'photos':
    case 'home-videos':
      return momentIn(naming)
    default:
      return naming.kind satisfies never
  }
}

const ids = (found: Readonly<Record<string, string>>): { externalIds?: Record<string, string> } => (Object.keys(found).length > 0 ? { externalIds: { ...found } } : {})

function filmIn({ path }: Naming): Work {
  const { title, year, edition, ids: found } = parseFilm(path)
  const key = `film:${primaryId(found) ?? `${titleKey(title)}:${year ?? ''}`}`
  return { kind: 'film', key, metadata: { title, ...(year !== undefined && { year }), ...ids(found) }, ...(edition !== undefined && { edition }), groups: [] }
}

function episodeIn({ path }: Naming): Work {
  const { series, season, episode, episodeEnd, date, title, edition } = parseEpisode(path)
  const seriesKey = `series:${primaryId(series.ids) ?? `${titleKey(series.title)}:${series.year ?? ''}`}`
  const stem = stemOf(path.slice(path.lastIndexOf('/') + 1))
  const number = date ?? (episode === undefined ? `t${titleKey(stem)}` : `e${episode}${episodeEnd === undefined ? '' : `-${episodeEnd}`}`)
  return {
    kind: 'episode',
    key: `episode:${seriesKey}:s${season}:${number}`,
    metadata: {
      title: title ?? (episode !== undefined ? `Episode ${episode}` : (date ?? stem)),
      seasonNumber: season,
      ...(episode !== undefined && { episodeNumber: episode }),
      ...(episodeEnd !== undefined && { episodeNumberEnd: episodeEnd }),
      ...(date !== undefined && { releasedOn: date }),
    },
    ...(edition !== undefined && { edition }),
    groups: [
      { kind: 'series', key: seriesKey, metadata: { title: series.title, ...(series.year !== undefined && { year: series.year }), ...ids(series.ids) } },
      { kind: 'season', key: `season:${seriesKey}:s${season}`, metadata: { title: season === 0 ? 'Specials' : `Season ${season}`, seasonNumber: season } },
    ],
  }
}

function trackIn({ path, tags }: Naming): Work {
  const named = parseTrack(path)
  const { musicbrainz, musicbrainzAlbum, musicbrainzReleaseGroup, musicbrainzArtist, musicbrainzAlbumArtist } = tags.externalIds ?? {}
  const artist = tags.artist ?? tags.albumArtist ?? named.artist
  const albumArtist = tags.albumArtist ?? variousIn(named.artist) ?? leadOf(tags.artist) ?? named.artist ?? 'Unknown artist'
  const album = tags.album ?? named.album ?? 'Unknown album'
  const year = tags.year ?? named.year
  const discNumber = tags.discNumber ?? named.disc
  const trackNumber = tags.trackNumber ?? named.track
  const title = tags.title ?? named.title
  const artistKey = `artist:${titleKey(albumArtist)}`
  const albumKey = `album:${musicbrainzAlbum !== undefined ? `mb:${musicbrainzAlbum}` : `${titleKey(albumArtist)}:${titleKey(album)}`}`
  // A track without a number is told by its file's name: an album may have two untitled ones.
  const place = trackNumber === undefined ? `n${titleKey(stemOf(path.slice(path.lastIndexOf('/') + 1)))}` : `${discNumber ?? 1}.${trackNumber}`
  const { externalIds: _, ...own } = tags
  return {
    kind: 'track',
    key: `track:${albumKey}:${place}:${titleKey(title)}`,
    metadata: {
      ...own,
      title,
      album,
      albumArtist,
      ...(artist !== undefined && { artist }),
      ...(year !== undefined && { year }),
      ...(discNumber !== undefined && { discNumber }),
      ...(trackNumber !== undefined && { trackNumber }),
      ...(musicbrainz !== undefined && { externalIds: { musicbrainz } }),
    },
    groups: [
      { kind: 'artist', key: artistKey, metadata: { title: albumArtist, ...lead(musicbrainzAlbumArtist ?? (tags.albumArtist === undefined ? musicbrainzArtist : undefined)) } },
      {
        kind: 'album',
        key: albumKey,
        metadata: {
          title: album,
          albumArtist,
          artist: albumArtist,
          ...(year !== undefined && { year }),
          ...(tags.genres && { genres: tags.genres }),
          ...ids({ ...(musicbrainzAlbum !== undefined && { musicbrainz: musicbrainzAlbum }), ...(musicbrainzReleaseGroup !== undefined && { musicbrainzReleaseGroup }) }),
        },
      },
    ],
  }
}
const lead = (musicbrainz: string | undefined): { externalIds?: Record<string, string> } => (musicbrainz === undefined ? {} : { externalIds: { musicbrainz } })

/** A folder of collections says that its albums are by many, where their tracks name only their own artists. */
const variousIn = (folder: string | undefined): string | undefined => (/^(various(\s+artists?)?|v\.?\s?a\.?|compilations?)$/iu.test(folder ?? '') ? 'Various Artists' : undefined)

/** The artist an album goes by when only its tracks name theirs: `A feat. B` is by A. */
const leadOf = (artist: string | undefined): string | undefined => artist?.split(/\s+(?:feat\.?|ft\.?|featuring|with)\s+|\s*;\s*/iu)[0]?.trim() || undefined

function momentIn({ path, type, tags, fileId }: Naming): Work {
  const named = parseMoment(path.slice(path.lastIndexOf('/') + 1))
  const takenAt = type === 'video' ? (named.takenAt ?? tags.takenAt) : (tags.takenAt ?? named.takenAt)
  // A day in a name is worth less than the minute in a tag of the same day.
  const exact = takenAt?.endsWith('T00:00:00') && tags.takenAt?.startsWith(takenAt.slice(0, 10)) ? tags.takenAt : takenAt
  return {
    kind: type === 'image' ? 'photo' : 'video',
    key: `file:${fileId}`,
    metadata: { ...tags, title: tags.title ?? named.title, ...(exact !== undefined && { takenAt: exact }) },
    groups: [],
  }
}
