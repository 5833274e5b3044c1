import { randomUUID } from 'node:crypto'
import type { EventOf } from '@projectionist/shared/events/event'
import type { NewEvent, RecordedEvent } from '../src/platform/eventing/event-store.js'

/** Recorded events for tests: one a minute from a fixed moment, each with the next position. */
export class Recording {
  readonly #revisions = new Map<string, number>()
  #position: number

  constructor(start = 0) {
    this.#position = start
  }

  record(streamId: string, ...events: EventOf[]): RecordedEvent[] {
    return events.map(event => {
      const revision = this.#revisions.get(streamId) ?? 0
      this.#revisions.set(streamId, revision + 1)
      const position = ++this.#position
      const id = randomUUID()
      return {
        ...event,
        id,
        streamId,
        revision,
        position,
        metadata: {
          version: 1,
          commandId: id,
          correlationId: id,
          causationId: id,
          actor: { kind: 'process', name: 'test' },
          reason: 'test',
          time: new Date(Date.UTC(2026, 0, 1) + position * 60_000).toISOString(),
        },
      }
    })
  }
}

/** An event of a test's, ready to be appended: caused by nothing but the test. */
export function newEvent(event: EventOf, version: number, time = '2026-01-01T00:00:00.000Z'): NewEvent {
  const id = randomUUID()
  const metadata = { version, commandId: id, correlationId: id, causationId: id, actor: { kind: 'process', name: 'test' } as const, reason: 'test', time }
  return { ...event, id, metadata }
}
