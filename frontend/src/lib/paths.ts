import type { ItemSummary } from '@projectionist/shared/api/items'

/** Choices made before playing; the watch page reads them from its address. */
export interface WatchChoices {
  readonly fileId?: string | undefined
  readonly audioIndex?: number | undefined
  /** -1 for none. */
  readonly subtitleIndex?: number | undefined
  /** Where to start; absent: where the person left off. */
  readonly startMs?: number | undefined
}

const withQuery = (path: string, query: Readonly<Record<string, string | number | undefined>>) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** `/watch/:itemId?file&audio&subtitle&t`, `t` in ms. */
export const watchPath = (itemId: string, choices: WatchChoices = {}): string =>
  withQuery(`/watch/${itemId}`, {
    file: choices.fileId,
    audio: choices.audioIndex,
    subtitle: choices.subtitleIndex,
    t: choices.startMs,
  })
export const itemPath = (itemId: string): string => `/item/${itemId}`
/** The viewer, which steps through the photos of a library. */
export const photoPath = (itemId: string, libraryId?: string): string => withQuery(`/photo/${itemId}`, { library: libraryId })
export const libraryPath = (libraryId: string, query: Readonly<Record<string, string | undefined>> = {}): string =>
  withQuery(`/library/${libraryId}`, query)

/** All of a kind that fits words, in whichever library. */
export const foundPath = (kind: string, words: string): string => withQuery('/found', { kind, q: words })

/** Where a click on an item leads: photos open in the viewer, tracks on their album. */
export const pathOf = (item: Pick<ItemSummary, 'id' | 'kind' | 'libraryId'>): string =>
  item.kind === 'photo' ? photoPath(item.id, item.libraryId) : itemPath(item.id)

/** What happened, narrowed to what a person did, to a library, or to what a scan did. */
export const historyPath = (narrowed: Readonly<Partial<Record<'user' | 'library' | 'scan', string>>>): string =>
  withQuery('/history', narrowed)
/** One subject as it was at a moment, beside now: `id` is what follows the category in its stream's name. */
export const asItWasPath = (category: string, id: string, at?: string): string =>
  withQuery(`/as-it-was/${category}/${encodeURIComponent(id)}`, { at })
/** Where a moment is chosen; the library as of `at` is made at once. */
export const timeTravelPath = (at: string): string => `${withQuery('/time-travel', { at })}&go`
