import { loadavg } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ItemSort } from '@projectionist/shared/api/items'
import { CatalogIndex, type ListQuery } from '../src/slices/catalog/index/catalog-index.js'
import { idSet } from '../src/slices/catalog/index/id-set.js'
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

export interface CatalogIndexBenchOptions {
  /** A million items besides the 100,000. */
  readonly full?: boolean
  readonly print?: (line: string) => void
}

interface Case {
  readonly name: string
  readonly rounds: number
  run(): void
}

const member: Visibility = { libraries: libraries.slice(0, 3) }
const child: Visibility = {
  libraries: 'all',
  contentRatings: { allowed: contentRatings.slice(0, 3), unrated: true },
  blockedTags: ['scary'],
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes the process holds on to: JavaScript's heap and the arrays beside it. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function casesOf(index: CatalogIndex, size: number): Case[] {
  const roll = dice(4)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  const somewhere = (query: ListQuery, visibility = everything): (() => void) => {
    const { buckets } = index.index(query, visibility)
    return () => void index.page(query, visibility, 60, pick(buckets)?.cursor)
  }
  const all = (query: Partial<ListQuery>): ListQuery => ({ sort: 'title', order: 'asc', ...query })
  const watched = idSet(Array.from({ length: 20_000 }, () => madeUpId(Math.floor(roll() * size))))
  const filters = (): Partial<ListQuery> => ({
    genre: roll() < 0.6 ? [pick(genres)] : undefined,
    year: roll() < 0.5 ? `${1950 + Math.floor(roll() * 40)}-2000` : undefined,
    quality: roll() < 0.3 ? ['4K', '1080p'] : undefined,
    kind: roll() < 0.5 ? ['film'] : undefined,
    without: roll() < 0.3 ? [watched] : undefined,
  })
  const title = (): string => titleOf(roll, 200_000)
  return [
    ...ItemSort.options.map(sort => ({
      name: `page anywhere by ${sort}`,
      rounds: 500,
      run: somewhere(all({ sort, order: 'desc' })),
    })),
    { name: 'page anywhere, ratings and tags limited', rounds: 500, run: somewhere(all({ kind: ['film'] }), child) },
    {
      name: 'first page, any filters, any sort',
      rounds: 500,
      run: () => void index.page(all({ ...filters(), sort: pick(ItemSort.options) }), member, 60),
    },
    {
      name: 'children of an album',
      rounds: 200,
      run: () => void index.page(all({ parent: madeUpId(Math.floor(roll() * size)), sort: 'number' }), member, 60),
    },
    { name: 'whole index by letter', rounds: 60, run: () => void index.index(all({}), member) },
    {
      name: 'whole index by month, any filters',
      rounds: 100,
      run: () => void index.index(all({ ...filters(), sort: 'added', order: 'desc' }), member),
    },
    { name: 'facets, any filters', rounds: 200, run: () => void index.facets(filters(), member) },
    { name: 'search, one letter', rounds: 100, run: () => void index.search(pick([...'abcdefghijklmnopqrstuvwxyz']), member, 8) },
    {
      name: 'search, beginning of a title',
      rounds: 500,
      run: () => {
        const t = title()
        index.search(t.slice(0, 2 + Math.floor(roll() * t.length)), member, 8)
      },
    },
    { name: 'search, title', rounds: 500, run: () => void index.search(title(), member, 8) },
    { name: 'search, title with a mistake', rounds: 500, run: () => void index.search(mistyped(title(), roll), member, 8) },
    { name: 'page of a list narrowed by words', rounds: 200, run: () => void index.page(all({ q: title() }), member, 60) },
  ]
}

function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

function measured({ name, rounds, run }: Case): string {
  for (let i = 0; i < 5; i++) run()
  const times = Array.from({ length: rounds }, () => timed(run)).sort((a, b) => a - b)
  const at = (share: number): string => times[Math.min(rounds - 1, Math.floor(rounds * share))]!.toFixed(2).padStart(9)
  return `${name.padEnd(44)}${at(0.5)}${at(0.99)}${at(1)}`
}

function benchOf(size: number, print: (line: string) => void): void {
  const before = heldBytes()
  const index = new CatalogIndex()
  let making = 0
  let longestStep = 0
  const loading = timed(() => {
    for (let from = 0; from < size; from += 1000) {
      const start = performance.now()
      const rows = Array.from({ length: Math.min(1000, size - from) }, (_, i) => madeUpRow(from + i))
      making += performance.now() - start
      longestStep = Math.max(
        longestStep,
        timed(() => index.apply(rows)),
      )
    }
  })
  let longestPause = 0
  const preparing = timed(() => {
    const steps = index.prepare()
    for (let done = false; !done;)
      longestPause = Math.max(
        longestPause,
        timed(() => void (done = steps.next().done === true)),
      )
  })
  const held = heldBytes() - before
  print('')
  print(
    `${size.toLocaleString('en')} items: taken in ${(loading - making).toFixed(0)} ms (longest batch of 1,000: ${longestStep.toFixed(0)}), sorted in ${preparing.toFixed(0)} ms (longest step ${longestPause.toFixed(0)})`,
  )
  print(
    `memory ${(held / 1e6).toFixed(1)} MB, ${(held / size).toFixed(0)} bytes an item; load average ${loadavg()
      .map(load => load.toFixed(1))
      .join(' ')}`,
  )
  print(`${'milliseconds'.padEnd(44)}      p50      p99      max`)
  for (const each of casesOf(index, size)) print(measured(each))
  const roll = dice(9)
  const changed = {
    name: '500 changed items, then a page',
    rounds: 30,
    run: () => {
      index.apply(
        Array.from({ length: 500 }, () => ({
          ...madeUpRow(Math.floor(roll() * size)),
          title: titleOf(roll, 200_000),
          year: 1990,
        })),
      )
      index.page({ sort: 'title', order: 'asc' }, member, 60)
    },
  }
  print(measured(changed))
}

/** Prints how fast the catalogue index answers at 5,000 (memory), 100,000 and, with `full`, a million items. */
export async function run({ full = false, print = console.log }: CatalogIndexBenchOptions = {}): Promise<void> {
  for (const size of [5_000, 100_000, ...(full ? [1_000_000] : [])]) {
    benchOf(size, print)
    await new Promise(resolve => setImmediate(resolve))
  }
}

if (import.meta.main) await run({ full: process.argv.includes('--full') })
