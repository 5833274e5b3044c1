import { setTimeout as delay } from 'node:timers/promises'
import {
  StoreUnavailable,
  type Append,
  type AppendResult,
  type EventStore,
  type Position,
  type RecordedEvent,
} from './event-store.js'

/** An event on its way from one log into another: everything but its position, which is each log's own. */
export type MovedEvent = Omit<RecordedEvent, 'position'>

/** The target cannot become a copy of the source; the message says why. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused'
}

/** Servers take only so many bytes in one append. */
const MOST_IN_APPEND = 50
const MOST_TRIES = 8

/** Writes a log's events to the end of another, in their order. */
export class Writing {
  /** Whether the connection is known to stand; appends sent over one that is being made may overtake each other. */
  #steady = false

  constructor(
    private readonly target: EventStore,
    private last: Position,
  ) {}

  /** Appends them all, trying again while the store is away. Throws `CopyRefused` when it takes them elsewhere or in another order. */
  async append(events: readonly MovedEvent[]): Promise<void> {
    for (const appends of inOrder(events)) {
      const results = await this.#tried(appends)
      results.forEach((result, index) => {
        const { streamId } = appends[index]!
        if (result.outcome === 'deleted')
          throw new CopyRefused(`The target has deleted the stream ${streamId}, which the source still has.`)
        if (result.outcome === 'conflict')
          throw new CopyRefused(
            `Somebody else writes to the target: ${streamId} is at ${result.actual}. Stop what uses it and run this again.`,
          )
        if (result.position <= this.last)
          throw new CopyRefused('The target has taken events in another order than they were given. Empty it and start over.')
        this.last = result.position
      })
    }
  }

  async #tried(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    for (let tries = 1; ; tries++) {
      try {
        const first = this.#steady ? [] : await this.target.appendMany(appends.slice(0, 1))
        this.#steady = true
        return [...first, ...(await this.target.appendMany(appends.slice(first.length)))]
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || tries === MOST_TRIES) throw error
        this.#steady = false
        await delay(250 * tries)
      }
    }
  }
}

/** Appends that together keep the order of the log: each stream once, its events only where they stand side by side. */
function* inOrder(events: readonly MovedEvent[]): Generator<readonly Append[]> {
  let appends = new Map<string, { streamId: string; expected: Append['expected']; events: MovedEvent[] }>()
  let before: string | undefined
  for (const event of events) {
    const { streamId, revision } = event
    const full = appends.get(streamId)?.events.length === MOST_IN_APPEND
    if (full || (appends.has(streamId) && before !== streamId)) {
      yield [...appends.values()]
      appends = new Map()
    }
    const open = appends.get(streamId)
    if (open) open.events.push(event)
    else appends.set(streamId, { streamId, expected: revision === 0 ? 'no-stream' : revision - 1, events: [event] })
    before = streamId
  }
  if (appends.size > 0) yield [...appends.values()]
}
