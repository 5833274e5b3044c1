import type { EventCatalog } from '../event-catalog.js'
import type { Position, RecordedEvent } from '../event-store.js'

/** Events as they are today, each brought up to date once, however many projections want it. */
export class CurrentEvents {
  readonly #current: (RecordedEvent | undefined)[] = []
  constructor(
    private readonly recorded: readonly RecordedEvent[],
    private readonly catalog: EventCatalog,
  ) {}

  /** Those of some types after a position and up to another. Throws `UnreadableEvent` only for what was asked for. */
  between(after: Position, to: Position, types: ReadonlySet<string>): RecordedEvent[] {
    const events: RecordedEvent[] = []
    this.recorded.forEach((event, index) => {
      if (event.position > after && event.position <= to && types.has(event.type))
        events.push((this.#current[index] ??= this.catalog.current(event)))
    })
    return events
  }
}
