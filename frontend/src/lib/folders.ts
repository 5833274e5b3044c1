import type { LibraryKind } from '@projectionist/shared/events/media'
import { getFolders } from '@projectionist/shared/api/system'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import type { Response } from '@projectionist/shared/api/endpoint'
import { call } from './api.js'
import { counted } from './words.js'

export type Folders = Response<typeof getFolders>

/** Folders under a path of the server, at once; without a path, places to start. */
export const foldersQuery = (path: string | null) =>
  queryOptions({
    queryKey: ['folders', path],
    queryFn: ({ signal }) => call(getFolders, { query: path === null ? {} : { path }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** What is in there by the look of it. Takes longer, so it is asked apart. */
export const guessQuery = (path: string | null) =>
  queryOptions({
    queryKey: ['folders', path, 'guess'],
    queryFn: ({ signal }) => call(getFolders, { query: path === null ? {} : { path, guess: 'true' }, signal }),
    enabled: path !== null,
    retry: false,
    select: answer => answer.guess,
  })

/** What a folder browser shows at a path. */
export const useFolders = (path: string | null) => ({ folders: useQuery(foldersQuery(path)), guess: useQuery(guessQuery(path)) })
export type FolderLook = ReturnType<typeof useFolders>

const things: Readonly<Record<LibraryKind, readonly [string, string]>> = {
  films: ['film', 'films'],
  shows: ['episode', 'episodes'],
  music: ['track', 'tracks'],
  photos: ['photo', 'photos'],
  'home-videos': ['home video', 'home videos'],
}

/** `More than 412 films by the look of it, and 3 episodes.` */
export function guessWords(guess: NonNullable<Folders['guess']>): string {
  const counts = guess.counts.filter(one => one.count > 0).sort((a, b) => b.count - a.count)
  const [first, ...others] = counts.map(one => counted(one.count, ...things[one.kind]))
  if (!first)
    return guess.more ? 'Nothing to play found yet, but there is more than a quick look can see.' : 'Nothing to play in here.'
  const rest = others.length > 0 ? `, and ${new Intl.ListFormat(undefined, { type: 'conjunction' }).format(others)}` : ''
  return `${guess.more ? 'More than ' : ''}${first} by the look of it${rest}.`
}

/** The kind of library a folder seems to be; null when it is not clear. */
export function likelyKind(guess: NonNullable<Folders['guess']>): LibraryKind | null {
  const best = [...guess.counts].sort((a, b) => b.count - a.count)[0]
  return best && best.count > 0 ? best.kind : null
}
