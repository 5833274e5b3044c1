import { randomUUID } from 'node:crypto'
import type { EventOf } from '@projectionist/shared/events/event'
import type { RecordedEvent } from '../src/platform/eventing/event-store.js'

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
