import type { ItemSort } from '@projectionist/shared/api/items'
import type { Library } from '@projectionist/shared/api/libraries'
import type { ItemKind, LibraryKind } from '@projectionist/shared/events/media'
import type { IndexRequest } from '../../lib/item-queries.js'
import { kindsOf } from '../../lib/words.js'

/** What a grid is of: a library or, without an id, whatever is of its kind in all of them. */
export type Place = Pick<Library, 'name' | 'kind' | 'roots' | 'scan'> & { readonly id: string | undefined }

/** How a library is looked at: part of the address, so that it can be shared and gone back to. */
export interface View {
  readonly kind: ItemKind
  readonly sort: ItemSort
  readonly order: 'asc' | 'desc'
  readonly genre: readonly string[]
  readonly quality: readonly string[]
  readonly year: string | null
  readonly watched: 'watched' | 'unwatched' | 'in-progress' | null
  readonly person: string | null
  readonly q: string | null
}

/** What a library remembers in this browser. */
export interface KeptView {
  readonly size: number
  readonly layout: 'grid' | 'list'
  readonly sorts: Readonly<Partial<Record<ItemKind, { readonly sort: ItemSort; readonly order: 'asc' | 'desc' }>>>
}
export const initialView: KeptView = { size: 3, layout: 'grid', sorts: {} }

export const sortWords: Readonly<Record<ItemSort, string>> = {
  title: 'Title',
  year: 'Year',
  added: 'Date added',
  released: 'Release date',
  taken: 'Date taken',
  rating: 'Rating',
  duration: 'Length',
  number: 'Number',
}

const sorts: Readonly<Record<ItemKind, readonly [ItemSort, ...ItemSort[]]>> = {
  film: ['title', 'added', 'released', 'rating', 'duration'],
  series: ['title', 'added', 'year', 'rating'],
  season: ['number'],
  episode: ['added', 'released', 'title', 'rating'],
  artist: ['title', 'added'],
  album: ['title', 'added', 'year'],
  track: ['title', 'added', 'duration'],
  photo: ['taken', 'added'],
  video: ['taken', 'added', 'title', 'duration'],
}
export const sortsOf = (kind: ItemKind) => sorts[kind]

/** Titles from A on, everything else with the most first. */
export const usualOrder = (sort: ItemSort): 'asc' | 'desc' => (sort === 'title' || sort === 'number' ? 'asc' : 'desc')

/** Reads a view from an address; what it leaves out is as the library remembers it, then as usual. */
export function viewOf(search: URLSearchParams, library: LibraryKind, kept: KeptView): View {
  const kinds = kindsOf[library]
  const kind = kinds.find(one => one === search.get('kind')) ?? kinds[0]
  const remembered = kept.sorts[kind]
  const sort = sorts[kind].find(one => one === search.get('sort')) ?? remembered?.sort ?? sorts[kind][0]
  const order = search.get('order')
  const watched = search.get('watched')
  const year = search.get('year')
  return {
    kind,
    sort,
    order: order === 'asc' || order === 'desc' ? order : remembered?.sort === sort ? remembered.order : usualOrder(sort),
    genre: search.getAll('genre'),
    quality: search.getAll('quality').filter(one => ['4K', '1080p', '720p', 'SD'].includes(one)),
    year: year && /^\d{4}(-\d{4})?$/.test(year) ? year : null,
    watched: watched === 'watched' || watched === 'unwatched' || watched === 'in-progress' ? watched : null,
    person: search.get('person'),
    q: search.get('q'),
  }
}

/** What is asked of the server for a view, of one library or, without one, of all. */
export function requestOf(libraryId: string | undefined, view: View): IndexRequest {
  return { ...filtersOf(libraryId, view), sort: view.sort, order: view.order }
}

/** The filters alone, as facets take them. */
export function filtersOf(libraryId: string | undefined, view: View) {
  return {
    ...(libraryId !== undefined && { library: libraryId }),
    kind: view.kind,
    ...(view.genre.length > 0 && { genre: [...view.genre] }),
    ...(view.quality.length > 0 && { quality: view.quality as ('4K' | '1080p' | '720p' | 'SD')[] }),
    ...(view.year && { year: view.year }),
    ...(view.watched && { watched: view.watched }),
    ...(view.person && { person: view.person }),
    ...(view.q && { q: view.q }),
  }
}

export const filterNames = ['genre', 'quality', 'year', 'watched', 'person', 'q'] as const
export const isFiltered = (view: View): boolean => filterNames.some(name => view[name] !== null && view[name].length > 0)
