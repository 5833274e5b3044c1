import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { Position, RecordedEvent } from '../../platform/eventing/event-store.js'
import { compare, portray, type Fields, type Portrait } from '../../platform/eventing/portrait.js'
import type { FieldChange } from '@projectionist/shared/api/time-travel'

/** What subjects of streams look like after some of their events. */
export class Portraits {
  readonly #portraits: ReadonlyMap<string, Portrait>

  constructor(
    portraits: readonly Portrait[],
    private readonly catalog: EventCatalog,
  ) {
    this.#portraits = new Map(portraits.map(portrait => [portrait.category, portrait]))
  }

  /** After all events up to a position. Null when there is no subject yet, or none any more. */
  asOf(events: readonly RecordedEvent[], position: Position): Fields | null {
    const until = events.filter(event => event.position <= position)
    const portrait = until[0] && this.#portraits.get(categoryOf(until[0].streamId))
    if (!portrait) return null
    const fields = portray(portrait, this.catalog, until)
    return Object.keys(fields).length > 0 ? fields : null
  }
}

export function differences(before: Fields | null, after: Fields | null): FieldChange[] {
  return compare(before ?? {}, after ?? {}).map(({ field, from, to }) => ({ field, from: from ?? null, to: to ?? null }))
}

export const categoryOf = (streamId: string): string => streamId.slice(0, streamId.indexOf('-'))
export const subjectOf = (streamId: string): string => streamId.slice(streamId.indexOf('-') + 1)
