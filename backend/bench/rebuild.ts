import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReadModel } from '@projectionist/shared/api/projections'
import { openEventStore } from '../src/event-stores.js'
import { whenAlone } from './support/alone.js'
import { get } from './support/clients.js'
import { madeUpLog } from './support/made-up-log.js'
import { benchLibrary, madeUpFilm } from './support/made-up-media.js'
import { openPlace, type Place } from './support/place.js'
import { startProgram, type Running } from './support/program.js'
import { count, load, ms, percentile, printTable } from './support/table.js'

const AT_REST_MS = 15_000
/** Between an answer and the next request: somebody who looks around fast. */
const PAUSE_MS = 20

/** How long people wait for pages while everything is made anew from the log in the same process, and while nothing is. */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  try {
    const events = await fill(place, full ? 2_000_000 : 200_000)
    const program = await startProgram({ PROJECTIONIST_HOME: place.home, DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl })
    try {
      await rebuilt(program)
      const rest = await ask(program, pause(AT_REST_MS))
      const started = performance.now()
      const answer = await fetch(`${program.url}/api/read-models/rebuilds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${program.token}` },
        body: '{}',
      })
      if (!answer.ok) throw new Error(`Asking for rebuilds: ${answer.status}`)
      const meanwhile = await ask(program, rebuilt(program))
      const seconds = (performance.now() - started) / 1000
      printTable(`Asking for pages while ${count(events)} events are replayed for every read model`, ['', 'requests', 'p50 ms', 'p99 ms', 'longest ms'], [
        ['at rest', ...columns(rest)],
        ['meanwhile', ...columns(meanwhile)],
        ['times as long', '', ratio(meanwhile, rest, 0.5), ratio(meanwhile, rest, 0.99), ratio(meanwhile, rest, 1)],
      ])
      console.log(`\nEverything was made anew in ${seconds.toFixed(0)} s, ${count(events / seconds)} events a second, with that going on. Load average ${load()}.`)
    } finally {
      await program.stop()
    }
  } finally {
    await place.remove()
  }
}

async function fill(place: Place, events: number): Promise<number> {
  const store = await openEventStore(place.databaseUrl)
  for (const appends of madeUpLog(events)) await store.appendMany(appends)
  const head = await store.head()
  await store.close()
  return head
}

/** One page after the other until `end`: how long each took, ms. */
async function ask({ url, token }: Running, end: Promise<unknown>): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true })
  const paths = [
    `/api/items?library=${benchLibrary}&kind=film&sort=title&limit=60`,
    '/api/me/continue-watching',
    `/api/items/${madeUpFilm(7).itemId}`,
    '/api/history/groups?limit=50',
    '/api/search?q=the',
  ]
  let ended = false
  void end.finally(() => (ended = true))
  const times: number[] = []
  for (let n = 0; !ended; n++) {
    const before = performance.now()
    await get(agent, url, token, paths[n % paths.length]!)
    times.push(performance.now() - before)
    await pause(PAUSE_MS)
  }
  await end
  agent.destroy()
  return times
}

async function rebuilt({ url, token }: Running): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  for (;;) {
    const { readModels } = (await get(agent, url, token, '/api/read-models')) as { readModels: ReadModel[] }
    if (readModels.every(({ state, rebuildAsked }) => state === 'live' && !rebuildAsked)) break
    await pause(500)
  }
  agent.destroy()
}

const columns = (times: readonly number[]): string[] => [count(times.length), ...[0.5, 0.99, 1].map(share => ms(percentile(times, share)))]
const ratio = (times: readonly number[], of: readonly number[], share: number): string => `× ${(percentile(times, share) / percentile(of, share)).toFixed(1)}`

await whenAlone(import.meta, run)
