import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryEventStore } from '../../adapters/event-store/memory/memory-event-store.js'
import { Recording } from '../../../test/events.js'
import { appendInOrder } from './append-in-order.js'
import type { EventStore, RecordedEvent } from './event-store.js'

async function all(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const batch of store.readAll()) events.push(...batch.events)
  return events
}
const told = (events: readonly RecordedEvent[]) => events.map(({ streamId, revision, id }) => `${streamId} ${revision} ${id}`)

describe('events that move into another log', () => {
  it('keep their order, ids and revisions, whatever streams they stand in and however the store appends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 }), fc.boolean(), fc.nat(60), async (streams, ordersMany, again) => {
        const recording = new Recording()
        const events = streams.flatMap(stream => recording.record(`item-${stream}`, { type: 'ScanPaused', data: {} }))
        const store = new MemoryEventStore()
        const target: EventStore = ordersMany ? store : new Proxy(store, { get: (of, name) => {
          if (name === 'ordersMany') return false
          const value = Reflect.get(of, name) as unknown
          return typeof value === 'function' ? value.bind(of) : value
        } })
        await appendInOrder(target, events.slice(0, again))
        await appendInOrder(target, events.slice(again))
        await appendInOrder(target, events.slice(again))
        expect(told(await all(store))).toEqual(told(events))
      }),
    )
  })

  it('are refused where something else stands', async () => {
    const store = new MemoryEventStore()
    await appendInOrder(store, new Recording().record('item-1', { type: 'ScanPaused', data: {} }))
    await expect(appendInOrder(store, new Recording().record('item-1', { type: 'ScanPaused', data: {} }))).rejects.toThrow('item-1 after no-stream: conflict')
  })
})
