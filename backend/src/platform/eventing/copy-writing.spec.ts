import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryEventStore } from '../../adapters/event-store/memory/memory-event-store.js'
import { Recording } from '../../../test/events.js'
import { Writing } from './copy-writing.js'
import type { EventStore, RecordedEvent } from './event-store.js'

async function all(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const batch of store.readAll()) events.push(...batch.events)
  return events
}
const told = (events: readonly RecordedEvent[]) => events.map(({ streamId, revision, id }) => `${streamId} ${revision} ${id}`)

describe('events that move into another log', () => {
  it('keep their order, ids and revisions, whatever streams they stand in and however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 200 }), fc.nat(200), async (streams, cut) => {
        const recording = new Recording()
        const events = streams.flatMap(stream => recording.record(`item-${stream}`, { type: 'ScanPaused', data: {} }))
        const store = new MemoryEventStore()
        const writing = new Writing(store, 0)
        await writing.append(events.slice(0, cut))
        await writing.append(events.slice(cut))
        expect(told(await all(store))).toEqual(told(events))
      }),
    )
  })
})
