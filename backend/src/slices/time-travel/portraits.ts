import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { Position, RecordedEvent } from '../../platform/eventing/event-store.js'
import { compare, portray, type Fields, type Portrait } from '../../platform/eventing/portrait.js'
import type { HistoryChange } from '@projectionist/shared/api/history'

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

/** From what to what; of what said nothing on one side, that side is left out. */
export const differences = (before: Fields | null, after: Fields | null): HistoryChange[] => compare(before ?? {}, after ?? {}) as HistoryChange[]

export const categoryOf = (streamId: string): string => streamId.slice(0, streamId.indexOf('-'))
export const subjectOf = (streamId: string): string => streamId.slice(streamId.indexOf('-') + 1)
