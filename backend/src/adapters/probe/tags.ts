import type { Metadata, Person } from '@projectionist/shared/events/media'
import { parseFile, type IAudioMetadata } from 'music-metadata'
import { cleanText, cleanTexts, dayOf, defined, momentOf, yearOf } from './clean.js'

/**
 * Tags of an audio file as metadata of a track. What concerns its groups is in `externalIds` under `musicbrainzAlbum`,
 * `musicbrainzReleaseGroup`, `musicbrainzArtist` and `musicbrainzAlbumArtist`; `musicbrainz` is the recording. Empty when
 * there are no tags or they cannot be read.
 */
export async function readAudioTags(path: string): Promise<Metadata> {
  const { common } = await parseFile(path, { duration: false, skipCovers: true }).catch(() => ({ common: undefined }))
  return common ? trackMetadata(common) : {}
}

function trackMetadata(common: IAudioMetadata['common']): Metadata {
  const artists = cleanTexts(common.artists, 20)
  const artist = cleanText(common.artist, 300) ?? artists?.join(', ')
  const albumArtist = cleanText(common.albumartist, 300) ?? (common.compilation ? 'Various Artists' : undefined)
  const date = common.originaldate ?? common.date
  const people: Person[] = [
    ...(artists ?? []).map(name => ({ name, role: 'artist' as const })),
    ...(cleanTexts(common.composer, 10) ?? []).map(name => ({ name, role: 'composer' as const })),
  ]
  const genres = cleanTexts(common.genre?.flatMap(genre => genre.split(/[;\0]|\s\/\s/)), 10)
  const externalIds = defined({
    musicbrainz: cleanText(common.musicbrainz_recordingid, 100),
    musicbrainzAlbum: cleanText(common.musicbrainz_albumid, 100),
    musicbrainzReleaseGroup: cleanText(common.musicbrainz_releasegroupid, 100),
    musicbrainzArtist: cleanText(common.musicbrainz_artistid?.[0], 100),
    musicbrainzAlbumArtist: cleanText(common.musicbrainz_albumartistid?.[0], 100),
  }) as Record<string, string>
  return defined({
    title: cleanText(common.title, 500),
    artist,
    albumArtist,
    album: cleanText(common.album, 500),
    sortTitle: cleanText(common.titlesort, 500),
    year: yearOf(common.originalyear) ?? yearOf(common.year) ?? yearOf(date),
    releasedOn: dayOf(date),
    discNumber: whole(common.disk?.no, 1),
    trackNumber: whole(common.track?.no, 0),
    genres,
    people: people.length > 0 ? people : undefined,
    studios: cleanTexts(common.label, 5),
    trackGainDb: gain(common.replaygain_track_gain?.dB),
    albumGainDb: gain(common.replaygain_album_gain?.dB),
    externalIds: Object.keys(externalIds).length > 0 ? externalIds : undefined,
  })
}

const whole = (value: number | null | undefined, least: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value < 10_000 ? value : undefined
const gain = (value: number | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 100 ? Math.round(value * 100) / 100 : undefined

/**
 * When, where and with what a home video was filmed, from the container's tags. Phones of Apple write local time with its
 * zone; `creation_time` should be UTC, yet most cameras put local time there, so it is taken as it stands.
 */
export function readFilmedTags(tags: Readonly<Record<string, string>>): Metadata {
  const place = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/.exec(tags['com.apple.quicktime.location.iso6709'] ?? tags['location'] ?? '')
  const made = momentOf(tags['com.apple.quicktime.creationdate']) ?? momentOf(tags['date']?.length === 4 ? undefined : tags['date']) ?? momentOf(tags['creation_time'])
  return defined({
    // Some muxers write the epoch of their container for want of a clock.
    takenAt: made !== undefined && !/^(1904|1970)-01-01/.test(made) ? made : undefined,
    camera: cameraOf(tags['com.apple.quicktime.make'] ?? tags['make'], tags['com.apple.quicktime.model'] ?? tags['model']),
    place: place ? placeOf(Number(place[1]), Number(place[2])) : undefined,
  })
}

/** `Canon` and `Canon PowerShot SD1100 IS` as one name. */
export function cameraOf(make: unknown, model: unknown): string | undefined {
  const [maker, name] = [cleanText(make, 100), cleanText(model, 100)]
  if (maker === undefined || name === undefined) return name ?? maker
  return name.toLowerCase().startsWith(maker.toLowerCase().split(' ')[0]!) ? name : `${maker} ${name}`
}

/** A place on earth; undefined outside it, and for 0, 0, which devices write that do not know. */
export function placeOf(latitude: unknown, longitude: unknown): { latitude: number; longitude: number } | undefined {
  if (typeof latitude !== 'number' || typeof longitude !== 'number' || !Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return undefined
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
  return { latitude: round(latitude), longitude: round(longitude) }
}
