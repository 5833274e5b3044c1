import { StoreUnavailable } from '../../../platform/eventing/event-store.js'
import type { Client, Driver, LogPosition, ResolvedEvent } from './client.js'
import { answered, gathered, ServerSilent } from './patience.js'
import { searched } from './search.js'

/**
 * A client, and another one once the server has fallen silent on it: what hangs in a connection hangs for good. All calls
 * throw `StoreUnavailable` when no answer comes in time.
 */
export class Connection {
  #client: Client | undefined

  constructor(
    private readonly driver: Driver,
    private readonly patienceMs: number,
  ) {}

  get client(): Client {
    return (this.#client ??= this.driver.connect())
  }

  /** Asks and waits for the answer. */
  ask<T>(question: (client: Client) => Promise<T>): Promise<T> {
    return this.#watched(client => answered(question(client), this.patienceMs))
  }

  /** Reads to the end; the reading has to be bounded. */
  gather(reading: (client: Client) => AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
    return this.#watched(async client => {
      const events = await gathered(reading(client), this.patienceMs)
      this.#insistOn(client)
      return events
    })
  }

  /** The next events of some types after a position, at most so many, found by the server; fewer at the end. */
  search(after: LogPosition, types: readonly string[], most: number): Promise<ResolvedEvent[]> {
    return this.#watched(async client => {
      const events = await searched(client, after, types, most, this.patienceMs)
      this.#insistOn(client)
      return events
    })
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.dispose().catch(() => {})
  }

  /** A reading whose client is disposed of ends as if it were complete. */
  #insistOn(client: Client): void {
    if (client !== this.#client) throw new StoreUnavailable('The connection to EventStoreDB was given up')
  }

  async #watched<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { client } = this
    try {
      return await work(client)
    } catch (error) {
      if (error instanceof ServerSilent && client === this.#client) void this.close()
      throw error
    }
  }
}
