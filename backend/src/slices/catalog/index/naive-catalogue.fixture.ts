import type { ItemSort } from '@projectionist/shared/api/items'
import type { ListQuery } from './catalog-index.js'
import type { IndexedRow } from './indexed-row.js'
import { queryWords } from './search/words.js'
import { titleKey } from './title-keys.js'
import type { ListFilters } from './selection.js'
import type { Visibility } from './visibility.js'

/** The catalogue as an array that is filtered and sorted for each question: slow, and plainly right. */
export class NaiveCatalogue {
  readonly rows = new Map<string, IndexedRow>()

  apply(rows: readonly IndexedRow[]): void {
    for (const row of rows) {
      if (row.removed) this.rows.delete(row.id)
      else this.rows.set(row.id, row)
    }
  }

  visible(row: IndexedRow, { libraries, contentRatings, blockedTags, requiredTags }: Visibility): boolean {
    if (libraries !== 'all' && !libraries.includes(row.libraryId)) return false
    if (!contentRatings && !blockedTags?.length && !requiredTags) return true
    const above = [row.parentId, row.grandparentId].filter(id => id !== null).map(id => this.rows.get(id))
    if (above.includes(undefined)) return false
    const chain = [row, ...(above as IndexedRow[])]
    const ratings = chain.map(each => each.contentRating).filter(rating => rating !== null)
    if (contentRatings && !ratings.every(rating => contentRatings.allowed.includes(rating))) return false
    if (contentRatings?.unrated === false && ratings.length === 0) return false
    const tags = chain.flatMap(each => each.tags)
    return !blockedTags?.some(tag => tags.includes(tag)) && (!requiredTags || requiredTags.some(tag => tags.includes(tag)))
  }

  passes(row: IndexedRow, filters: ListFilters): boolean {
    const { library, kind, parent, genre, year, quality } = filters
    const [first, last = first] = (year ?? '0').split('-').map(Number) as [number, number?]
    return (
      (library === undefined || row.libraryId === library) &&
      (!kind || kind.includes(row.kind)) &&
      (parent === undefined || row.parentId === parent || (kind !== undefined && row.grandparentId === parent)) &&
      (!genre || genre.some(one => row.genres.includes(one))) &&
      (year === undefined || (row.year !== null && row.year >= first && row.year <= last)) &&
      (!quality || (row.quality !== null && quality.includes(row.quality)))
    )
  }

  /** All words are in title or names, the last one as a beginning. */
  holds(row: IndexedRow, q: string): boolean {
    const query = queryWords(q)
    const words = [row.title, ...row.names].flatMap(queryWords)
    return query.every((word, i) => words.some(each => (i === query.length - 1 ? each.startsWith(word) : each === word)))
  }

  list(query: ListQuery, visibility: Visibility): IndexedRow[] {
    return [...this.rows.values()]
      .filter(row => this.visible(row, visibility) && this.passes(row, query))
      .sort(inOrder(query.sort, query.order))
  }
}

function numberOf(row: IndexedRow, sort: ItemSort): number | null {
  const instant = (local: string | null): number | null =>
    local === null ? null : Date.parse(local.length === 10 ? local : `${local}Z`)
  switch (sort) {
    case 'title':
      return 0
    case 'year':
      return row.year
    case 'added':
      return row.addedMs
    case 'released':
      return instant(row.releasedOn ?? (row.year === null ? null : `${row.year}-01-01`))
    case 'taken':
      return instant(row.takenAt)
    case 'rating':
      return row.rating
    case 'duration':
      return row.durationMs
    case 'number':
      return row.number
  }
}

export function inOrder(sort: ItemSort, order: 'asc' | 'desc'): (a: IndexedRow, b: IndexedRow) => number {
  const sign = order === 'asc' ? 1 : -1
  return (a, b) => {
    const [left, right] = [numberOf(a, sort), numberOf(b, sort)]
    if (left === null && right !== null) return 1
    if (right === null && left !== null) return -1
    const byTitle = Buffer.compare(titleKey(a.sortTitle ?? a.title), titleKey(b.sortTitle ?? b.title))
    return sign * ((left ?? 0) - (right ?? 0) || byTitle || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  }
}
