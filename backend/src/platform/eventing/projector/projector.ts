import type { Logger } from 'pino'
import type { Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import type { EventStore } from '../event-store.js'
import type { Projection } from '../projection.js'
import type { Announcer } from './announcer.js'
import { Leases } from './leases.js'
import { ProjectionRunner, type ProjectionState } from './projection-runner.js'

/** Runs all projections of this program on this node, as far as their leases are free. */
export class Projector {
  readonly #runners: readonly ProjectionRunner[]
  readonly #leases: Leases
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    readonly projections: readonly Projection[],
    parts: { sql: Sql; store: EventStore; catalog: EventCatalog; announcer: Announcer; log: Logger },
    node: string,
  ) {
    this.#leases = new Leases(parts.sql, node)
    this.#runners = projections.map(projection => new ProjectionRunner(projection, { ...parts, leases: this.#leases }))
  }

  /** Makes tables and views; queries work from here on. */
  async prepare(): Promise<void> {
    for (const runner of this.#runners) await runner.prepare()
  }

  start(): void {
    this.#running = Promise.all(this.#runners.map(runner => runner.run(this.#stop.signal)))
  }

  get states(): readonly { readonly name: string; readonly version: number; readonly state: ProjectionState }[] {
    return this.#runners.map(({ projection: { name, version }, state }) => ({ name, version, state }))
  }

  /** Finishes the batches under way and gives the leases back. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    await this.#leases.giveBackAll()
  }
}
