import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { CatalogIndexFeed, type CatalogRows, type RowsState } from './catalog-index.feed.js'
import type { IndexedRow } from './indexed-row.js'
import { madeUpId, madeUpRow } from './made-up-rows.fixture.js'
import { everything } from './visibility.js'

/** A read model in memory. `onBatch` runs before each batch of a load, `onRead` before changes are read. */
class Rows implements CatalogRows {
  readonly rows = new Map<string, IndexedRow>()
  position = 0
  generation = 'a'
  reads = 0
  onBatch: (batch: number) => Promise<void> | void = () => {}
  onRead: () => void = () => {}

  change(number: number, change: Partial<IndexedRow> = {}): number {
    const row = { ...madeUpRow(number), ...change, changedPosition: ++this.position }
    this.rows.set(row.id, row)
    return this.position
  }

  async state(): Promise<RowsState> {
    return { generation: this.generation, position: this.position }
  }

  async *loadAll(): AsyncGenerator<readonly IndexedRow[]> {
    const ids = [...this.rows.keys()].toSorted()
    for (let from = 0; from === 0 || from < ids.length; from += 3) {
      await this.onBatch(from / 3)
      yield ids.slice(from, from + 3).map(id => this.rows.get(id)!)
    }
  }

  async changedSince(position: number): Promise<readonly IndexedRow[]> {
    this.reads++
    this.onRead()
    return [...this.rows.values()].filter(row => row.changedPosition > position)
  }
}

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map(stop => stop())))

function follow(rows: Rows): { feed: CatalogIndexFeed; errors: unknown[]; stop: () => Promise<void> } {
  const errors: unknown[] = []
  const feed = new CatalogIndexFeed(rows, { onError: error => errors.push(error), retryMs: 0, gatherMs: 0 })
  const stopping = new AbortController()
  const running = feed.run(stopping.signal)
  const stop = (): Promise<void> => {
    stopping.abort()
    return running
  }
  stops.push(stop)
  return { feed, errors, stop }
}

const titles = (feed: CatalogIndexFeed): string[] =>
  feed.index!.page({ sort: 'title', order: 'asc' }, everything, 500).ids.toSorted()
const patience = 60_000

it('loads all rows, then takes in changes, each as soon as it is told of it', async () => {
  const rows = new Rows()
  for (let number = 0; number < 10; number++) rows.change(number)
  const { feed } = follow(rows)
  expect(feed.index).toBeUndefined()
  expect(await feed.waitFor(10, patience)).toBe(true)
  expect(feed.index!.size).toBe(10)
  const removed = rows.change(3, { removed: true })
  feed.changed()
  expect(await feed.waitFor(removed, patience)).toBe(true)
  expect(titles(feed)).not.toContain(madeUpId(3))
})

it('moves on with events that change no row', async () => {
  const rows = new Rows()
  const { feed } = follow(rows)
  await feed.waitFor(0, patience)
  rows.position = 7
  feed.changed()
  expect(await feed.waitFor(7, patience)).toBe(true)
})

it('does not wait longer than it is told to', async () => {
  const { feed } = follow(new Rows())
  expect(await feed.waitFor(0, patience)).toBe(true)
  expect(await feed.waitFor(1, 0)).toBe(false)
})

it('misses nothing that changes while it loads', async () => {
  const rows = new Rows()
  for (let number = 0; number < 9; number++) rows.change(number)
  let last = 0
  rows.onBatch = batch => {
    if (batch === 1) for (let number = 0; number < 9; number++) last = rows.change(number, { title: 'Meanwhile' })
    if (batch === 2) last = rows.change(8, { removed: true })
  }
  const { feed } = follow(rows)
  await feed.waitFor(9, patience)
  await feed.waitFor(last, patience)
  expect(feed.index!.count({ q: 'meanwhile' }, everything)).toBe(8)
})

