import { ItemSort } from '@projectionist/shared/api/items'
import { ItemKind } from '@projectionist/shared/events/media'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../platform/eventing/decider.js'
import { CatalogIndex, type ListQuery } from './catalog-index.js'
import { idSet } from './id-set.js'
import type { IndexedRow } from './indexed-row.js'
import { contentRatings, genres, libraries, madeUpId, madeUpRow } from './made-up-rows.fixture.js'
import { inOrder, NaiveCatalogue } from './naive-catalogue.fixture.js'
import type { ListFilters } from './selection.js'
import { everything, type Visibility } from './visibility.js'

const rounds = { numRuns: Number(process.env['ROUNDS'] ?? 25) }

/** Every kind of family, a few of each, thinned out: 400 items of the first 1,000. */
const numbers = Array.from({ length: 400 }, (_, i) => Math.floor(i * 2.5))
const base = numbers.map(number => madeUpRow(number))
const tags = ['kids', 'scary', 'holiday']
const titles = [
  'Alien',
  'alien',
  'Aliens 2',
  'Aliens 10',
  'Ä',
  '…',
  '',
  'Матрица',
  '東京物語',
  '007',
  'A',
  '!!!',
  'Éa',
  'é a',
  'x'.repeat(300),
]

const someOf = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 })
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 3 })
/** Seldom there: lists that are narrowed by everything at once are empty. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const anId = fc.constantFrom(...numbers).map(number => madeUpId(number))

const aRow: fc.Arbitrary<IndexedRow> = fc
  .record({
    id: anId,
    libraryId: fc.constantFrom(...libraries),
    kind: fc.constantFrom(...ItemKind.options),
    parentId: orNull(anId),
    grandparentId: orNull(anId),
    title: fc.oneof(fc.constantFrom(...titles), fc.string({ unit: 'binary', maxLength: 20 })),
    sortTitle: orNull(fc.constantFrom(...titles)),
    names: fc.array(fc.constantFrom('Ripley', 'Sigourney Weaver', 'the'), { maxLength: 2 }),
    year: orNull(fc.integer({ min: 1990, max: 2003 })),
    addedMs: fc.integer({ min: -5, max: 5 }).map(month => Date.UTC(2000, month)),
    releasedOn: orNull(fc.constantFrom('1969-12-31', '1970-01-01', '1999-03-31', '1999-04-01')),
    takenAt: orNull(fc.constantFrom('1899-06-01T00:00:00', '1999-03-31T23:59:59', '1999-04-01T00:00:00')),
    rating: orNull(fc.constantFrom(0, 6.5, 6.6, 7, 10)),
    durationMs: orNull(fc.constantFrom(0, 599_999, 600_000, 7_200_000)),
    number: orNull(fc.constantFrom(0, 10_001, 10_002, 20_001)),
    quality: orNull(fc.constantFrom('4K', '1080p', 'SD')),
    contentRating: orNull(fc.constantFrom(...contentRatings)),
    genres: someOf(genres.slice(0, 5)),
    tags: someOf(tags),
    removed: fc.constant(false),
    changedPosition: fc.constant(1),
  })
  .chain(row => fc.boolean().map(removed => ({ ...row, removed: removed && row.year === null })))

const batches = fc.array(fc.array(aRow, { maxLength: 20 }), { maxLength: 6 })
const aVisibility: fc.Arbitrary<Visibility> = fc.oneof(
  fc.constant(everything),
  fc.record({
    libraries: fc.oneof(fc.constant('all' as const), someOf(libraries)),
    contentRatings: maybe(fc.record({ allowed: someOf(contentRatings), unrated: fc.boolean() })),
    blockedTags: maybe(someOf(tags)),
    requiredTags: maybe(someOf(tags)),
  }),
)
const aQuery: fc.Arbitrary<ListQuery> = fc.record({
  sort: fc.constantFrom(...ItemSort.options),
  order: fc.constantFrom('asc' as const, 'desc' as const),
  library: maybe(fc.constantFrom(...libraries)),
  kind: maybe(someOf(ItemKind.options)),
  parent: maybe(anId),
  genre: maybe(someOf(genres.slice(0, 5))),
  year: maybe(fc.constantFrom('1999', '1990-1999', '2001-2000')),
  quality: maybe(someOf(['4K', 'SD'])),
})

/** Both with the same history. Questions are asked between its batches, as people do: answers that are kept must not be given again. */
function catalogues(
  history: readonly (readonly IndexedRow[])[],
  visibility: Visibility,
  filters: ListFilters = {},
): { index: CatalogIndex; naive: NaiveCatalogue } {
  const [index, naive] = [new CatalogIndex(), new NaiveCatalogue()]
  for (const batch of [base, ...history]) {
    index.apply(batch)
    naive.apply(batch)
    for (const sort of ItemSort.options) index.page({ ...filters, sort, order: 'asc' }, visibility, 1)
  }
  return { index, naive }
}
const idsOf = (rows: readonly IndexedRow[]): string[] => rows.map(row => row.id)
const counted = <V>(values: readonly V[], value: V): number => values.filter(each => each === value).length

