import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { PlaybackProgressed } from '@projectionist/shared/events/playback'
import { openEventStore } from '../src/event-stores.js'
import type { EventStore, Position } from '../src/platform/eventing/event-store.js'
import { madeUpFilm, toAppend } from './support/made-up-media.js'
import { whenAlone } from './support/alone.js'
import { openPlace } from './support/place.js'
import { count, ms, percentile, printTable } from './support/table.js'

interface Figures {
  readonly eventsPerSecond: number
  /** Of one call, where calls are what counts. */
  readonly p50Ms?: number
  readonly p99Ms?: number
}
type Measured = Readonly<Record<string, Figures>>

/**
 * Every store beside the others, each in a process of its own since the two clients of EventStoreDB cannot share one: PostgreSQL
 * as it comes along, synced to disk, and the server that `EVENT_STORE_TEST_URL` names, by both clients.
 */
export async function run({ full = false }: { full?: boolean } = {}): Promise<void> {
  const place = await openPlace()
  const { EVENT_STORE_TEST_URL: server } = process.env
  if (!server) console.log('Only PostgreSQL: EVENT_STORE_TEST_URL names no other store.')
  const addresses = [
    place.databaseUrl,
    ...(server ? ['esdb', 'kurrentdb'].map(scheme => server.replace(/^(esdb|kurrentdb)/, scheme)) : []),
  ]
  try {
    const all: Measured[] = []
    for (const address of addresses) all.push(await measuredApart(address, full))
    const names = ['postgres', 'esdb', 'kurrentdb'].slice(0, all.length)
    const base = all[0]!
    printTable(
      'Event stores, events a second (and milliseconds a call: median, 99 of 100)',
      ['', ...names],
      Object.keys(base).map(what => [what, ...all.map(measured => cell(measured[what]!, base[what]!))]),
    )
  } finally {
    await place.remove()
  }
}

const cell = ({ eventsPerSecond, p50Ms, p99Ms }: Figures, base: Figures): string => {
  const ratio = eventsPerSecond / base.eventsPerSecond
  return `${count(eventsPerSecond)} (× ${ratio.toFixed(2)})${p50Ms === undefined ? '' : ` · ${ms(p50Ms)}, ${ms(p99Ms!)} ms`}`
}

async function measuredApart(address: string, full: boolean): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url), ['--measure', ...(full ? ['--full'] : [])], {
    env: { ...process.env, BENCH_EVENT_STORE: address },
  })
  const [[measured]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [[Measured], unknown]
  return measured
}

async function measure(address: string, films: number): Promise<Measured> {
  const store = await openEventStore(address)
  try {
    const start = await store.head()
    const figures = {
      'append, 1 caller': await appends(store, 1, 500),
      'append, 32 callers': await appends(store, 32, 8000),
      '`appendMany`, 1,000 streams a call': await appendMany(store, films),
      'replay, all events': await replay(store, start),
      'replay, one type in three': await replay(store, start, ['PlaybackProgressed']),
      'follow, from append to batch': await follow(store, 300),
      '`readMany`, 1,000 streams a call': await readMany(store, start),
    }
    return figures
  } finally {
    await store.close()
  }
}

const progress = (positionMs: number) =>
  PlaybackProgressed({
    playId: '00000000-0000-4000-8000-000000000000',
    positionMs,
    durationMs: 7_200_000,
    cause: 'minute',
    deviceSequence: 1,
    deviceTime: '2026-01-01T00:00:00.000Z',
    clockOffsetMs: 0,
  })

/** Does something many times over, timing each. */
async function timed(times: number, callers: number, work: (call: number, caller: number) => Promise<unknown>): Promise<Figures> {
  const taken: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let call = 0; call < times / callers; call++) {
        const before = performance.now()
        await work(call, caller)
        taken.push(performance.now() - before)
      }
    }),
  )
  return {
    eventsPerSecond: (taken.length * 1000) / (performance.now() - started),
    p50Ms: percentile(taken, 0.5),
    p99Ms: percentile(taken, 0.99),
  }
}

function appends(store: EventStore, callers: number, total: number): Promise<Figures> {
  const streams = Array.from({ length: callers }, () => `playback-${randomUUID()}.${randomUUID()}`)
  return timed(total, callers, (call, caller) =>
    store.append({
      streamId: streams[caller]!,
      expected: call === 0 ? 'no-stream' : call - 1,
      events: [toAppend(progress(call), randomUUID())],
    }),
  )
}

async function appendMany(store: EventStore, films: number): Promise<Figures> {
  const { eventsPerSecond, ...call } = await timed(films / 1000, 1, round =>
    store.appendMany(
      Array.from({ length: 1000 }, (_, index) => ({
        streamId: `item-${randomUUID()}`,
        expected: 'no-stream' as const,
        events: [toAppend(madeUpFilm(round * 1000 + index).event, randomUUID())],
      })),
    ),
  )
  return { eventsPerSecond: eventsPerSecond * 1000, ...call }
}

async function replay(store: EventStore, from: Position, types?: readonly string[]): Promise<Figures> {
  const started = performance.now()
  let events = 0
  for await (const batch of store.readAll({ from, ...(types && { types }) })) events += batch.events.length
  return { eventsPerSecond: (events * 1000) / (performance.now() - started) }
}

async function follow(store: EventStore, events: number): Promise<Figures> {
  const stop = new AbortController()
  const batches = store
    .subscribe({ after: await store.head(), types: ['PlaybackProgressed'], signal: stop.signal })
    [Symbol.asyncIterator]()
  await batches.next()
  const streamId = `playback-${randomUUID()}.${randomUUID()}`
  const figures = await timed(events, 1, async call => {
    await store.append({
      streamId,
      expected: call === 0 ? 'no-stream' : call - 1,
      events: [toAppend(progress(call), randomUUID())],
    })
    for (let seen = 0; seen === 0;) seen = ((await batches.next()).value as { events: readonly unknown[] }).events.length
  })
  stop.abort()
  await batches.return?.()
  return figures
}

async function readMany(store: EventStore, from: Position): Promise<Figures> {
  const streams = new Set<string>()
  for await (const batch of store.readAll({ from, types: ['MediaIngested'] }))
    for (const event of batch.events) streams.add(event.streamId)
  const asked = [...streams].slice(0, 5000)
  const { eventsPerSecond, ...call } = await timed(asked.length / 1000, 1, round =>
    store.readMany(asked.slice(round * 1000, (round + 1) * 1000)),
  )
  return { eventsPerSecond: eventsPerSecond * 1000, ...call }
}

const { BENCH_EVENT_STORE: address } = process.env
if (address && process.argv.includes('--measure')) {
  process.send?.(await measure(address, process.argv.includes('--full') ? 200_000 : 20_000))
  process.disconnect?.()
} else await whenAlone(import.meta, run)
