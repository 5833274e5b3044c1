import type { EventMetadata } from '@projectionist/shared/events/event'
import type { EventCatalog } from '../eventing/event-catalog.js'
import type { RecordedEvent } from '../eventing/event-store.js'

/** An event as it stands in a backup: all but its position, which is the log's own. */
export interface KeptEvent {
  readonly streamId: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly metadata: EventMetadata
}

/** The line of an event. The same event gives the same line, whichever store it comes from. */
export const lineOf = ({ streamId, revision, id, type, data, metadata }: RecordedEvent | KeptEvent): string =>
  JSON.stringify({ streamId, revision, id, type, data, metadata: ordered(metadata) })

export const eventOf = (line: string): KeptEvent => JSON.parse(line) as KeptEvent

/** The stream of an event, read off its line. */
export const streamOf = (line: string): string => line.slice('{"streamId":"'.length, line.indexOf('"', '{"streamId":"'.length))

/** Stores may give the parts of metadata back in another order. */
const ordered = (metadata: EventMetadata): EventMetadata => {
  const { version, commandId, correlationId, causationId, actor, reason, time, ...more } = metadata
  return { version, commandId, correlationId, causationId, actor, reason, time, ...more }
}

/** Throws `UnreadableEvent` for one that this version of the program does not know. */
export const checkKnown = (catalog: EventCatalog, event: KeptEvent): void => void catalog.current({ ...event, position: 0 })
