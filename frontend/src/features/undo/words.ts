import type { LeftAsItIs, UndoneSubject, UndoSubject } from '@projectionist/shared/api/undo'
import { clock, ago } from '../../lib/time-words.js'
import { actorWords } from '../../lib/history-words.js'
import { capital, counted } from '../../lib/words.js'

type Change = UndoneSubject['changes'][number]
type Json = Change['from']

/** What kinds of events are called together, most of them as things that can be counted. */
const kinds: Readonly<Record<string, readonly [one: string, several: string]>> = {
  MetadataEdited: ['edit', 'edits'],
  MetadataMatched: ['description found', 'descriptions found'],
  MediaIngested: ['file taken in', 'files taken in'],
  MediaFileMoved: ['file moved', 'files moved'],
  MediaFileRemoved: ['file gone', 'files gone'],
  MediaRestored: ['file brought back or taken out', 'files brought back or taken out'],
  GroupIdentified: ['group named', 'groups named'],
  ArtworkChosen: ['picture chosen', 'pictures chosen'],
  ArtworkWithdrawn: ['picture taken away', 'pictures taken away'],
  LibraryAdded: ['library added', 'libraries added'],
  LibraryRenamed: ['library renamed', 'libraries renamed'],
  LibraryRemoved: ['library removed', 'libraries removed'],
  LibraryRestored: ['library brought back', 'libraries brought back'],
  LibraryFolderAdded: ['folder added', 'folders added'],
  LibraryFolderRemoved: ['folder taken out', 'folders taken out'],
  PlaybackStarted: ['play', 'plays'],
  PlaybackProgressed: ['place in a play', 'places in plays'],
  PlaybackCompleted: ['play to the end', 'plays to the end'],
  PlayForgotten: ['play forgotten', 'plays forgotten'],
  PlayRemembered: ['play remembered', 'plays remembered'],
  MarkForgotten: ['mark forgotten', 'marks forgotten'],
  MarkRemembered: ['mark remembered', 'marks remembered'],
  MarkedWatched: ['mark as watched', 'marks as watched'],
  MarkedUnwatched: ['mark as unwatched', 'marks as unwatched'],
  ItemRated: ['rating', 'ratings'],
}

/** What is about to be taken back, by kind: `2,300 files taken in and 12 descriptions found`. */
export function kindsWords(found: readonly { type: string; count: number }[]): string {
  // That a play went on is no news beside the play.
  const told = found.filter(({ type }) => type !== 'PlaybackProgressed')
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(
    (told.length > 0 ? told : found).map(({ type, count }) =>
      counted(count, ...(kinds[type] ?? (['other change', 'other changes'] as const))),
    ),
  )
}

/** Whether files come and go by it: what is on the disks is not touched, and looked at again by the next scan. */
export const concernsFiles = (found: readonly { type: string }[]): boolean =>
  found.some(({ type }) => type.startsWith('Media') || type === 'LibraryRemoved' || type === 'LibraryRestored')

const fields: Readonly<Record<string, string>> = {
  sortTitle: 'Sort title',
  originalTitle: 'Original title',
  releasedOn: 'Released',
  takenAt: 'Taken',
  overview: 'Description',
  contentRating: 'Age rating',
  seasonNumber: 'Season',
  episodeNumber: 'Episode',
  discNumber: 'Disc',
  trackNumber: 'Track',
  lostFolders: 'Folders out of reach',
  positionMs: 'Left off at',
  albumArtist: 'Album artist',
  externalIds: 'Ids in catalogues',
}

/** What changes of a field, in words; undefined where the line would say nothing to people. */
export function changeWords({
  field,
  from,
  to,
}: Change): { readonly name: string; readonly from?: string; readonly to?: string } | undefined {
  if (field === 'removed') return { name: to === true ? 'Leaves the library' : 'Comes back into the library' }
  if (field === 'kind') return undefined
  const name = fields[field] ?? capital(field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
  return { name, from: valueWords(field, from), to: valueWords(field, to) }
}

function valueWords(field: string, value: Json): string {
  if (value === undefined || value === null) return 'nothing'
  if (field === 'positionMs' && typeof value === 'number') return clock(value)
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (field === 'pictures') return Object.keys(value as object).join(', ') || 'nothing'
  if (Array.isArray(value))
    return (
      value
        .map(one => (typeof one === 'object' && one !== null ? String((one as { name?: string }).name ?? '…') : String(one)))
        .join(', ') || 'nothing'
    )
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([key, one]) => `${key} ${String(one)}`)
        .join(', ')
    : String(value)
}

export const subjectWords = ({ title, category }: UndoSubject): string =>
  title ??
  (category === 'library'
    ? 'A library'
    : category === 'playback'
      ? 'Something that is not in your libraries any more'
      : 'Something that is not in a library any more')

/** Why something stays: `The same was edited again since, by Ada, on Tuesday.` */
export function leftWords({ why, since }: LeftAsItIs, now: number): string {
  return since ? `${why.replace(/\.$/, '')}: ${actorWords(since)}, ${ago(since.at, now)}.` : why
}
