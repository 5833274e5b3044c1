import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

type Hearing = (payload: string) => void

const GOODBYE_MS = 1000

/**
 * One connection that LISTENs for the whole process. After a loss it connects again and calls every hearing with an empty
 * payload, since notifications may have been missed: hearers look for themselves what is new.
 */
export class Listener {
  readonly #hearings = new Map<string, Set<Hearing>>()
  readonly #stop = new AbortController()
  #client: pg.Client | undefined
  #running: Promise<void> | undefined

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly report: (error: unknown) => void = () => {},
  ) {}

  /** Calls `hear` for each notification on the channel until the returned function is called. */
  listen(channel: string, hear: Hearing): () => void {
    const hearings = this.#hearings.get(channel) ?? new Set()
    this.#hearings.set(channel, hearings)
    hearings.add(hear)
    if (hearings.size === 1) void this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => {})
    this.#running ??= this.#run()
    return () => hearings.delete(hear)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
    for (let wait = 50; !signal.aborted; wait = Math.min(wait * 2, 2000)) {
      const client = new pg.Client(this.config)
      try {
        const lost = new Promise<void>(resolve => client.once('end', resolve).on('error', () => resolve()))
        client.on('notification', ({ channel, payload }) => {
          for (const hear of this.#hearings.get(channel) ?? []) hear(payload ?? '')
        })
        // Nothing here may outlast the stop, whatever the server does: neither connecting nor saying goodbye.
        await Promise.race([client.connect(), stopped])
        if (signal.aborted) return
        this.#client = client
        for (const channel of this.#hearings.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
        for (const hearings of this.#hearings.values()) for (const hear of hearings) hear('')
        wait = 50
        await Promise.race([lost, stopped])
      } catch (error) {
        this.report(error)
      } finally {
        this.#client = undefined
        await Promise.race([client.end().catch(() => {}), delay(GOODBYE_MS, undefined, { ref: false })])
      }
      await delay(wait, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
