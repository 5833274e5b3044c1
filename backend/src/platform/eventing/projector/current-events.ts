import type { EventCatalog } from '../event-catalog.js'
import type { Position, RecordedEvent } from '../event-store.js'

/** Events as they are today, each brought up to date once, however many projections want it. */
export class CurrentEvents {
  readonly #current: (RecordedEvent | undefined)[] = []
  constructor(
    private readonly recorded: readonly RecordedEvent[],
    private readonly catalog: EventCatalog,
  ) {}

  /** Those of some types that come after a position. Throws `UnreadableEvent` only for what was asked for. */
  after(position: Position, types: ReadonlySet<string>): RecordedEvent[] {
    const events: RecordedEvent[] = []
    this.recorded.forEach((event, index) => {
      if (event.position > position && types.has(event.type)) events.push((this.#current[index] ??= this.catalog.current(event)))
    })
    return events
  }
}
