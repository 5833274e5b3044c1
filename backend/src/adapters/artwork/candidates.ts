import { readdir } from 'node:fs/promises'
import { encodeName, folderOf, joinRelative, nameOf, resolveLocation } from '../../platform/media/file-location.js'
import { stemOf, typeOfName } from '../../platform/media/media-types.js'
import type { ArtworkRole } from '@projectionist/shared/events/media'
import type { Candidate, PictureSubject } from '../../platform/media/pictures.js'

const SEASON_FOLDER = /^(season|series|staffel|saison|temporada|stagione|sezon|s)[ ._-]*\d+$|^specials$/i
const DISC_FOLDER = /^(cd|dis[ck]|disque|vol(ume)?|part)[ ._-]*\d+$/i

type Wanted = Partial<Record<ArtworkRole, readonly string[]>>

const backdrops = ['fanart', 'backdrop', 'background', 'landscape']
const logos = ['clearlogo', 'logo']
const posters = ['poster', 'cover', 'folder']

/** Pictures beside the media, by the names that Kodi, Plex and Jellyfin read, then what is in the file, then a frame of it. Best first. */
export async function candidates(subject: PictureSubject): Promise<Candidate[]> {
  const { kind, relative, rootId } = subject
  const location = { rootId, relative }
  const beside = await besideFile(subject)
  switch (kind) {
    case 'photo':
      return [{ role: 'thumb', source: { from: 'file', location } }]
    case 'film':
      return [...beside, ...embedded(subject, 'poster'), ...frame(subject, 'backdrop')]
    case 'episode':
    case 'video':
      return [...beside, ...embedded(subject, 'thumb'), ...frame(subject, 'thumb')]
    case 'album':
    case 'track':
      return [...beside, ...embedded(subject, 'poster')]
    case 'series':
    case 'season':
    case 'artist':
      return beside
  }
}

async function besideFile(subject: PictureSubject): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (const [folder, wanted] of places(subject)) {
    const names = await namesIn(subject.root, folder)
    for (const [role, stems] of Object.entries(wanted) as [ArtworkRole, readonly string[]][]) {
      if (found.some(candidate => candidate.role === role)) continue
      const name = stems.map(stem => names.get(stem.toLowerCase())).find(Boolean)
      if (name) found.push({ role, source: { from: 'file', location: { rootId: subject.rootId, relative: joinRelative(folder, name) } } })
    }
  }
  return found
}

/** Folders to look in, and the names that count there, better ones first. */
function places({ kind, relative, seasonNumber }: PictureSubject): [folder: string, wanted: Wanted][] {
  const folder = folderOf(relative)
  const up = folderOf(folder)
  const stem = stemOf(nameOf(relative))
  const own: Wanted = {
    poster: [`${stem}-poster`, `${stem}-cover`, ...(kind === 'film' ? [stem] : [])],
    backdrop: backdrops.map(name => `${stem}-${name}`),
    logo: logos.map(name => `${stem}-${name}`),
    thumb: [`${stem}-thumb`, ...(kind === 'film' ? [] : [stem])],
  }
  // At the top of a library a picture stands for no film in particular.
  const ofFolder: Wanted = folder === '' ? {} : { poster: [...posters, 'movie', 'show'], backdrop: backdrops, logo: logos, thumb: ['thumb'] }
  const inSeasonFolder = SEASON_FOLDER.test(nameOf(folder))
  switch (kind) {
    case 'film':
      return [[folder, own], [folder, ofFolder]]
    case 'video':
    case 'episode':
      return [[folder, { thumb: own.thumb! }]]
    case 'series':
      return [[inSeasonFolder ? up : folder, ofFolder]]
    case 'season': {
      const number = String(seasonNumber ?? 0).padStart(2, '0')
      const names = seasonNumber === 0 ? ['season-specials-poster', 'season00-poster'] : [`season${number}-poster`, `season-${number}-poster`, `season${number}`]
      return [[inSeasonFolder ? up : folder, { poster: names }], ...(inSeasonFolder ? ([[folder, { poster: [...posters, 'season'] }]] as [string, Wanted][]) : [])]
    }
    case 'album':
    case 'track': {
      const covers: Wanted = { poster: ['cover', 'folder', 'front', 'album', 'albumart', 'albumartsmall'] }
      return DISC_FOLDER.test(nameOf(folder)) ? [[folder, covers], [up, covers]] : [[folder, covers]]
    }
    case 'artist':
      return [[up, { poster: ['artist', 'folder', 'poster'], backdrop: backdrops, logo: logos }], [folder, { poster: ['artist'] }]]
    case 'photo':
      return []
  }
}

/** Pictures in a folder: lower-case stem to encoded name. */
async function namesIn(root: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const path = folder === '' ? Buffer.from(root) : resolveLocation(root, folder)
  const entries = await readdir(path, { encoding: 'buffer' }).catch(() => [])
  const names = entries.map(encodeName).filter(name => typeOfName(name) === 'image')
  return new Map(names.toSorted().map(name => [stemOf(name).toLowerCase(), name]))
}

const embedded = ({ embedded: has, rootId, relative }: PictureSubject, role: ArtworkRole): Candidate[] =>
  has ? [{ role, source: { from: 'embedded', location: { rootId, relative } } }] : []

/** A frame from where the story has begun: a tenth in, at most five minutes. */
const frame = ({ hasVideo, durationMs = 0, rootId, relative }: PictureSubject, role: ArtworkRole): Candidate[] =>
  hasVideo ? [{ role, source: { from: 'frame', location: { rootId, relative }, atMs: Math.min(Math.floor(durationMs / 10), 300_000) } }] : []
