import type { HistoryEntry, HistorySubject } from '@projectionist/shared/api/history'
import { episodeCode } from './item-words.js'
import { clock } from './time-words.js'
import { capital, count, counted } from './words.js'

export type HistoryIcon =
  'play' | 'done' | 'star' | 'file' | 'gone' | 'words' | 'picture' | 'library' | 'scan' | 'person' | 'warning' | 'other'

export interface HistoryWords {
  readonly icon: HistoryIcon
  /** What was done, to stand between who and what: `began to watch`. */
  readonly did: string
  /** False where `did` says it all and the subject would only repeat it. */
  readonly withSubject?: boolean
  readonly detail?: string | undefined
}

type Data = Readonly<Record<string, unknown>>
const text = (data: Data, name: string): string | undefined => (typeof data[name] === 'string' ? data[name] : undefined)
const number = (data: Data, name: string): number | undefined => (typeof data[name] === 'number' ? data[name] : undefined)
const part = (data: Data, name: string): Data =>
  typeof data[name] === 'object' && data[name] !== null ? (data[name] as Data) : {}
const at = (data: Data) => clock(number(data, 'positionMs') ?? 0)
const relative = (data: Data) =>
  text(part(part(data, 'file'), 'location'), 'relative') ?? text(part(data, 'location'), 'relative')

