import { eventTypes } from '@projectionist/shared/events/all'
import type { HistoryGroup } from '@projectionist/shared/api/history'
import { Agent } from 'node:http'
import { openEventStore } from '../src/event-stores.js'
import { EventCatalog } from '../src/platform/eventing/event-catalog.js'
import type { Projection } from '../src/platform/eventing/projection.js'
import { finishSchema, openSchema } from '../src/platform/eventing/projector/projection-schema.js'
import { schemasOf } from '../src/platform/eventing/projector/publication.js'
import { replay } from '../src/platform/eventing/projector/replay.js'
import { Sql } from '../src/platform/sql/sql.js'
import { dice, titleOf } from '../src/slices/catalog/index/made-up-rows.fixture.js'
import { usersProjection } from '../src/slices/accounts/users.projection.js'
import { projections } from '../src/slices/all.js'
import { itemsProjection } from '../src/slices/catalog/items.projection.js'
import { librariesProjection } from '../src/slices/libraries/libraries.projection.js'
import { historyProjection } from '../src/slices/history/history.projection.js'
import { whenAlone } from './support/alone.js'
import { askAll, get } from './support/clients.js'
import { benchLibrary } from './support/made-up-media.js'
import { madeUp, madeUpHistory, PEOPLE, type MadeUpHistory } from './support/made-up-history.js'
import { openPlace, type Place } from './support/place.js'
import { startProgram, type Running } from './support/program.js'
import { count, load, printTable } from './support/table.js'

const CLIENTS = 8
const REQUESTS = 240
/** Of one client. */
const ALONE = 100
const EVENTS = Number(process.env['EVENTS'] ?? 2_000_000)

/** The history over HTTP: lines, entries, every filter, search, deep pages and chains, with one client and with eight at once. */
export async function run(): Promise<void> {
  const place = await openPlace()
  const made: MadeUpHistory = { films: 0, series: 0, scans: 0 }
  try {
    printTable('Making the history', ['', 'events', 'seconds', 'events/s'], await fill(place, made))
    const program = await startProgram({ PROJECTIONIST_HOME: place.home, DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl, PROJECTIONIST_ROLES: 'api,projector' })
    try {
      const members = [await memberOf(place, program, 1, 'all'), await memberOf(place, program, 2, [benchLibrary])] as const
      const rows = await measure(program.url, program.token, made, members)
      printTable(`The history of ${count(EVENTS)} events over HTTP`, ['request', 'p50 ms', 'p99 ms', `p50 ms, ${CLIENTS} clients`, 'p99 ms', 'requests/s', 'rows'], rows)
      const [size] = (await place.pool.query(`select pg_size_pretty(sum(pg_total_relation_size(c.oid))) as size from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname ~ '^history_v' and c.relkind = 'r'`)).rows as { size: string }[]
      console.log(`\nThe tables take ${size?.size ?? '?'} with their indexes.`)
    } finally {
      await program.stop()
    }
  } finally {
    await place.remove()
  }
}

async function fill(place: Place, made: MadeUpHistory): Promise<string[][]> {
  const store = await openEventStore(place.databaseUrl)
  const line = (what: string, events: number, from: number): string[] => {
    const seconds = (performance.now() - from) / 1000
    console.log(`${what}: ${count(events)} events in ${seconds.toFixed(0)} s (load average ${load()})`)
    return [what, count(events), seconds.toFixed(0), count(events / seconds)]
  }
  const appending = performance.now()
  for (const appends of madeUpHistory(EVENTS, made)) await store.appendMany(appends)
  const head = await store.head()
  const rows = [line('appended', head, appending)]
  const sql = new Sql(place.pool)
  const schemaOf = (projection: Projection): string => schemasOf(projection)[0]
  const project = (projections: readonly Projection[]) => replay(projections, { sql, store, catalog: new EventCatalog(eventTypes) }, { schemaOf })
  const projecting = performance.now()
  await project([historyProjection])
  rows.push(line('`history`', head, projecting))
  const others = performance.now()
  await project([itemsProjection, usersProjection, librariesProjection])
  rows.push(line('what it shows names of', head, others))
  // The history asks nothing of the others: they need not be filled for it.
  for (const projection of projections)
    if (![historyProjection, itemsProjection, usersProjection, librariesProjection].includes(projection)) {
      await openSchema(sql, projection, schemaOf(projection), await store.identity())
      await finishSchema(sql, projection, schemaOf(projection))
      await sql.query(`update ${schemaOf(projection)}.checkpoint set position = $1`, [head])
    }
  await store.close()
  return rows
}

/** Signs one of the made-up people in, with the admin's password. */
async function memberOf(place: Place, program: Running, n: number, libraries: 'all' | string[]): Promise<string> {
  const id = madeUp.person(n)
  await place.pool.query(
    'insert into vault.credentials (user_id, name, name_key, password_hash, changed_at) select $1, $2, $2, password_hash, now() from vault.credentials limit 1',
    [id, `member ${n}`],
  )
  const ask = (method: string, path: string, body: object): Promise<Response> =>
    fetch(`${program.url}/api${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${program.token}` }, body: JSON.stringify(body) })
  await ask('PATCH', `/users/${id}`, { libraries })
  const answer = await ask('POST', '/auth/login', { name: `member ${n}`, password: 'bench password', device: { id: 'bench-device', name: 'Bench' }, tokens: 'body' })
  return ((await answer.json()) as { accessToken: string }).accessToken
}