it('serves the old index while it loads a rebuilt read model, then the new one', async () => {
  const rows = new Rows()
  rows.change(1)
  const { feed } = follow(rows)
  await feed.waitFor(1, patience)
  const old = feed.index!
  const loading = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  rows.onBatch = () => {
    loading.resolve()
    return gate.promise
  }
  rows.generation = 'b'
  rows.rows.clear()
  const position = rows.change(2)
  feed.changed()
  await loading.promise
  expect(feed.index).toBe(old)
  expect(titles(feed)).toEqual([madeUpId(1)])
  gate.resolve()
  expect(await feed.waitFor(position, patience)).toBe(true)
  expect(titles(feed)).toEqual([madeUpId(2)])
})

it('keeps what it has when the read model is out of reach, says so, and tries again', async () => {
  const rows = new Rows()
  rows.change(1)
  const { feed, errors } = follow(rows)
  await feed.waitFor(1, patience)
  const gone = new Error('connection refused')
  let failures = 3
  rows.onRead = () => {
    expect(titles(feed)).toEqual([madeUpId(1)])
    if (failures-- > 0) throw gone
  }
  const position = rows.change(2)
  feed.changed()
  expect(await feed.waitFor(position, patience)).toBe(true)
  expect(errors).toEqual([gone, gone, gone])
  expect(titles(feed)).toEqual([madeUpId(1), madeUpId(2)].toSorted())
})

it('reads once for all it is told while it reads', async () => {
  const rows = new Rows()
  const { feed } = follow(rows)
  await feed.waitFor(0, patience)
  rows.onRead = () => {
    rows.onRead = () => {}
    for (let number = 10; number < 20; number++) {
      rows.change(number)
      feed.changed()
    }
  }
  rows.change(1)
  feed.changed()
  expect(await feed.waitFor(11, patience)).toBe(true)
  expect(rows.reads).toBe(2)
  expect(feed.index!.size).toBe(11)
})

it('lets others run while it takes in much', async () => {
  const rows = new Rows()
  const { feed } = follow(rows)
  await feed.waitFor(0, patience)
  let position = 0
  for (let number = 0; number < 4000; number++) position = rows.change(number)
  let turns = 0
  const turn = (): void => {
    turns++
    if (feed.position < position) setImmediate(turn)
  }
  rows.onRead = () => void setImmediate(turn)
  feed.changed()
  expect(await feed.waitFor(position, patience)).toBe(true)
  expect(turns).toBeGreaterThan(3)
})

it('stops in the middle of a load, and answers those who wait', async () => {
  const rows = new Rows()
  const loading = Promise.withResolvers<void>()
  rows.onBatch = () => loading.resolve()
  for (let number = 0; number < 10; number++) rows.change(number)
  const { feed, stop } = follow(rows)
  const waiting = feed.waitFor(100, patience)
  await loading.promise
  await stop()
  expect(await waiting).toBe(false)
  expect(feed.index).toBeUndefined()
})

it('ends up with the rows, whatever happened in whatever order', async () => {
  const step = fc.record({
    number: fc.nat(15),
    removed: fc.boolean(),
    told: fc.boolean(),
    rebuilt: fc.constantFrom(true, ...Array<boolean>(9).fill(false)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.scheduler(), async (steps, scheduler) => {
      const rows = new Rows()
      rows.onBatch = () => scheduler.schedule(Promise.resolve())
      const { feed, stop } = follow(rows)
      for (const { number, removed, told, rebuilt } of steps) {
        rows.change(number, { removed })
        if (rebuilt) rows.generation += '+'
        if (told) feed.changed()
        if (told) await scheduler.waitIdle()
      }
      feed.changed()
      const done = scheduler.waitFor(feed.waitFor(rows.position, patience))
      expect(await done).toBe(true)
      expect(titles(feed)).toEqual(
        [...rows.rows.values()]
          .filter(row => !row.removed)
          .map(row => row.id)
          .toSorted(),
      )
      await stop()
    }),
    { numRuns: Number(process.env['ROUNDS'] ?? 40) },
  )
})
