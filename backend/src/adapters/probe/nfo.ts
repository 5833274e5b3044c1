import { open } from 'node:fs/promises'
import type { Metadata, Person } from '@projectionist/shared/events/media'
import type { Nfo } from '../../platform/media/probing.js'
import { cleanText, cleanTexts, dayOf, defined, momentOf, yearOf } from './clean.js'
import { readXml, type XmlElement } from './xml.js'

const KINDS: Readonly<Record<string, Nfo['kind']>> = {
  movie: 'film', tvshow: 'series', season: 'season', episodedetails: 'episode', artist: 'artist', album: 'album', musicvideo: 'video', video: 'video',
}
const LARGEST = 1024 * 1024

/** Reads an NFO file; undefined when it is missing, unreadable, or not of Kodi's or Jellyfin's kind. Reads a MiB at most. */
export async function readNfo(path: Uint8Array): Promise<Nfo | undefined> {
  try {
    const file = await open(Buffer.from(path), 'r')
    try {
      const bytes = Buffer.alloc(LARGEST)
      const { bytesRead } = await file.read(bytes, 0, LARGEST, 0)
      return parseNfo(decoded(bytes.subarray(0, bytesRead)))
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

/** Text in the encoding its first bytes tell: a byte order mark, the XML declaration, else UTF-8. */
function decoded(bytes: Buffer): string {
  const declared = /encoding=["']([\w-]+)["']/i.exec(bytes.toString('latin1', 0, 200))?.[1]
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : (declared ?? 'utf-8')
  try {
    return new TextDecoder(/^utf-?16$/i.test(encoding) ? 'utf-8' : encoding).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}

/**
 * The first thing an NFO describes, in the elements of Kodi (https://kodi.wiki/view/NFO_files) and what Jellyfin adds. Values
 * that make no sense are left out.
 */
export function parseNfo(text: string): Nfo | undefined {
  const root = readXml(text).find(element => KINDS[element.name] !== undefined)
  return root && { kind: KINDS[root.name]!, metadata: metadataOf(root) }
}

function metadataOf(root: XmlElement): Metadata {
  const all = (...names: string[]): XmlElement[] => names.flatMap(name => root.children.filter(child => child.name === name))
  const first = (...names: string[]): string | undefined => all(...names).map(one => one.text).find(text => text.trim() !== '')
  const list = (...names: string[]): string[] | undefined => cleanTexts(all(...names).flatMap(one => one.text.split(/\s+\/\s+|\|/)))
  const number = (least: number, ...names: string[]): number | undefined => {
    const value = Number(first(...names) ?? NaN)
    return Number.isInteger(value) && value >= least && value < 100_000 ? value : undefined
  }
  const released = dayOf(first('premiered', 'releasedate', 'aired', 'originalreleasedate'))
  const externalIds = idsOf(root)
  const people = peopleOf(root)
  return defined({
    title: cleanText(first('title', 'name'), 500),
    originalTitle: cleanText(first('originaltitle'), 500),
    sortTitle: cleanText(first('sorttitle', 'sortname'), 500),
    year: yearOf(first('year')) ?? yearOf(released),
    releasedOn: released,
    takenAt: root.name === 'movie' || root.name === 'video' ? undefined : momentOf(first('takenat')),
    overview: cleanText(first('plot', 'biography', 'review', 'outline'), 10_000),
    tagline: cleanText(first('tagline'), 1000),
    genres: list('genre'),
    tags: list('tag'),
    studios: list('studio', 'label'),
    people: people.length > 0 ? people : undefined,
    rating: ratingOf(root),
    contentRating: cleanText(first('mpaa', 'contentrating', 'certification')?.replace(/^rated\s+/i, '').replace(/^[a-z]{2}:/i, ''), 50),
    seasonNumber: number(0, 'season', 'seasonnumber'),
    episodeNumber: number(0, 'episode'),
    albumArtist: cleanText(first('albumartist', 'albumartistcredits'), 300),
    artist: root.name === 'album' || root.name === 'musicvideo' ? cleanText(first('artist', 'artistdesc'), 300) : undefined,
    externalIds: Object.keys(externalIds).length > 0 ? externalIds : undefined,
  })
}

const ID_ELEMENTS: Readonly<Record<string, string>> = {
  tmdbid: 'tmdb', imdbid: 'imdb', imdb_id: 'imdb', tvdbid: 'tvdb', tvmazeid: 'tvmaze', anidbid: 'anidb', musicbrainzartistid: 'musicbrainz', musicbrainzalbumid: 'musicbrainz',
  musicbrainzreleasegroupid: 'musicbrainzReleaseGroup', audiodbartistid: 'audiodb', audiodbalbumid: 'audiodb',
}

function idsOf(root: XmlElement): Record<string, string> {
  const ids: Record<string, string> = {}
  const add = (catalogue: string | undefined, id: string): void => {
    const text = cleanText(id, 100)
    if (catalogue !== undefined && text !== undefined && /^[\w-]+$/.test(text) && !/^[a-z]{3,}\d*$/i.test(text.replace(/^tt/, ''))) ids[catalogue] ??= text
  }
  for (const { name, text, attributes } of root.children) {
    if (name === 'uniqueid' && /^[a-z]{2,20}$/i.test(attributes['type'] ?? '')) add(attributes['type']!.toLowerCase().replace(/^themoviedb$/, 'tmdb').replace(/^thetvdb$/, 'tvdb'), text)
    else if (name === 'id' && /^tt\d+$/.test(text)) add('imdb', text)
    else add(ID_ELEMENTS[name], text)
  }
  return ids
}

const ROLES: Readonly<Record<string, Person['role']>> = { director: 'director', credits: 'writer', writer: 'writer', producer: 'producer', composer: 'composer' }
const MOST_PEOPLE = 60

function peopleOf(root: XmlElement): Person[] {
  const people = root.children.flatMap((element): Person[] => {
    if (element.name === 'actor') {
      const of = (name: string): string | undefined => cleanText(element.children.find(child => child.name === name)?.text, 200)
      const name = of('name')
      return name === undefined ? [] : [{ name, role: 'actor', ...(of('role') !== undefined && { character: of('role')! }) }]
    }
    const role = ROLES[element.name]
    const names = role ? (cleanTexts(element.text.split(/\s+\/\s+/)) ?? []) : []
    return names.map(name => ({ name, role: role! }))
  })
  return people.slice(0, MOST_PEOPLE)
}

/** From 0 to 10: the default one of several ratings, brought to scale by its `max`. */
function ratingOf(root: XmlElement): number | undefined {
  const listed = root.children.find(child => child.name === 'ratings')?.children.filter(child => child.name === 'rating') ?? []
  const chosen = listed.find(one => one.attributes['default'] === 'true') ?? listed[0]
  const text = chosen?.children.find(child => child.name === 'value')?.text ?? root.children.find(child => child.name === 'rating')?.text
  const most = Number(chosen?.attributes['max'] ?? 10) || 10
  const value = (Number(text?.replace(',', '.')) / most) * 10
  return text !== undefined && text.trim() !== '' && Number.isFinite(value) && value > 0 && value <= 10 ? Math.round(value * 100) / 100 : undefined
}