async function measure(url: string, token: string, made: MadeUpHistory, [member, confined]: readonly [string, string]): Promise<string[][]> {
  const roll = dice(23)
  const upTo = (n: number): number => Math.floor(roll() * n)
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const moment = (): string => new Date(Date.UTC(2023, 0, 1) + roll() * 1000 * 86_400_000).toISOString()
  const { groups } = (await get(agent, url, token, '/api/history/groups?limit=200')) as { groups: HistoryGroup[] }
  const { entries } = (await get(agent, url, token, `/api/history?scan=${madeUp.scan(0)}&limit=200`)) as { entries: { id: string; position: string }[] }
  const kinds = ['MediaIngested', 'ItemRated', 'PlaybackCompleted', 'SignedIn', 'ScanCompleted', 'MetadataEdited', 'UserAdded']
  const kind = (): string => kinds[upTo(kinds.length)]!
  const cursor = (): string => `&cursor=${upTo(EVENTS)}`
  const words = (): string => {
    const title = titleOf(roll, 200_000)
    return encodeURIComponent(title.slice(0, 3 + upTo(title.length)))
  }
  const lines = '/api/history/groups?limit=50'
  const list = '/api/history?limit=50'
  const cases: [name: string, path: () => string, token?: string][] = [
    ['lines, newest', () => lines],
    ['lines, any depth', () => lines + cursor()],
    ['lines of a film', () => `${lines}&item=${madeUp.film(upTo(made.films))}`],
    ['lines of a series with all inside', () => `${lines}&item=${madeUp.series(Math.floor(made.series * roll() * roll()))}`],
    ['lines of a person, any depth', () => `${lines}&user=${madeUp.person(upTo(PEOPLE))}${cursor()}`],
    ['lines of a device', () => `${lines}&device=${madeUp.device(upTo(PEOPLE))}`],
    ['lines of a process, any depth', () => `${lines}&process=${roll() < 0.5 ? 'scan' : 'artwork'}${cursor()}`],
    ['lines of a kind, any depth', () => `${lines}&kind=${kind()}${cursor()}`],
    ['lines of a library, any depth', () => `${lines}&library=${roll() < 0.5 ? benchLibrary : madeUp.shows}${cursor()}`],
    ['lines of a scan', () => `${lines}&scan=${madeUp.scan(upTo(made.scans))}`],
    ['lines of a month', () => {
      const from = moment()
      return `${lines}&from=${from}&to=${new Date(Date.parse(from) + 30 * 86_400_000).toISOString()}`
    }],
    ['lines, person and kind and month', () => {
      const from = moment()
      return `${lines}&user=${madeUp.person(upTo(PEOPLE))}&kind=${kind()}&from=${from}&to=${new Date(Date.parse(from) + 30 * 86_400_000).toISOString()}`
    }],
    ['lines, things that never go together', () => `${lines}&kind=ItemRated&process=artwork${cursor()}`],
    ['lines by words', () => `${lines}&q=${words()}`],
    ['lines by a word that half the house has', () => `${lines}&q=${['the', 'season', 'play', 'mark', 's'][upTo(5)]}${cursor()}`],
    ['lines by words of a person’s name and a kind', () => `${lines}&q=${upTo(PEOPLE)}&kind=${kind()}`],
    ['entries, any depth', () => list + cursor()],
    ['entries with changes, any depth', () => `${list}&changes=true${cursor()}`],
    ['entries of a series', () => `${list}&item=${madeUp.series(upTo(made.series))}`],
    ['entries of a line', () => {
      const group = groups[upTo(groups.length)]!
      return `${list}&group=${group.id}${group.owner ? `&owner=${group.owner.id}` : ''}`
    }],
    ['entries of a scan of 20,000 files, any depth', () => `${list}&scan=${madeUp.scan(0)}&cursor=${upTo(50_000)}`],
    ['entries of a person and kind, any depth', () => `${list}&user=${madeUp.person(upTo(PEOPLE))}&kind=${kind()}${cursor()}`],
    ['entries by words', () => `${list}&q=${words()}`],
    ['an entry with before, after and chain', () => `/api/history/${entries[upTo(entries.length)]!.id}`],
    ['the beginning of a scan with what it led to', () => `${list}&subject=${madeUp.scan(upTo(made.scans))}&kind=ScanStarted`],
    ['choices', () => '/api/history/choices'],
    ['a member’s lines, any depth', () => lines + cursor(), member],
    ['a member’s lines of a kind, any depth', () => `${lines}&kind=${kind()}${cursor()}`, member],
    ['a member’s lines by words', () => `${lines}&q=${words()}`, member],
    ['a member’s lines of a series', () => `${lines}&item=${madeUp.series(Math.floor(made.series * roll() * roll()))}`, member],
    ['a member’s entries of a kind, any depth', () => `${list}&kind=${kind()}${cursor()}`, member],
    ['the same of a member of one library', () => `${list}&kind=${kind()}${cursor()}`, confined],
    ['lines of a member of one library, any depth', () => lines + cursor(), confined],
    ['lines of a member of one library by words', () => `${lines}&q=${words()}`, confined],
  ]
  const rows: string[][] = []
  for (const [name, path, as = token] of cases) {
    const paths = Array.from({ length: REQUESTS }, path)
    for (const warm of paths.slice(0, 16)) await get(agent, url, as, warm)
    const size = (answer: unknown): number => {
      const { groups, entries } = answer as { groups?: unknown[]; entries?: unknown[] }
      return (groups ?? entries ?? [1]).length
    }
    const alone = await askAll(agent, { url, token: as }, Array.from({ length: ALONE }, path), 1, size)
    const { columns, total } = await askAll(agent, { url, token: as }, paths, CLIENTS, size)
    rows.push([name, ...alone.columns.slice(0, 2), ...columns, (total / REQUESTS).toFixed(1)])
    console.log(rows.at(-1)!.join(' | '))
  }
  agent.destroy()
  return rows
}

await whenAlone(import.meta, run)
