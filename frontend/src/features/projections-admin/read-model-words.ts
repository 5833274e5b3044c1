import type { ReadModel } from '@projectionist/shared/api/projections'
import { ago } from '../../lib/time-words.js'
import { capital, count, counted } from '../../lib/words.js'

const names: Readonly<Record<string, readonly [title: string, holds: string]>> = {
  users: ['People', 'Who has an account and what they may see.'],
  libraries: ['Libraries', 'Libraries and their folders.'],
  scans: ['Scans', 'Scans that ran, and what they met.'],
  known_files: ['Known files', 'Which files the server knows, and where they are.'],
  items: ['Catalogue', 'Everything in the libraries, as pages and lists show it.'],
  artwork_owed: ['Pictures to find', 'What still needs a picture.'],
  watch_state: ['Watch state', 'Where each person stands with each item.'],
  history: ['History', 'What happened, for the history pages.'],
}

/** What an admin calls a read model. */
export const titleOf = ({ name }: Pick<ReadModel, 'name'>): string => names[name]?.[0] ?? capital(name.replaceAll('_', ' '))
export const holdsOf = ({ name }: Pick<ReadModel, 'name'>): string => names[name]?.[1] ?? ''

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
