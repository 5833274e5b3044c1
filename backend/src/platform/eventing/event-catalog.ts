import type { EventOf, EventType } from '@projectionist/shared/events/event'
import type { RecordedEvent } from './event-store.js'

/** A recorded event that this program cannot read: of an unknown type, or of a later version than it knows. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent'
}

/** The kinds of events there are: checks what is written, brings what is read to the shape of today. */
export class EventCatalog {
  constructor(private readonly types: ReadonlyMap<string, EventType>) {}

  /** The type of an event about to be written. Throws `TypeError` when the data does not fit it: a bug, not bad input. */
  check(event: EventOf): EventType {
    const type = this.types.get(event.type)
    if (!type) throw new TypeError(`No event is called ${event.type}`)
    const result = type.schema.safeParse(event.data)
    if (!result.success) throw new TypeError(`${event.type} does not fit its schema: ${result.error.message}`)
    return type
  }

  /** The event with its data brought up to the version of today. Throws `UnreadableEvent`. */
  current(event: RecordedEvent): RecordedEvent {
    const type = this.types.get(event.type)
    if (!type) throw new UnreadableEvent(`No event is called ${event.type}`)
    const { version } = event.metadata
    if (version === type.version) return event
    if (version > type.version) throw new UnreadableEvent(`${event.type} has version ${version}; this program knows ${type.version}`)
    let data = event.data
    for (let v = version; v < type.version; v++) {
      const upcast = type.upcasters[v]
      if (!upcast) throw new UnreadableEvent(`${event.type} has no upcaster from version ${v}`)
      data = upcast(data as never)
    }
    return { ...event, data, metadata: { ...event.metadata, version: type.version } }
  }
}