describe('the catalogue index, against filtering and sorting an array', { timeout: 60_000 }, () => {
  it('gives the whole list, page by page', () => {
    fc.assert(
      fc.property(batches, aQuery, aVisibility, fc.integer({ min: 1, max: 150 }), (history, query, visibility, limit) => {
        const { index, naive } = catalogues(history, visibility)
        const ids: string[] = []
        for (let cursor: string | undefined; ;) {
          const page = index.page(query, visibility, limit, cursor)
          ids.push(...page.ids)
          if (page.next === null) break
          expect(page.ids).toHaveLength(limit)
          expect(ids.length).toBeLessThanOrEqual(index.size)
          cursor = page.next
        }
        expect(ids).toEqual(idsOf(naive.list(query, visibility)))
      }),
      rounds,
    )
  })

  it('gives buckets that sum to the total, each with the cursor of its first item', () => {
    fc.assert(
      fc.property(batches, aQuery, aVisibility, (history, query, visibility) => {
        const { index, naive } = catalogues(history, visibility)
        const expected = idsOf(naive.list(query, visibility))
        const { total, buckets } = index.index(query, visibility)
        expect(total).toBe(expected.length)
        expect(index.count(query, visibility)).toBe(expected.length)
        const pages = buckets.map(({ count, cursor }) => index.page(query, visibility, count, cursor).ids)
        expect(pages.flat()).toEqual(expected)
        const keys = buckets.map(bucket => bucket.key)
        expect(keys.filter((key, i) => keys[i - 1] !== key)).toEqual([...new Set(keys)])
      }),
      rounds,
    )
  })

  it('goes on behind a cursor wherever its item went meanwhile', () => {
    fc.assert(
      fc.property(batches, batches, aQuery, fc.integer({ min: 1, max: 100 }), (history, meanwhile, query, limit) => {
        const { index, naive } = catalogues(history, everything)
        const { next } = index.page(query, everything, limit)
        if (next === null) return
        const last = naive.list(query, everything)[limit - 1]!
        for (const batch of meanwhile) {
          index.apply(batch)
          naive.apply(batch)
        }
        const after = naive.list(query, everything).filter(row => inOrder(query.sort, query.order)(row, last) > 0)
        expect(index.page(query, everything, 500, next).ids).toEqual(idsOf(after))
      }),
      rounds,
    )
  })

  it('counts what a list can be narrowed by', () => {
    fc.assert(
      fc.property(batches, aQuery, aVisibility, (history, query, visibility) => {
        const { index, naive } = catalogues(history, visibility)
        const facets = index.facets(query, visibility)
        const ofGenre = naive.list({ ...query, genre: undefined }, visibility).flatMap(row => row.genres)
        const ofDecade = naive
          .list({ ...query, year: undefined }, visibility)
          .map(row => row.year && Math.floor(row.year / 10) * 10)
        const ofQuality = naive.list({ ...query, quality: undefined }, visibility).map(row => row.quality)
        const among = <V>(values: V[]): { value: V; count: number }[] =>
          [...new Set(values)].map(value => ({ value, count: counted(values, value) }))
        expect(new Set(facets.genres)).toEqual(
          new Set(among(naive.list({ ...query, genre: undefined }, visibility).flatMap(row => [...new Set(row.genres)]))),
        )
        expect(new Set(facets.decades)).toEqual(new Set(among(ofDecade.filter(decade => decade !== null))))
        expect(new Set(facets.qualities)).toEqual(new Set(among(ofQuality.filter(quality => quality !== null))))
        expect(facets.genres.length).toBe(new Set(ofGenre).size)
      }),
      rounds,
    )
  })

  it('narrows by sets of ids, and says which of some ids may be seen', () => {
    fc.assert(
      fc.property(batches, aQuery, aVisibility, fc.array(anId), fc.array(anId), (history, query, visibility, only, without) => {
        const sets = { only: [idSet(only)], without: [idSet(['not an id', ...without])] }
        const { index, naive } = catalogues(history, visibility, sets)
        const narrowed = { ...query, ...sets }
        const expected = naive.list(query, visibility).filter(row => only.includes(row.id) && !without.includes(row.id))
        expect(index.page(narrowed, visibility, 500).ids).toEqual(idsOf(expected))
        expect(index.visible(only, visibility)).toEqual(
          only.filter(id => naive.rows.has(id) && naive.visible(naive.rows.get(id)!, visibility)),
        )
      }),
      rounds,
    )
  })

  it('finds words as typed, and keeps the sort', () => {
    fc.assert(
      fc.property(
        batches,
        aQuery,
        aVisibility,
        fc.constantFrom('alien', 'weaver sig', 'the', 'матр', '東京', 'a', '…'),
        (history, query, visibility, q) => {
          const { index, naive } = catalogues(history, visibility)
          const listed = naive.list(query, visibility)
          const asTyped = listed.filter(row => naive.holds(row, q))
          const found = index.page({ ...query, q }, visibility, 500).ids
          if (asTyped.length > 0) expect(found).toEqual(idsOf(asTyped))
          else expect(idsOf(listed).filter(id => found.includes(id))).toEqual(found)
        },
      ),
      rounds,
    )
  })

  it('searches as though hidden items did not exist', () => {
    fc.assert(
      fc.property(
        batches,
        aVisibility,
        fc.constantFrom('alien', 'aleins', 'night', 'thelove', 'the', 'lo ve', 'ripely', 'z', 'dark woman'),
        (history, visibility, q) => {
          const { index, naive } = catalogues(history, visibility)
          const alone = new CatalogIndex()
          alone.apply([...naive.rows.values()].filter(row => naive.visible(row, visibility)))
          expect(index.search(q, visibility, 10)).toEqual(alone.search(q, everything, 10))
        },
      ),
      rounds,
    )
  })
})

