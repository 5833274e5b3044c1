import type { ReadModel } from '@projectionist/shared/api/projections'
import { ago } from '../../lib/time-words.js'
import { count, counted } from '../../lib/words.js'

const holds: Readonly<Record<string, string>> = {
  users: 'Who has an account and what they may see.',
  libraries: 'Libraries and their folders.',
  scans: 'Scans that ran, and what they met.',
  known_files: 'Which files the server knows, and where they are.',
  items: 'Everything in the libraries, as pages and lists show it.',
  artwork_owed: 'What still needs a picture.',
  watch_state: 'Where each person stands with each item.',
  history: 'What happened, for the history pages.',
  undos: 'What was taken back, and what is being taken back.',
  person_streams: 'Where in the log each person’s own things stand, for their download and erasure.',
  erasures: 'Who was erased, and how far that is.',
}

export const holdsOf = ({ name }: Pick<ReadModel, 'name'>): string => holds[name] ?? ''

/** Whether something goes on that changes from second to second. */
export const isBusy = ({ state, filling, rebuildAsked, behind }: ReadModel): boolean =>
  filling !== null || rebuildAsked || state === 'rebuilding' || behind.events > 0

/** How it stands, in a few words. */
export function stateWords(model: ReadModel, now: number): string {
  const { state, filling, rebuildAsked, behind } = model
  if (state === 'faulted') return 'Stands still'
  if (filling) return `Rebuilding, ${Math.floor(filling.done * 100)}% · ${count(filling.rate)} events a second`
  if (rebuildAsked) return 'Rebuild asked for, about to begin'
  if (state === 'rebuilding') return 'About to be built'
  if (state === 'waiting') return 'Waiting for a server that sees to it'
  if (behind.events === 0) return 'Up to date'
  return `${counted(behind.events, 'event', 'events')}${behind.more ? ' or more' : ''} behind${behind.since ? `, since ${ago(behind.since, now)}` : ''}`
}
