import type { HistoryChange } from '@projectionist/shared/api/history'
import { clock, wholeDate } from './time-words.js'
import { capital, count } from './words.js'

export type Names = Readonly<Record<string, string>>

/** A field that changed, in words. What a list lost and got is told apart from what stayed. */
export interface ChangeWords {
  readonly field: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const fields: Readonly<Record<string, string>> = {
  title: 'Title',
  sortTitle: 'Sorted as',
  originalTitle: 'Original title',
  year: 'Year',
  releasedOn: 'Released',
  takenAt: 'Taken',
  overview: 'What it is about',
  tagline: 'Tagline',
  genres: 'Genres',
  tags: 'Tags',
  people: 'People',
  studios: 'Studios',
  rating: 'Rating',
  contentRating: 'Age rating',
  seasonNumber: 'Season',
  episodeNumber: 'Episode',
  episodeNumberEnd: 'Last episode',
  discNumber: 'Disc',
  trackNumber: 'Track',
  albumArtist: 'Album artist',
  album: 'Album',
  artist: 'Artist',
  trackGainDb: 'Loudness of the track',
  albumGainDb: 'Loudness of the album',
  camera: 'Camera',
  place: 'Place',
  externalIds: 'Ids elsewhere',
  files: 'Files',
  pictures: 'Pictures',
  removed: 'Out of the catalogue',
  name: 'Name',
  role: 'Role',
  libraries: 'Libraries',
  disabled: 'Disabled',
  kind: 'Kind',
  folders: 'Folders',
  lostFolders: 'Folders out of sight',
  state: 'State',
  found: 'Found',
  added: 'Added',
  changed: 'Changed',
  moved: 'Moved',
  failed: 'Failed',
  problem: 'Problem',
  problems: 'Problems',
  watched: 'Watched',
  plays: 'Plays to the end',
  positionMs: 'Position',
}

/** The name people use for a field. */
export const fieldName = (field: string): string =>
  fields[field] ?? capital(field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLocaleLowerCase())

/** A change in words; of lists only what came and went. */
export function changeWords({ field, from, to }: HistoryChange, names: Names): ChangeWords {
  const [before, after] = [valueWords(field, from, names), valueWords(field, to, names)]
  const lists = Array.isArray(from) || Array.isArray(to)
  return {
    field: fieldName(field),
    before: lists ? before.filter(value => !after.includes(value)) : before,
    after: lists ? after.filter(value => !before.includes(value)) : after,
  }
}

const record = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value in words, a line each; none where it says nothing. */
export function valueWords(field: string, value: unknown, names: Names): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap(one => valueWords(field, one, names))
  if (typeof value === 'boolean') return [value ? 'yes' : 'no']
  if (typeof value === 'number') return [numberWords(field, value)]
  if (typeof value === 'string') return [textWords(field, value, names)]
  if (!record(value)) return []
  if (field === 'people') return [[value['name'], value['character'] ?? value['role']].filter(Boolean).join(', ')]
  if (field === 'pictures') return Object.keys(value).map(role => (role === 'thumb' ? 'still' : role))
  return Object.entries(value).map(([name, inner]) => `${name} ${valueWords(name, inner, names).join(', ')}`)
}

function numberWords(field: string, value: number): string {
  if (field.endsWith('Ms')) return clock(value)
  if (field === 'year') return String(value)
  if (field === 'rating') return `${value} of 10`
  return count(value)
}

function textWords(field: string, value: string, names: Names): string {
  if (field === 'libraries' && value === 'all') return 'All libraries, also those to come'
  if (field === 'releasedOn' || field === 'takenAt') return wholeDate(value)
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
    return names[value] ?? 'something that is gone or not open to you'
  return value
}

const told = new Set([
  'method',
  'cause',
  'code',
  'detail',
  'positionMs',
  'durationMs',
  'segments',
  'video',
  'audio',
  'reasons',
  'rating',
  'name',
])

/** What an event says itself, in words: where nobody knows from what to what it changed its subject. */
export function dataWords(data: Readonly<Record<string, unknown>>, names: Names): readonly ChangeWords[] {
  return Object.entries(data).flatMap(([field, value]) => {
    const after = told.has(field) ? valueWords(field, value, names).filter(Boolean) : []
    return after.length > 0 ? [{ field: fieldName(field), before: [], after }] : []
  })
}