const words: Readonly<Record<string, (data: Data) => HistoryWords>> = {
  PlaybackStarted: data => ({ icon: 'play', did: 'began to play', detail: text(part(data, 'device'), 'name') }),
  PlaybackProgressed: data => ({
    icon: 'play',
    did:
      { pause: 'paused', seek: 'went elsewhere in', stop: 'stopped', silence: 'heard no more of', minute: 'was playing' }[
        text(data, 'cause') ?? 'minute'
      ] ?? 'was playing',
    detail: `at ${at(data)}`,
  }),
  PlaybackCompleted: () => ({ icon: 'done', did: 'finished' }),
  MarkedWatched: () => ({ icon: 'done', did: 'marked as watched' }),
  MarkedUnwatched: () => ({ icon: 'other', did: 'marked as unwatched' }),
  ItemRated: data =>
    data['rating'] === null
      ? { icon: 'star', did: 'took back the rating of' }
      : { icon: 'star', did: `gave ${String(data['rating'])} of 10 to` },
  PlayForgotten: () => ({ icon: 'other', did: 'forgot a play of' }),
  PlayRemembered: () => ({ icon: 'other', did: 'brought back a play of' }),
  MarkForgotten: data => ({ icon: 'other', did: data['mark'] === 'rated' ? 'forgot a rating of' : 'forgot a mark of' }),
  MarkRemembered: data => ({ icon: 'other', did: data['mark'] === 'rated' ? 'brought back a rating of' : 'brought back a mark of' }),
  OtherPlaceDismissed: () => ({ icon: 'other', did: 'closed the notice of another place in' }),
  PlayStopped: () => ({ icon: 'other', did: 'stopped somebody’s play of' }),
  GroupIdentified: () => ({ icon: 'file', did: 'found a place for' }),
  MediaIngested: data => ({ icon: 'file', did: data['replaces'] ? 'took in a new file for' : 'took in', detail: relative(data) }),
  MediaFileMoved: data => ({ icon: 'file', did: 'followed a moved file of', detail: relative(data) }),
  MediaFileRemoved: () => ({ icon: 'gone', did: 'missed a file of' }),
  MediaRestored: data =>
    Array.isArray(data['files']) && data['files'].length > 0
      ? { icon: 'file', did: 'brought back a file of' }
      : { icon: 'gone', did: 'took out a file of' },
  MetadataMatched: data => ({ icon: 'words', did: 'described', detail: sources[text(data, 'source') ?? ''] }),
  MetadataEdited: data => ({ icon: 'words', did: 'edited', detail: Object.keys(part(data, 'fields')).join(', ') }),
  ArtworkChosen: data => ({ icon: 'picture', did: `set the ${pictures[text(data, 'role') ?? ''] ?? 'picture'} of` }),
  ArtworkWithdrawn: data => ({ icon: 'picture', did: `took away the ${pictures[text(data, 'role') ?? ''] ?? 'picture'} of` }),
  ArtworkNotFound: data => ({ icon: 'picture', did: 'found no picture for', detail: text(data, 'detail') }),
  LibraryAdded: () => ({ icon: 'library', did: 'added the library' }),
  LibraryRenamed: data => ({ icon: 'library', did: 'renamed a library to', detail: text(data, 'name') }),
  LibraryFolderAdded: data => ({ icon: 'library', did: 'added a folder to', detail: text(data, 'path') }),
  LibraryFolderRemoved: () => ({ icon: 'library', did: 'took a folder out of' }),
  LibraryFolderLost: data => ({ icon: 'warning', did: 'lost sight of a folder of', detail: text(data, 'code') }),
  LibraryFolderRecovered: () => ({ icon: 'library', did: 'found a folder again of' }),
  LibraryRemoved: () => ({ icon: 'gone', did: 'removed the library' }),
  LibraryRestored: () => ({ icon: 'library', did: 'brought back the library' }),
  UndoRequested: data => ({ icon: 'other', did: 'took something back', withSubject: false, detail: counted(number(data, 'events') ?? 0, 'change', 'changes') }),
  UndoCancelled: () => ({ icon: 'other', did: 'cancelled an undo', withSubject: false }),
  UndoConflictsFound: data => ({
    icon: 'warning',
    did: 'left as they were',
    withSubject: false,
    detail: counted(Array.isArray(data['conflicts']) ? data['conflicts'].length : 0, 'change', 'changes'),
  }),
  UndoCompleted: data => ({ icon: 'done', did: 'finished an undo', withSubject: false, detail: `${count(number(data, 'reverted') ?? 0)} taken back` }),
  UndoFailed: data => ({ icon: 'warning', did: 'could not finish an undo', withSubject: false, detail: text(data, 'detail') }),
  ScanStarted: () => ({ icon: 'scan', did: 'began to scan' }),
  ScanPaused: () => ({ icon: 'scan', did: 'paused the scan of' }),
  ScanResumed: () => ({ icon: 'scan', did: 'went on with the scan of' }),
  ScanCancelled: () => ({ icon: 'scan', did: 'cancelled the scan of' }),
  ScanProblemsFound: data => ({
    icon: 'warning',
    did: `found ${counted(Array.isArray(data['problems']) ? data['problems'].length : 0, 'problem', 'problems')} in`,
  }),
  ScanCompleted: data => ({
    icon: 'scan',
    did: 'finished the scan of',
    detail: (['added', 'changed', 'moved', 'removed', 'failed'] as const)
      .filter(name => (number(data, name) ?? 0) > 0)
      .map(name => `${count(number(data, name)!)} ${name}`)
      .join(', '),
  }),
  ScanFailed: data => ({ icon: 'warning', did: 'could not finish the scan of', detail: text(data, 'detail') }),
  TranscodeStarted: data => ({ icon: 'play', did: data['method'] === 'remux' ? 'started to repack' : 'started to convert' }),
  TranscodeEnded: () => ({ icon: 'done', did: 'ended the conversion of' }),
  TranscodeFailed: data => ({ icon: 'warning', did: 'could not go on converting', detail: text(data, 'detail') }),
  UserAdded: () => ({ icon: 'person', did: 'added' }),
  UserRenamed: data => ({ icon: 'person', did: 'renamed a person to', withSubject: false, detail: text(data, 'name') }),
  UserRoleChanged: data => ({ icon: 'person', did: data['role'] === 'admin' ? 'made an admin of' : 'made a member of' }),
  LibraryAccessChanged: () => ({ icon: 'person', did: 'changed which libraries are open to' }),
  PasswordChanged: () => ({ icon: 'person', did: 'changed the password of' }),
  SignedIn: data => ({ icon: 'person', did: 'signed in', withSubject: false, detail: text(part(data, 'device'), 'name') }),
  SignInsRefused: data => ({
    icon: 'warning',
    did: (number(data, 'times') ?? 1) === 1 ? 'refused a sign-in as' : `refused ${count(number(data, 'times')!)} sign-ins as`,
  }),
  SignedOut: () => ({ icon: 'person', did: 'signed out', withSubject: false }),
  SessionTheftSuspected: () => ({ icon: 'warning', did: 'ended sessions that may have been stolen, of' }),
  UserDisabled: () => ({ icon: 'person', did: 'disabled' }),
  UserEnabled: () => ({ icon: 'person', did: 'enabled' }),
  UserErased: () => ({ icon: 'gone', did: 'erased a person', withSubject: false }),
  ErasureCompleted: () => ({ icon: 'gone', did: 'finished erasing a person', withSubject: false }),
  RebuildRequested: data => ({ icon: 'other', did: 'asked to rebuild the read model', withSubject: false, detail: text(data, 'projection') }),
  ResumeRequested: data => ({ icon: 'other', did: 'let the read model go on', withSubject: false, detail: text(data, 'projection') }),
  HistoryExported: data => ({
    icon: 'other',
    did: data['searched'] || Object.keys(part(data, 'filter')).length > 0 ? 'exported a part of the history' : 'exported the history',
    withSubject: false,
    detail: data['format'] === 'csv' ? 'as CSV' : 'as JSON lines',
  }),
}

