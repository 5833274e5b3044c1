import { eventTypes } from '@projectionist/shared/events/all'
import { openEventStore } from '../src/event-stores.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import { schemasOf } from '../src/platform/eventing/projector/publication.js'
import { replay } from '../src/platform/eventing/projector/replay.js'
import { Sql } from '../src/platform/sql/sql.js'
import { projections } from '../src/slices/all.js'
import { dice } from '../src/slices/catalog/index/made-up-rows.fixture.js'
import { whenAlone } from './support/alone.js'
import { madeUp, madeUpHistory, PEOPLE } from './support/made-up-history.js'
import { openPlace, type Place } from './support/place.js'
import { startProgram, type Running } from './support/program.js'
import { count, load, ms, percentile, printTable } from './support/table.js'

const REQUESTS = 60
/** The made-up history goes over 1,000 days from then on. */
const BEGIN = Date.UTC(2023, 0, 1)
const DAY_MS = 86_400_000
const dayOf = (day: number): string => new Date(BEGIN + day * DAY_MS).toISOString()

/** Looking back over HTTP: past libraries made, single subjects then and now, differences, plays replayed. 300,000 events; `--full` a million. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const events = Number(process.env['EVENTS'] ?? (full ? 1_000_000 : 300_000))
  const made = { films: 0, series: 0, scans: 0 }
  const place = await openPlace()
  try {
    await fill(place, events, made)
    const program = await startProgram({ PROJECTIONIST_HOME: place.home, DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl, PROJECTIONIST_ROLES: 'api,projector' })
    try {
      printTable(`Looking back at ${count(events)} events`, ['request', 'p50 ms', 'p99 ms'], await requests(program, made))
      printTable(`The library as of a moment, of ${count(events)} events`, ['as of', 'made in s', 'events/s', 'first page ms', 'next pages ms'], await libraries(program, events))
    } finally {
      await program.stop()
    }
  } finally {
    await place.remove()
  }
}

async function fill(place: Place, events: number, made: { films: number; series: number; scans: number }): Promise<void> {
  const store = await openEventStore(place.databaseUrl)
  for (const appends of madeUpHistory(events, made)) await store.appendMany(appends)
  console.log(`appended (load average ${load()})`)
  const { faults } = await replay(projections, { sql: new Sql(place.pool), store, catalog: new EventCatalog(eventTypes) }, { schemaOf: projection => schemasOf(projection)[0] })
  for (const error of faults.values()) throw error
  console.log(`projected (load average ${load()})`)
  await store.close()
}

async function libraries(program: Running, events: number): Promise<string[][]> {
  const rows: string[][] = []
  for (const share of [0.1, 0.5, 1]) {
    const started = performance.now()
    let library = await ask<{ id: string; state: string }>(program, 'POST', '/time-travel', { body: { at: dayOf(1000 * share) } })
    while (library.state !== 'ready') {
      if (library.state === 'failed') throw new Error(JSON.stringify(library))
      await new Promise(resolve => setTimeout(resolve, 50))
      library = await ask(program, 'GET', `/time-travel/${library.id}`)
    }
    const seconds = (performance.now() - started) / 1000
    const page = () => timed(() => patiently(() => ask(program, 'GET', '/items?kind=film&limit=60', { asOf: library.id })))
    const first = await page()
    const next: number[] = []
    for (let n = 0; n < 20; n++) next.push(await page())
    rows.push([`${share * 100} %`, seconds.toFixed(1), count((events * share) / seconds), ms(first), ms(percentile(next, 0.5))])
    console.log(rows.at(-1)!.join(' | '))
  }
  return rows
}

async function requests(program: Running, made: { films: number; series: number }): Promise<string[][]> {
  const roll = dice(5)
  const upTo = (n: number): number => Math.floor(roll() * n)
  const at = (): string => dayOf(roll() * 1000)
  const cases: [string, () => Promise<unknown>][] = [
    ['a film as of a moment', () => ask(program, 'GET', `/streams/item/${madeUp.film(upTo(made.films / 2))}?at=${at()}`)],
    ...(made.series > 0 ? [['a series as of a moment', () => ask(program, 'GET', `/streams/item/${madeUp.series(upTo(made.series / 2))}?at=${at()}`)] as [string, () => Promise<unknown>]] : []),
    ['a person as of a moment', () => ask(program, 'GET', `/streams/user/${madeUp.person(upTo(PEOPLE))}?at=${at()}`)],
    ['what a person had played, 60 lines', () => ask(program, 'GET', `/time-travel/watching?user=${madeUp.person(upTo(PEOPLE))}&at=${at()}`)],
    ['difference between the first day and the last, first page', () => ask(program, 'GET', `/time-travel/difference?from=${dayOf(0)}&to=${dayOf(1001)}`)],
    ['difference of any thirty days, first page', () => {
      const day = roll() * 970
      return ask(program, 'GET', `/time-travel/difference?from=${dayOf(day)}&to=${dayOf(day + 30)}`)
    }],
    ['more of a scan of 20,000 files, 50 events', () => ask(program, 'GET', `/time-travel/difference/${madeUp.scan(0)}?from=${dayOf(0)}&to=${dayOf(1001)}&cursor=${1000 + upTo(15_000)}`)],
    ['the last 1,000 plays on another device', () => ask(program, 'POST', '/playback/what-if', { body: { profile: 'safari', last: 1000 } })],
  ]
  const rows: string[][] = []
  for (const [name, request] of cases) {
    for (let n = 0; n < 3; n++) await request()
    const times: number[] = []
    for (let n = 0; n < REQUESTS; n++) times.push(await timed(request))
    rows.push([name, ms(percentile(times, 0.5)), ms(percentile(times, 0.99))])
    console.log(rows.at(-1)!.join(' | '))
  }
  return rows
}

/** Asks again while the catalogue of a past library is being read. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!/ 503 /.test(String(error))) throw error
    }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

async function ask<T>({ url, token }: Running, method: string, path: string, { body, asOf }: { body?: unknown; asOf?: string } = {}): Promise<T> {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(asOf && { 'as-of': asOf }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

await whenAlone(import.meta, run)
