import { expect, it } from 'vitest'
import { CatalogIndex } from './catalog-index.js'
import { idSet } from './id-set.js'
import type { IndexedRow } from './indexed-row.js'
import { libraries, madeUpId, madeUpRow } from './made-up-rows.fixture.js'
import { everything, type Visibility } from './visibility.js'

const [films, others] = libraries as [string, string]
const plain: IndexedRow = {
  ...madeUpRow(0),
  libraryId: films,
  kind: 'film',
  contentRating: null,
  tags: [],
  names: [],
  sortTitle: null,
}
const series = (change: Partial<IndexedRow>): IndexedRow[] => [
  { ...plain, id: madeUpId(1), kind: 'series', title: 'Heat', ...change },
  { ...plain, id: madeUpId(2), kind: 'season', title: 'Season 1', parentId: madeUpId(1) },
  { ...plain, id: madeUpId(3), kind: 'episode', title: 'Pilot', parentId: madeUpId(2), grandparentId: madeUpId(1) },
]
function sees(rows: readonly IndexedRow[], visibility: Visibility): number[] {
  const index = new CatalogIndex()
  index.apply(rows)
  const ids = index.page({ sort: 'title', order: 'asc' }, visibility, 500).ids
  return [1, 2, 3].filter(number => ids.includes(madeUpId(number)))
}
const upTo = (unrated: boolean, ...allowed: string[]): Visibility => ({ libraries: 'all', contentRatings: { allowed, unrated } })

it('what hides a series hides all in it', () => {
  expect(sees(series({ contentRating: 'TV-MA' }), upTo(true, 'TV-PG'))).toEqual([])
  expect(sees(series({ tags: ['scary'] }), { libraries: 'all', blockedTags: ['scary'] })).toEqual([])
})

it('episodes have the rating and the tags of their series', () => {
  expect(sees(series({ contentRating: 'TV-PG' }), upTo(false, 'TV-PG'))).toEqual([1, 2, 3])
  expect(sees(series({}), upTo(false, 'TV-PG'))).toEqual([])
  expect(sees(series({ tags: ['kids'] }), { libraries: 'all', requiredTags: ['kids'] })).toEqual([1, 2, 3])
})

it('a stricter episode is hidden by itself', () => {
  const [top, season, episode] = series({ contentRating: 'TV-PG' }) as [IndexedRow, IndexedRow, IndexedRow]
  expect(sees([top, season, { ...episode, contentRating: 'TV-MA' }], upTo(true, 'TV-PG'))).toEqual([1, 2])
})

it('what is in something unknown is hidden under rules, and shown without', () => {
  const [, ...orphans] = series({})
  expect(sees(orphans, upTo(true))).toEqual([])
  expect(sees(orphans, everything)).toEqual([2, 3])
})

it('no library, no required tag: nothing', () => {
  expect(sees(series({}), { libraries: [] })).toEqual([])
  expect(sees(series({}), { libraries: 'all', requiredTags: [] })).toEqual([])
})

it('a change of rows changes what is seen at once', () => {
  const index = new CatalogIndex()
  index.apply(series({ contentRating: 'TV-PG' }))
  const child = upTo(false, 'TV-PG')
  expect(index.count({}, child)).toBe(3)
  index.apply(series({ contentRating: 'TV-MA' }))
  expect(index.count({}, child)).toBe(0)
})

it('an item that takes the place of another takes nothing else from it', () => {
  const index = new CatalogIndex()
  const first = { ...plain, id: madeUpId(1), tags: ['kids'] }
  index.apply([first])
  const watched = idSet([first.id])
  const kids: Visibility = { libraries: 'all', requiredTags: ['kids'] }
  expect(index.count({ only: [watched] }, kids)).toBe(1)
  index.apply([{ ...first, removed: true }])
  index.apply([{ ...plain, id: madeUpId(2) }])
  expect(index.count({ only: [watched] }, everything)).toBe(0)
  expect(index.count({}, kids)).toBe(0)
})

it('words of hidden items do not tell that they are there', () => {
  const index = new CatalogIndex()
  const hidden = { ...plain, id: madeUpId(9), libraryId: others, title: 'Thelove Zorro' }
  const seen = { ...plain, id: madeUpId(1), title: 'The Love' }
  const visibility: Visibility = { libraries: [films] }
  index.apply([seen, hidden])
  expect(index.search('thelove night', visibility, 5)).toEqual([])
  for (const q of ['thelove', 'zorro the love']) {
    expect(index.search(q, visibility, 5)).toEqual([{ kind: 'film', total: 1, ids: [seen.id] }])
  }
  index.apply([{ ...seen, id: madeUpId(2), title: 'The Love Night' }])
  expect(index.search('thelove night', visibility, 5)[0]!.ids[0]).toBe(madeUpId(2))
  expect(index.page({ sort: 'title', order: 'asc', q: 'thelove night' }, visibility, 5).ids).toEqual([madeUpId(2)])
})
