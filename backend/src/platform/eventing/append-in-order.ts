import type { Append, EventStore, RecordedEvent } from './event-store.js'

/** An event on its way from one log into another: everything but its position, which is each log's own. */
export type MovedEvent = Omit<RecordedEvent, 'position'>

/** The log would not take an event at its revision: something else stands there, or the stream was deleted. */
export class NotAppended extends Error {
  override readonly name = 'NotAppended'
}

const MOST_EVENTS = 1000

/**
 * Appends events of any streams, so that they stand in the log in the order given, with the ids and revisions they had. Asked again with
 * the very same events it changes nothing. Throws `NotAppended`.
 */
export async function appendInOrder(store: EventStore, events: readonly MovedEvent[]): Promise<void> {
  let batch = new Map<string, Append & { readonly events: MovedEvent[] }>()
  let count = 0
  let last: string | undefined
  const flush = async (): Promise<void> => {
    const appends = [...batch.values()]
    batch = new Map()
    count = 0
    last = undefined
    if (appends.length === 0) return
    const results = store.ordersMany ? await store.appendMany(appends) : await oneByOne(store, appends)
    results.forEach(({ outcome }, index) => {
      const { streamId, expected } = appends[index]!
      if (outcome !== 'appended') throw new NotAppended(`${streamId} after ${expected}: ${outcome}`)
    })
  }
  for (const event of events) {
    const { streamId, revision } = event
    // A stream that comes again after others would pull its events before theirs.
    if (count >= MOST_EVENTS || (last !== streamId && batch.has(streamId))) await flush()
    const open = batch.get(streamId)
    if (open) open.events.push(event)
    else batch.set(streamId, { streamId, expected: revision === 0 ? 'no-stream' : revision - 1, events: [event] })
    last = streamId
    count++
  }
  await flush()
}

async function oneByOne(store: EventStore, appends: readonly Append[]) {
  const results = []
  for (const append of appends) results.push(await store.append(append))
  return results
}