describe('buckets', () => {
  const film = madeUpRow(0)
  const films = (count: number, change: (i: number) => Partial<IndexedRow>): IndexedRow[] =>
    Array.from({ length: count }, (_, i) => ({ ...film, id: madeUpId(i), sortTitle: null, ...change(i) }))

  it('hold at most 500 items, neighbours sharing a key', () => {
    const index = new CatalogIndex()
    index.apply(films(1201, i => ({ title: `Song ${i}` })))
    const { buckets } = index.index({ sort: 'title', order: 'asc' }, everything)
    expect(buckets.map(({ key, count }) => [key, count])).toEqual([
      ['S', 500],
      ['S', 500],
      ['S', 201],
    ])
  })

  it('are named by first letters, numbers and symbols together, scripts in their own way', () => {
    const index = new CatalogIndex()
    const names = [
      '!!!',
      '(500) Days',
      '9',
      'Éclair',
      'œuvre',
      'Ωmega',
      'Жизнь',
      'がらす',
      'コ',
      'し',
      '김',
      '까',
      '나',
      '漢字',
      'שלום',
      'เมือง',
    ]
    index.apply(films(names.length, i => ({ title: names[i]! })))
    const { buckets } = index.index({ sort: 'title', order: 'asc' }, everything)
    expect(buckets.map(({ key, count }) => key + count)).toEqual([
      '#3',
      'E1',
      'O1',
      'Ω1',
      'Ж1',
      'ש1',
      'ม1',
      'か2',
      'さ1',
      '漢1',
      'ㄱ2',
      'ㄴ1',
    ])
  })

  it('are named by years, months, points, lengths and seasons, and by nothing for what has none', () => {
    const index = new CatalogIndex()
    index.apply(
      films(3, i =>
        i === 2
          ? { year: null, rating: null, durationMs: null, number: null, releasedOn: null, takenAt: null }
          : {
              year: 1999 + i,
              rating: 7.9,
              durationMs: 5_400_000,
              number: 20_003,
              releasedOn: '1999-03-31',
              takenAt: `1969-0${i + 1}-01T10:00:00`,
            },
      ),
    )
    const keys = (sort: ItemSort, order: 'asc' | 'desc' = 'asc') =>
      index.index({ sort, order }, everything).buckets.map(({ key, count }) => `${key}:${count}`)
    expect(keys('year')).toEqual(['1999:1', '2000:1', ':1'])
    expect(keys('year', 'desc')).toEqual(['2000:1', '1999:1', ':1'])
    expect(keys('released')).toEqual(['1999-03:2', ':1'])
    expect(keys('taken', 'desc')).toEqual(['1969-02:1', '1969-01:1', ':1'])
    expect(keys('rating')).toEqual(['7:2', ':1'])
    expect(keys('duration')).toEqual(['1:30:2', ':1'])
    expect(keys('number')).toEqual(['2:2', ':1'])
  })
})

describe('cursors', () => {
  const index = new CatalogIndex()
  index.apply(base)
  const { next } = index.page({ sort: 'year', order: 'asc' }, everything, 10)
  const refusal = (cursor: string, sort: ItemSort = 'year', order: 'asc' | 'desc' = 'asc'): unknown => {
    try {
      return index.page({ sort, order }, everything, 10, cursor)
    } catch (error) {
      return error instanceof DomainError ? error.code : error
    }
  }

  it('are refused when they belong to another sort or direction', () => {
    expect(refusal(next!, 'title')).toBe('invalid-request')
    expect(refusal(next!, 'year', 'desc')).toBe('invalid-request')
  })

  it('are refused when they were made up', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.constantFrom('', 'null', next!.slice(0, 9), `${next!}=`, `${next!} `)),
        cursor => {
          expect(refusal(cursor)).toBe('invalid-request')
        },
      ),
      rounds,
    )
  })

  it('stay well below what the contract allows, even for endless titles', () => {
    index.apply([
      { ...madeUpRow(0), title: '長'.repeat(5000), sortTitle: null },
      { ...madeUpRow(1), title: '長'.repeat(6000), sortTitle: null },
    ])
    const page = index.page({ sort: 'title', order: 'desc' }, everything, 1)
    expect(page.next!.length).toBeLessThan(400)
    expect(index.page({ sort: 'title', order: 'desc' }, everything, 1, page.next!).ids).not.toEqual(page.ids)
  })
})
