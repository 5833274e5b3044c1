import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Append, EventStore, ExpectedRevision, NewEvent, RecordedEvent } from './event-store.js'

const newEvent = (type = 'PlaybackProgressed', data: unknown = { positionMs: 1 }): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: {
    version: 1,
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
    actor: { kind: 'process', name: 'contract' },
    reason: 'contract',
    time: '2026-01-02T03:04:05.678Z',
  },
})
const stream = (): string => `contract-${randomUUID()}`
const append = (streamId: string, expected: ExpectedRevision, count = 1): Append => ({
  streamId,
  expected,
  events: Array.from({ length: count }, () => newEvent()),
})
const ids = (events: readonly { id: string }[]): string[] => events.map(event => event.id)

/**
 * What every event store promises. `open` gives a store on a log that only this suite writes to; `another` one more on the same
 * log, as another node has it; `restart`, where there is one, restarts its server.
 */
export function eventStoreContract(
  name: string,
  open: () => Promise<EventStore>,
  options: { readonly another?: () => Promise<EventStore>; readonly restart?: () => Promise<void> } = {},
): void {
  describe(`event store: ${name}`, () => {
    let store: EventStore
    beforeAll(async () => {
      store = await open()
    }, 60_000)
    afterAll(() => store?.close())

    const written = async (count: number, batches = 1): Promise<Append[]> => {
      const appends = Array.from({ length: batches }, () => append(stream(), 'no-stream', count))
      await store.appendMany(appends)
      return appends
    }
    const everything = async (from = 0, types?: readonly string[]): Promise<RecordedEvent[]> => {
      const events: RecordedEvent[] = []
      for await (const batch of store.readAll({ from, pageSize: 7, ...(types && { types }) })) events.push(...batch.events)
      return events
    }

    it('gives back what was appended, metadata and all', async () => {
      const streamId = stream()
      const data = { text: 'ünï/\u2028 😀 "quoted"', nested: [1, 2.5, null, { deep: true }], nothing: null }
      const event = newEvent('MediaIngested', data)
      const result = await store.append({ streamId, expected: 'no-stream', events: [event] })
      const [read] = await store.read(streamId)
      expect(result).toEqual({ outcome: 'appended', revision: 0, position: read!.position })
      expect(read).toEqual({ ...event, streamId, revision: 0, position: expect.any(Number) as number })
    })

    it('appends only at the revision expected', async () => {
      const streamId = stream()
      expect(await store.append(append(streamId, 0))).toEqual({ outcome: 'conflict', actual: -1 })
      expect(await store.append(append(streamId, 'no-stream', 2))).toMatchObject({ outcome: 'appended', revision: 1 })
      expect(await store.append(append(streamId, 'no-stream'))).toEqual({ outcome: 'conflict', actual: 1 })
      expect(await store.append(append(streamId, 0))).toEqual({ outcome: 'conflict', actual: 1 })
      expect(await store.append(append(streamId, 7))).toEqual({ outcome: 'conflict', actual: 1 })
      expect(await store.append(append(streamId, 1))).toMatchObject({ outcome: 'appended', revision: 2 })
      expect(await store.read(streamId)).toHaveLength(3)
    })

    it('takes a repeated append for the one it is, even after later events', async () => {
      const streamId = stream()
      const first = append(streamId, 'no-stream', 2)
      const once = await store.append(first)
      expect(await store.append(first)).toEqual(once)
      const second = append(streamId, 1, 2)
      await store.append(second)
      expect(await store.append(first)).toEqual(once)
      expect(await store.append({ ...second, events: [second.events[0]!, newEvent()] })).toMatchObject({ outcome: 'conflict' })
      expect(ids(await store.read(streamId))).toEqual(ids([...first.events, ...second.events]))
    })

    it('takes repeated appends to many streams for what they are', async () => {
      const appends = [append(stream(), 'no-stream', 2), append(stream(), 'no-stream'), append(stream(), 'no-stream', 3)]
      const once = await store.appendMany(appends.slice(0, 2))
      const again = await store.appendMany(appends)
      expect(again.slice(0, 2)).toEqual(once)
      expect(again[2]).toMatchObject({ outcome: 'appended', revision: 2 })
      expect((await store.readMany(appends.map(each => each.streamId))).map(ids)).toEqual(appends.map(each => ids(each.events)))
    })

    it('appends a long batch whole and in order, or not at all', async () => {
      const batch = append(stream(), 'no-stream', 500)
      const result = await store.append(batch)
      const events = await store.read(batch.streamId)
      expect(ids(events)).toEqual(ids(batch.events))
      expect(events.map(event => event.revision)).toEqual([...events.keys()])
      expect(result).toEqual({ outcome: 'appended', revision: 499, position: events.at(-1)!.position })
      expect(await store.append(append(batch.streamId, 498, 500))).toEqual({ outcome: 'conflict', actual: 499 })
      expect(await store.read(batch.streamId, { from: 500 })).toEqual([])
    })

    it('lets one of many rivals win', async () => {
      const streamId = stream()
      const results = await Promise.all(Array.from({ length: 20 }, () => store.append(append(streamId, 'no-stream', 2))))
      expect(results.filter(result => result.outcome === 'appended')).toHaveLength(1)
      expect(results.filter(result => result.outcome === 'conflict')).toHaveLength(19)
      expect(await store.read(streamId)).toHaveLength(2)
    })

    it('appends to many streams, each for itself', async () => {
      const taken = stream()
      await store.append(append(taken, 'no-stream'))
      const appends = [append(stream(), 'no-stream', 3), append(taken, 'no-stream'), append(stream(), 'no-stream')]
      const results = await store.appendMany(appends)
      expect(results.map(result => result.outcome)).toEqual(['appended', 'conflict', 'appended'])
      const streams = await store.readMany([...appends.map(each => each.streamId), stream()])
      expect(streams.map(events => events.length)).toEqual([3, 1, 1, 0])
      expect(ids(streams[0]!)).toEqual(ids(appends[0]!.events))
    })

    it('keeps the order of several appends to one stream in one call', async () => {
      const streamId = stream()
      const results = await store.appendMany([append(streamId, 'no-stream'), append(streamId, 0), append(streamId, 1)])
      expect(results).toMatchObject([{ revision: 0 }, { revision: 1 }, { revision: 2 }])
    })

    it('reads a stream forward, backward, from a revision, and no more than asked for', async () => {
      const [{ streamId, events }] = (await written(5)) as [Append]
      const read = async (options: Parameters<EventStore['read']>[1]) =>
        (await store.read(streamId, options)).map(event => event.revision)
      expect(ids(await store.read(streamId))).toEqual(ids(events))
      expect(await read({ direction: 'backward' })).toEqual([4, 3, 2, 1, 0])
      expect(await read({ from: 2 })).toEqual([2, 3, 4])
      expect(await read({ from: 2, direction: 'backward' })).toEqual([2, 1, 0])
      expect(await read({ from: 1, limit: 2 })).toEqual([1, 2])
      expect(await read({ direction: 'backward', limit: 1 })).toEqual([4])
      expect(await read({ from: 9 })).toEqual([])
      expect(await store.read(stream())).toEqual([])
    })

    it('reads stretches of many streams at once', async () => {
      const [[long], [short]] = (await Promise.all([written(5), written(2)])) as [[Append], [Append]]
      const ranges = [
        { streamId: long.streamId, from: 1, to: 3 },
        { streamId: short.streamId, from: 0, to: 9 },
        { streamId: stream(), from: 0, to: 9 },
        { streamId: long.streamId, from: 4, to: 4 },
        { streamId: short.streamId, from: 2, to: 5 },
      ]
      const found = await store.readRanges(ranges)
      expect(found.map(ids)).toEqual([ids(long.events.slice(1, 4)), ids(short.events), [], ids(long.events.slice(4)), []])
      expect(found[0]!.map(event => event.revision)).toEqual([1, 2, 3])
    })

    it('reads the whole log in one order, in pages, from any position, both ways', async () => {
      const before = await store.head()
      const appends = await written(3, 12)
      const events = await everything(before)
      expect(ids(events).sort()).toEqual(ids(appends.flatMap(each => each.events)).sort())
      const positions = events.map(event => event.position)
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
      expect(await store.head()).toBe(positions.at(-1))

      const middle = events[17]!
      expect(ids(await everything(middle.position))).toEqual(ids(events.slice(18)))
      const back: RecordedEvent[] = []
      for await (const batch of store.readAll({ from: middle.position, direction: 'backward', pageSize: 5 })) {
        back.push(...batch.events)
        if (back.length >= 17) break
      }
      expect(ids(back.slice(0, 17))).toEqual(ids(events.slice(0, 17).reverse()))
      const until: RecordedEvent[] = []
      for await (const batch of store.readAll({ from: before, to: middle.position, pageSize: 4 })) until.push(...batch.events)
      expect(ids(until)).toEqual(ids(events.slice(0, 18)))
    })

    it('reads only the types asked for and still says how far it looked', async () => {
      const before = await store.head()
      const streamId = stream()
      const rare = newEvent('ScanCompleted')
      const events = [...Array.from({ length: 20 }, () => newEvent()), rare, ...Array.from({ length: 20 }, () => newEvent())]
      await store.append({ streamId, expected: 'no-stream', events })
      let position = before
      const found: RecordedEvent[] = []
      for await (const batch of store.readAll({ from: before, types: ['ScanCompleted'], pageSize: 6 })) {
        found.push(...batch.events)
        position = batch.position
      }
      expect(ids(found)).toEqual([rare.id])
      expect(position).toBe(await store.head())
    })

    it('follows the log: what is there, that it has caught up, and what comes', async () => {
      const before = await store.head()
      const [old] = (await written(5)) as [Append]
      const stop = new AbortController()
      const seen: string[] = []
      let later: Append | undefined
      for await (const batch of store.subscribe({ after: before, pageSize: 2, signal: stop.signal })) {
        seen.push(...ids(batch.events))
        if (batch.caughtUp && !later) {
          later = append(old.streamId, 4, 3)
          await store.append(later)
        }
        if (later && seen.length >= 8) stop.abort()
      }
      expect(seen).toEqual(ids([...old.events, ...later!.events]))
    })

    it('says at once that a follower at the end has caught up, and then shows only what is new', async () => {
      const [old] = (await written(3)) as [Append]
      const stop = new AbortController()
      const batches: { ids: string[]; caughtUp: boolean }[] = []
      const rare = newEvent('ScanCompleted')
      for await (const batch of store.subscribe({ after: await store.head(), types: ['ScanCompleted'], signal: stop.signal })) {
        if (batches.length === 0) {
          await store.append(append(old.streamId, 2))
          await store.append({ streamId: old.streamId, expected: 3, events: [rare] })
        }
        if (batches.length === 0 || batch.events.length > 0) batches.push({ ids: ids(batch.events), caughtUp: batch.caughtUp })
        if (batch.events.length > 0) stop.abort()
      }
      expect(batches).toEqual([{ ids: [], caughtUp: true }, { ids: [rare.id], caughtUp: true }])
    })

    it('resumes a subscription after any position, missing and doubling nothing', async () => {
      const before = await store.head()
      const appends = await written(4, 5)
      const seen: string[] = []
      let after = before
      while (seen.length < 20) {
        const stop = new AbortController()
        for await (const batch of store.subscribe({ after, pageSize: 3, signal: stop.signal })) {
          seen.push(...ids(batch.events))
          after = batch.position
          if (batch.events.length > 0) break
        }
        stop.abort()
      }
      expect(seen).toHaveLength(20)
      expect(new Set(seen)).toEqual(new Set(ids(appends.flatMap(each => each.events))))
    })

    it('lets a slow follower take its time while others write', async () => {
      const before = await store.head()
      const stop = new AbortController()
      const seen: string[] = []
      const all: string[] = []
      for await (const batch of store.subscribe({ after: before, pageSize: 10, signal: stop.signal })) {
        seen.push(...ids(batch.events))
        if (all.length < 200) for (const each of await written(10, 4)) all.push(...ids(each.events))
        else if (seen.length >= all.length) stop.abort()
      }
      expect(seen.toSorted()).toEqual(all.toSorted())
    })

    it('never shows a position after a later one was seen, with many writers', async () => {
      const before = await store.head()
      const stop = new AbortController()
      const writers = Promise.all(Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 10; round++) await store.appendMany([append(stream(), 'no-stream', 2), append(stream(), 'no-stream')])
      }))
      const seen: number[] = []
      for await (const batch of store.subscribe({ after: before, pageSize: 9, signal: stop.signal })) {
        seen.push(...batch.events.map(event => event.position))
        if (seen.length === 240) stop.abort()
      }
      await writers
      expect(seen).toEqual((await everything(before)).map(event => event.position))
    })

    it('deletes a stream for good', async () => {
      const before = await store.head()
      const [gone, stays] = (await written(3, 2)) as [Append, Append]
      await store.delete(gone.streamId)
      await store.delete(gone.streamId)
      expect(await store.read(gone.streamId)).toEqual([])
      expect(await store.append(append(gone.streamId, 'no-stream'))).toEqual({ outcome: 'deleted' })
      expect(await store.append(append(gone.streamId, 2))).toEqual({ outcome: 'deleted' })
      expect(ids(await everything(before))).toEqual(ids(stays.events))
      const next = await store.append(append(stays.streamId, 2))
      expect(next).toMatchObject({ outcome: 'appended' })
      expect((await store.deletedStreams()).filter(streamId => [gone.streamId, stays.streamId].includes(streamId))).toEqual([gone.streamId])
    })

    it('ends at the last event that is left', async () => {
      const [stays] = (await written(2)) as [Append]
      const end = await store.head()
      const gone = await written(3, 4)
      for (const { streamId } of gone) await store.delete(streamId)
      expect(await store.head()).toBe(end)
      const back: RecordedEvent[] = []
      for await (const batch of store.readAll({ direction: 'backward', pageSize: 2 })) {
        back.push(...batch.events)
        if (back.length >= 2) break
      }
      expect(ids(back.slice(0, 2))).toEqual(ids(stays.events.toReversed()))
      await store.delete(stream())
      expect(await store.head()).toBe(end)
    })

    it('knows itself by one name', async () => {
      const identity = await store.identity()
      expect(identity).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(await store.identity()).toBe(identity)
    })

    it('refuses an append without events', async () => {
      await expect(async () => store.append({ streamId: stream(), expected: 'no-stream', events: [] })).rejects.toThrow(RangeError)
    })

    const { another, restart } = options
    if (another)
      it('is one log to every node, deletions among it', async () => {
        const before = await store.head()
        const [gone, stays] = (await written(2, 2)) as [Append, Append]
        const other = await another()
        try {
          expect(await other.identity()).toBe(await store.identity())
          const stop = new AbortController()
          const seen: string[] = []
          const deleted = append(stream(), 'no-stream')
          for await (const batch of other.subscribe({ after: before, signal: stop.signal })) {
            seen.push(...ids(batch.events))
            if (seen.length === 4 && batch.caughtUp) await store.append(deleted)
            if (seen.length === 5) stop.abort()
          }
          expect(seen.toSorted()).toEqual([...ids(gone.events), ...ids(stays.events), ...ids(deleted.events)].toSorted())
          await store.delete(gone.streamId)
          await other.delete(deleted.streamId)
          for (const node of [store, other]) {
            const left: string[] = []
            for await (const batch of node.readAll({ from: before })) left.push(...ids(batch.events))
            expect(left).toEqual(ids(stays.events))
            expect(await node.append(append(gone.streamId, 1))).toEqual({ outcome: 'deleted' })
            expect(await node.read(deleted.streamId)).toEqual([])
          }
        } finally {
          await other.close()
        }
      })

    if (restart)
      it('goes on after its server was restarted: subscriptions, reads and retried appends', async () => {
        const before = await store.head()
        const stop = new AbortController()
        const seen: string[] = []
        const following = (async () => {
          for await (const batch of store.subscribe({ after: before, signal: stop.signal })) {
            seen.push(...ids(batch.events))
            if (seen.length === 4) return
          }
        })()
        const first = append(stream(), 'no-stream', 2)
        await store.append(first)
        await restart()
        const second = append(first.streamId, 1, 2)
        for (let done = false; !done; ) done = await store.append(second).then(() => true, () => false)
        await following
        stop.abort()
        expect(seen).toEqual(ids([...first.events, ...second.events]))
      }, 60_000)
  })
}