const pictures: Readonly<Record<string, string>> = { poster: 'poster', backdrop: 'backdrop', logo: 'logo' }
const sources: Readonly<Record<string, string>> = {
  nfo: 'from an NFO file',
  folder: 'from its folder',
  tmdb: 'from TMDb',
  musicbrainz: 'from MusicBrainz',
}

const processes: Readonly<Record<string, string>> = {
  scan: 'The scanner',
  ingest: 'The server',
  artwork: 'The picture finder',
  playback: 'The converter',
  silence: 'The server',
  'sign-in': 'The sign-in',
  'set-up': 'The set-up',
  operator: 'The operator',
}

/** What a part of the server is called among people. */
export const processWords = (name: string): string => processes[name] ?? `The server (${name})`

/** Who did it: a person, somebody who is gone, or a part of the server. */
export const actorWords = ({ actor, actorName }: Pick<HistoryEntry, 'actor' | 'actorName'>): string =>
  actor.kind === 'user' ? actorName || 'Somebody who is gone' : processWords(actor.name)

/** What an entry says, in words; an event of a newer version goes by its name. */
export function historyWords(entry: Pick<HistoryEntry, 'type' | 'data'>): HistoryWords {
  const known = Object.hasOwn(words, entry.type) ? words[entry.type] : undefined
  return known?.(entry.data) ?? { icon: 'other', did: entry.type.replace(/([a-z])([A-Z])/g, '$1 $2').toLocaleLowerCase() + ':' }
}

/** What something happened to, as one would say it: `Star Trails, S1 E3 Dusk`; empty where it has no name. */
export function subjectWords({ category, title, item }: Pick<HistorySubject, 'category' | 'title' | 'item'>): string {
  if (title === null)
    return category === 'item' || category === 'playback' || category === 'transcode' ? 'something taken away since' : ''
  if (!item) return title
  if (item.kind === 'episode')
    return [item.of, [episodeCode({ ...item, episodeNumberEnd: null }), title].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(', ')
  return item.kind === 'season' && item.of ? `${item.of}, ${title}` : title
}

const reasons: Readonly<Record<string, string>> = {
  play: 'Somebody played it',
  'play differently': 'Somebody chose another quality or track',
  'stop playing': 'Somebody stopped',
  rate: 'Somebody rated it',
  'sign in': 'Signed in',
  'sign out': 'Signed out',
  'look for pictures': 'Pictures were looked for',
  'Found by a scan': 'A scan found it so',
  'A folder was added': 'A folder was added, which has to be looked through',
}

/** Why, as a sentence begins. */
export const reasonWords = (reason: string): string => reasons[reason] ?? capital(reason)
