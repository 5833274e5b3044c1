import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ItemSort } from '@projectionist/shared/api/items'
import { CatalogIndex, type ListQuery } from '../src/slices/catalog/index/catalog-index.js'
import { idSet } from '../src/slices/catalog/index/id-set.js'
import type { IndexedRow } from '../src/slices/catalog/index/indexed-row.js'
import {
  contentRatings,
  dice,
  genres,
  libraries,
  madeUpId,
  madeUpRow,
  mistyped,
  titleOf,
} from '../src/slices/catalog/index/made-up-rows.fixture.js'
import { everything, type Visibility } from '../src/slices/catalog/index/visibility.js'
import { whenAlone } from './support/alone.js'
import { count, ms, percentile, printTable } from './support/table.js'

interface Case {
  readonly name: string
  readonly rounds: number
  /** What is done for each round before the clock starts; gives what is timed. */
  ready(): () => void
}

const member: Visibility = { libraries: libraries.slice(0, 3) }
const child: Visibility = {
  libraries: 'all',
  contentRatings: { allowed: contentRatings.slice(0, 3), unrated: true },
  blockedTags: ['scary'],
}
const vocabulary = 200_000

/** The catalogue index by itself: pages, jumps, filters, facets and search, one at a time, and what it takes to build and hold it. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  /** Twice: arrays are given back only when their owners were swept. */
  const collectGarbage = async (): Promise<void> => {
    gc()
    await new Promise(setImmediate)
    gc()
  }
  const built: string[][] = []
  for (const size of [5_000, 100_000, ...(full ? [1_000_000] : [])]) {
    await collectGarbage()
    const before = heldBytes()
    const { index, figures } = build(size)
    await collectGarbage()
    const held = heldBytes() - before
    built.push([count(size), ...figures.map(ms), (held / 1e6).toFixed(1), count(held / size)])
    if (size > 5_000)
      printTable(
        `The catalogue index at ${count(size)} items`,
        ['', 'p50 ms', 'p99 ms', 'max ms'],
        casesOf(index, size).map(measured),
      )
  }
  const columns = ['items', 'taken in, ms', 'longest 1,000, ms', 'sorted, ms', 'longest step, ms', 'MB', 'bytes an item']
  printTable('Building the catalogue index', columns, built)
}

/** JavaScript's heap and the arrays beside it. */
function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** An index of made-up rows, and how long it took: all batches, the longest one, the sorting, its longest step. */
function build(size: number): { index: CatalogIndex; figures: number[] } {
  const index = new CatalogIndex()
  const batches: number[] = []
  for (let from = 0; from < size; from += 1000) {
    const made = Array.from({ length: Math.min(1000, size - from) }, (_, i) => madeUpRow(from + i, vocabulary))
    // As rows come from outside: strings in one piece, not put together yet from the parts they were made of.
    const rows = JSON.parse(JSON.stringify(made)) as IndexedRow[]
    batches.push(timed(() => index.apply(rows)))
  }
  const steps: number[] = []
  const sorting = index.prepare()
  for (let done = false; !done;) steps.push(timed(() => void (done = sorting.next().done === true)))
  const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0)
  return { index, figures: [sum(batches), Math.max(...batches), sum(steps), Math.max(...steps)] }
}

function measured({ name, rounds, ready }: Case): string[] {
  const times = Array.from({ length: rounds + 5 }, () => timed(ready())).slice(5)
  return [name, ...[0.5, 0.99, 1].map(share => percentile(times, share).toFixed(2))]
}

function casesOf(index: CatalogIndex, size: number): Case[] {
  const roll = dice(4)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  const all = (query: Partial<ListQuery>): ListQuery => ({ sort: 'title', order: 'asc', ...query })
  const anywhere = (query: ListQuery, visibility = everything): Case['ready'] => {
    const { buckets } = index.index(query, visibility)
    return () => {
      const cursor = pick(buckets)?.cursor
      return () => index.page(query, visibility, 60, cursor)
    }
  }
  const watched = idSet(Array.from({ length: 20_000 }, () => madeUpId(Math.floor(roll() * size))))
  const filters = (): Partial<ListQuery> => ({
    genre: roll() < 0.6 ? [pick(genres)] : undefined,
    year: roll() < 0.5 ? `${1950 + Math.floor(roll() * 40)}-2000` : undefined,
    quality: roll() < 0.3 ? ['4K', '1080p'] : undefined,
    kind: roll() < 0.5 ? ['film'] : undefined,
    without: roll() < 0.3 ? [watched] : undefined,
  })
  const title = (): string => titleOf(roll, vocabulary)
  const listed = (name: string, rounds: number, query: () => ListQuery): Case => ({
    name,
    rounds,
    ready: () => {
      const asked = query()
      return () => index.page(asked, member, 60)
    },
  })
  const searched = (name: string, rounds: number, text: () => string): Case => ({
    name,
    rounds,
    ready: () => {
      const q = text()
      return () => index.search(q, member, 8)
    },
  })
  return [
    ...ItemSort.options.map(sort => ({
      name: `page anywhere by ${sort}`,
      rounds: 500,
      ready: anywhere(all({ sort, order: 'desc' })),
    })),
    { name: 'page anywhere, ratings and tags limited', rounds: 500, ready: anywhere(all({ kind: ['film'] }), child) },
    listed('first page, any filters, any sort', 500, () => all({ ...filters(), sort: pick(ItemSort.options) })),
    listed('tracks of an album', 200, () => all({ parent: madeUpId(Math.floor(roll() * size)), sort: 'number' })),
    listed('first page, narrowed by words', 200, () => all({ q: title() })),
    { name: 'whole index by letter', rounds: 100, ready: () => () => index.index(all({}), member) },
    {
      name: 'whole index by month, any filters',
      rounds: 200,
      ready: () => {
        const query = all({ ...filters(), sort: 'added', order: 'desc' })
        return () => index.index(query, member)
      },
    },
    {
      name: 'facets, any filters',
      rounds: 200,
      ready: () => {
        const asked = filters()
        return () => index.facets(asked, member)
      },
    },
    searched('search, one letter', 200, () => pick([...'abcdefghijklmnopqrstuvwxyz'])),
    searched('search, beginning of a title', 500, () => {
      const text = title()
      return text.slice(0, 2 + Math.floor(roll() * text.length))
    }),
    searched('search, title', 500, title),
    searched('search, title with a mistake', 500, () => mistyped(title(), roll)),
    {
      name: '500 items get another title and year, then a page',
      rounds: 50,
      ready: () => {
        const changes = { title: title(), sortTitle: null, year: 1900 + Math.floor(roll() * 100) }
        const rows = Array.from({ length: 500 }, () => ({ ...madeUpRow(Math.floor(roll() * size), vocabulary), ...changes }))
        return () => {
          index.apply(rows)
          index.page(all({}), member, 60)
        }
      },
    },
  ]
}

await whenAlone(import.meta, run)
