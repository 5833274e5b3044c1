import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnavailable, type Batch, type Position, type RecordedEvent } from '../../../platform/eventing/event-store.js'
import { Bell } from '../../../platform/eventing/wakeup.js'
import type { Client, ResolvedEvent } from './client.js'
import type { Connection } from './connection.js'
import type { Deletions } from './deletions.js'
import { inPort } from './failures.js'
import { at, positionOf, recorded } from './recorded.js'

/** So many of the last events are kept; who is further behind reads from the server. */
const KEPT = 5000

/**
 * The end of the log, followed by one subscription for all followers of this process, so that an event crosses the network once,
 * however many projections want it. Nobody holds it back: a slow follower falls out of what is kept and reads for itself.
 * A lost subscription is taken up again from where it was.
 */
export class Tail {
  /** Rings when there are new events, and when the connection was lost or is back: then it pays to look. */
  readonly moved = new Bell()
  /** In order, all that came after `#from`. */
  #events: RecordedEvent[] = []
  #from: Position = Infinity
  /** Where to go on after a loss; at first the end, wherever that is. */
  #resume: Position = Number.MAX_SAFE_INTEGER
  #alive = false
  #lost = false
  readonly #stop = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(
    private readonly connection: Connection,
    private readonly deletions: Deletions,
  ) {}

  /** Follows the log from its end as it is now; throws what keeps it from that. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#running = this.#run(this.#stop.signal, resolve, reject)
    })
  }

  /**
   * Tells where things stood at some time after the start. `end`: the log's last event; `last`: the last one that readers see.
   * Throws `StoreUnavailable` when the subscription was lost already, as nobody knows from where it went on.
   */
  reaches(end: Position, last: Position): void {
    if (this.#lost) throw new StoreUnavailable('The connection to EventStoreDB was lost while starting')
    this.#from = last
    this.#resume = Math.min(this.#resume, end)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#running
    await this.connection.close()
  }

  /** What came after a position, when that is known here for sure: nothing when this tail is cut off or does not reach back so far. */
  page(after: Position, types: ReadonlySet<string> | undefined, size: number): Batch | undefined {
    if (!this.#alive || after < this.#from) return undefined
    const first = this.#firstAfter(after)
    const seen = this.#events.slice(first, first + size)
    return {
      events: seen.filter(event => (!types || types.has(event.type)) && !this.deletions.has(event.streamId)),
      position: seen.at(-1)?.position ?? after,
      caughtUp: first + size >= this.#events.length,
    }
  }

  #firstAfter(position: Position): number {
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#events[middle]!.position > position) high = middle
      else low = middle + 1
    }
    return low
  }

  async #run(signal: AbortSignal, confirmed: () => void, failed: (error: unknown) => void): Promise<void> {
    for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 2000)) {
      try {
        await this.#follow(this.connection.client, signal, () => {
          wait = 100
          confirmed()
        })
      } catch (error) {
        failed(inPort(error))
      }
      this.#alive = false
      this.#lost = true
      this.moved.ring()
      await delay(wait, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Until the subscription is lost or the signal says stop. */
  #follow(client: Client, signal: AbortSignal, confirmed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const subscription = client.subscribeToAll({
        fromPosition: at(this.#resume),
        filter: { filterOn: 'eventType', regex: '^[^$]', checkpointInterval: 1 },
      })
      const stop = (): void => {
        void subscription.unsubscribe().catch(() => {})
        subscription.destroy()
        resolve()
      }
      signal.addEventListener('abort', stop, { once: true })
      const end = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      subscription
        .on('confirmation', () => {
          this.#alive = true
          this.moved.ring()
          confirmed()
        })
        .on('data', event => this.#take(event))
        .on('error', error => {
          signal.removeEventListener('abort', stop)
          reject(error)
        })
        .on('end', end)
        .on('close', end)
    })
  }

  #take(resolved: ResolvedEvent): void {
    this.#resume = positionOf(resolved)
    this.deletions.learn(resolved)
    const event = recorded(resolved)
    if (!event) return
    this.#events.push(event)
    if (this.#events.length >= 2 * KEPT) {
      const dropped = this.#events.splice(0, this.#events.length - KEPT)
      this.#from = dropped.at(-1)!.position
    }
    this.moved.ring()
  }
}
