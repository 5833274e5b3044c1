import { LibraryAdded } from '@projectionist/shared/events/library'
import { Agent } from 'node:http'
import { openEventStore } from '../src/event-stores.js'
import { dice, genres, titleOf } from '../src/slices/catalog/index/made-up-rows.fixture.js'
import { benchLibrary, madeUpFilm, toAppend } from './support/made-up-media.js'
import { whenAlone } from './support/alone.js'
import { askAll, get } from './support/clients.js'
import { openPlace, type Place } from './support/place.js'
import { startProgram } from './support/program.js'
import { count, printTable } from './support/table.js'

const CLIENTS = 8
const REQUESTS = 400

/** The catalogue over HTTP: any page at any scroll position, any sort, any filter, search, with eight clients at once. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  try {
    const films = full ? 1_000_000 : 100_000
    await fill(place, films)
    const program = await startProgram({ PROJECTIONIST_HOME: place.home, DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl, PROJECTIONIST_ROLES: 'api,projector' })
    try {
      await caughtUp(program.url, program.token, films)
      printTable(`The catalogue of ${count(films)} items over HTTP, ${CLIENTS} clients`, ['request', 'p50 ms', 'p99 ms', 'requests/s'], await measure(program.url, program.token))
    } finally {
      await program.stop()
    }
  } finally {
    await place.remove()
  }
}

async function fill(place: Place, films: number): Promise<void> {
  const store = await openEventStore(place.databaseUrl)
  const added = LibraryAdded({ name: 'Bench', kind: 'films', roots: [] })
  await store.append({ streamId: `library-${benchLibrary}`, expected: 'no-stream', events: [toAppend(added, 'library')] })
  for (let n = 0; n < films; n += 1000)
    await store.appendMany(
      Array.from({ length: 1000 }, (_, index) => {
        const { itemId, event } = madeUpFilm(n + index)
        return { streamId: `item-${itemId}`, expected: 'no-stream' as const, events: [toAppend(event, `film ${n + index}`)] }
      }),
    )
  await store.close()
}

async function caughtUp(url: string, token: string, films: number): Promise<void> {
  for (let total = 0; total < films; ) {
    total = ((await get(new Agent(), url, token, '/api/items/index?sort=title')) as { total: number }).total
    if (total < films) await new Promise(resolve => setTimeout(resolve, 500))
  }
}

async function measure(url: string, token: string): Promise<string[][]> {
  const roll = dice(11)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  const sorts = ['title', 'year', 'added', 'rating', 'duration'] as const
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const cursors = new Map<string, string[]>()
  for (const sort of sorts)
    for (const order of ['asc', 'desc']) {
      const { buckets } = (await get(agent, url, token, `/api/items/index?sort=${sort}&order=${order}`)) as { buckets: { cursor: string }[] }
      cursors.set(`sort=${sort}&order=${order}`, buckets.map(bucket => bucket.cursor))
    }
  const filter = (): string =>
    [
      roll() < 0.7 ? `genre=${pick(genres)}` : '',
      roll() < 0.5 ? `year=${1940 + Math.floor(roll() * 40)}-${1990 + Math.floor(roll() * 30)}` : '',
      roll() < 0.4 ? `quality=${pick(['4K', '1080p', 'SD'])}` : '',
      roll() < 0.3 ? 'watched=unwatched' : '',
    ].filter(Boolean).join('&')
  const cases: [string, () => string][] = [
    ['page of 60 at any scroll position, any sort', () => {
      const [sort, list] = pick([...cursors])
      return `/api/items?${sort}&limit=60&cursor=${encodeURIComponent(pick(list))}`
    }],
    ['first page of 60, any sort, any mix of filters', () => `/api/items?sort=${pick(sorts)}&order=${pick(['asc', 'desc'])}&limit=60&${filter()}`],
    ['shape of the whole list, filtered', () => `/api/items/index?sort=${pick(sorts)}&${filter() || 'genre=Drama'}`],
    ['facets, filtered', () => `/api/items/facets?${filter()}`],
    ['search as one types', () => {
      const title = titleOf(roll, 200_000)
      return `/api/search?q=${encodeURIComponent(title.slice(0, 2 + Math.floor(roll() * title.length)))}`
    }],
  ]
  const rows: string[][] = []
  for (const [name, path] of cases) {
    const paths = Array.from({ length: REQUESTS }, path)
    for (const warm of paths.slice(0, 40)) await get(agent, url, token, warm)
    const { columns } = await askAll(agent, { url, token }, paths, CLIENTS)
    rows.push([name, ...columns])
  }
  agent.destroy()
  return rows
}

await whenAlone(import.meta, run)
