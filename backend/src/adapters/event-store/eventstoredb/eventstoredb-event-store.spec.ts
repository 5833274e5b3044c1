import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventStoreContract } from '../../../platform/eventing/event-store.contract.js'
import { StoreUnavailable, type NewEvent } from '../../../platform/eventing/event-store.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'
import { FakeServer } from './fake-server.fixture.js'
import { DELETIONS_STREAM } from './own-streams.js'

// The real server is what counts; this is so that nobody breaks the adapter where there is none.
for (const filtersReads of [true, false]) {
  const server = new FakeServer()
  const open = () => EventStoreDbEventStore.open(server.driver(filtersReads))
  eventStoreContract(`eventstoredb, imitated, ${filtersReads ? 'with' : 'without'} a filter for reads`, open, {
    another: open,
    restart: () => server.restart(),
  })
}

const event = (): NewEvent => ({
  id: randomUUID(),
  type: 'ScanCompleted',
  data: {},
  metadata: {
    version: 1,
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
    actor: { kind: 'process', name: 'spec' },
    reason: 'spec',
    time: '2026-01-02T03:04:05.678Z',
  },
})

describe('EventStoreDB', () => {
  it('counts as unavailable when it falls silent, and serves again when it is back', async () => {
    const server = new FakeServer()
    const store = await EventStoreDbEventStore.open(server.driver(true), 20)
    const append = { streamId: 'scan-1', expected: 'no-stream', events: [event()] } as const
    server.silent = true
    await expect(store.append(append)).rejects.toThrow(new StoreUnavailable('EventStoreDB did not answer within 0.02 s'))
    await expect(store.read('scan-1')).rejects.toThrow(StoreUnavailable)
    await expect(store.head()).rejects.toThrow(StoreUnavailable)
    server.silent = false
    expect(await store.append(append)).toMatchObject({ outcome: 'appended', revision: 0 })
    await store.close()
  })

  it('does at the next opening what was begun of a deletion', async () => {
    const server = new FakeServer()
    const client = server.driver(true).connect()
    const store = await EventStoreDbEventStore.open(server.driver(true))
    await store.append({ streamId: 'user-1', expected: 'no-stream', events: [event()] })
    const began = {
      contentType: 'application/json',
      id: randomUUID(),
      type: 'StreamDeletionBegan',
      data: { streamId: 'user-1' },
      metadata: {},
    } as const
    await client.appendToStream(DELETIONS_STREAM, [began], { expectedRevision: 'any', streamState: 'any', requiresLeader: true })
    expect(await store.read('user-1')).toHaveLength(1)
    const next = await EventStoreDbEventStore.open(server.driver(true))
    expect(await store.read('user-1')).toEqual([])
    expect(await next.append({ streamId: 'user-1', expected: 0, events: [event()] })).toEqual({ outcome: 'deleted' })
    expect(await next.head()).toBe(0)
    await store.close()
    await next.close()
  })

  it('passes over what others have written, and keeps its own names to itself', async () => {
    const server = new FakeServer()
    const client = server.driver(false).connect()
    const store = await EventStoreDbEventStore.open(server.driver(false))
    const foreign = {
      contentType: 'application/json',
      id: randomUUID(),
      type: 'OrderPlaced',
      data: {},
      metadata: { by: 'a shop' },
    } as const
    await client.appendToStream('order-1', [foreign], { expectedRevision: 'any', streamState: 'any', requiresLeader: true })
    await store.identity()
    expect(await store.head()).toBe(0)
    expect(await store.read('order-1')).toEqual([])
    await expect(store.append({ streamId: DELETIONS_STREAM, expected: 'no-stream', events: [event()] })).rejects.toThrow(
      RangeError,
    )
    await store.close()
  })
})
