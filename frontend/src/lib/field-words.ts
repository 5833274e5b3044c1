import { clock } from './time-words.js'

/** What fields of subjects are called for people; others go by their own name in words. */
const names: Readonly<Record<string, string>> = {
  title: 'Title',
  originalTitle: 'Original title',
  sortTitle: 'Sorted as',
  releasedOn: 'Released',
  takenAt: 'Taken',
  contentRating: 'Age rating',
  seasonNumber: 'Season',
  episodeNumber: 'Episode',
  episodeNumberEnd: 'Last episode',
  discNumber: 'Disc',
  trackNumber: 'Track',
  albumArtist: 'Album artist',
  externalIds: 'Found at',
  trackGainDb: 'Loudness of the track, dB',
  albumGainDb: 'Loudness of the album, dB',
  positionMs: 'Left off at',
  lostFolders: 'Folders out of reach',
  libraries: 'Libraries open to them',
  removed: 'Gone from the library',
  plays: 'Played to the end',
  watched: 'Watched',
}

/** `Left off at` for `positionMs`. */
export function fieldName(field: string): string {
  if (Object.hasOwn(names, field)) return names[field]!
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLocaleLowerCase()
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}

const nothing = '–'

/** A field's value in words; a dash where it says nothing. */
export function fieldValue(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return nothing
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (field === 'positionMs' && typeof value === 'number') return clock(value)
  if (field === 'rating' && typeof value === 'number') return `${value} of 10`
  if (field === 'libraries' && value === 'all') return 'all'
  if (Array.isArray(value)) return value.length === 0 ? nothing : value.map(one => fieldValue('', one)).join(', ')
  if (typeof value === 'object') return recordWords(value as Readonly<Record<string, unknown>>)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function recordWords(value: Readonly<Record<string, unknown>>): string {
  const { name, role, character } = value
  if (typeof name === 'string') return [name, character ?? role].filter(part => typeof part === 'string').join(' · ')
  const parts = Object.entries(value).map(([key, inner]) => `${key}: ${fieldValue('', inner)}`)
  return parts.length === 0 ? nothing : parts.join(', ')
}
