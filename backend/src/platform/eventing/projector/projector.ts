import type { Logger } from 'pino'
import type { Sql } from '../../sql/sql.js'
import type { EventCatalog } from '../event-catalog.js'
import type { EventStore } from '../event-store.js'
import type { Projection } from '../projection.js'
import type { Announcer } from './announcer.js'
import { Leases } from './leases.js'
import { ProjectionRunner } from './projection-runner.js'
import { prepareStatus } from './projection-status.js'
import { Rebuilds } from './rebuilds.js'
import { ReplaysHere, type Replays } from './replay.js'
import type { ProjectionState } from './reported-state.js'

interface Parts {
  readonly sql: Sql
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly announcer: Announcer
  readonly log: Logger
  /** Here, unless said otherwise. */
  readonly replays?: Replays
}

/** Runs all projections of this program on this node, as far as their leases are free. */
export class Projector {
  readonly #runners: readonly ProjectionRunner[]
  readonly #leases: Leases
  readonly #rebuilds: Rebuilds
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    readonly projections: readonly Projection[],
    private readonly parts: Parts,
    node: string,
  ) {
    this.#leases = new Leases(parts.sql, node)
    this.#rebuilds = new Rebuilds(parts.replays ?? new ReplaysHere(parts), this.#stop.signal)
    this.#runners = projections.map(projection => new ProjectionRunner(projection, { ...parts, node, rebuilds: this.#rebuilds, leases: this.#leases }))
  }

  /** Makes tables and views; queries work from here on. */
  async prepare(): Promise<void> {
    await prepareStatus(this.parts.sql)
    for (const runner of this.#runners) await runner.prepare()
  }

  start(): void {
    const deaf = this.parts.announcer.onRequest(name => {
      for (const runner of this.#runners) if (name === '' || runner.projection.name === name) runner.asked()
    })
    this.#running = Promise.all(this.#runners.map(runner => runner.run(this.#stop.signal))).finally(deaf)
  }

  get states(): readonly { readonly name: string; readonly version: number; readonly state: ProjectionState }[] {
    return this.#runners.map(({ projection: { name, version }, state }) => ({ name, version, state }))
  }

  /** Finishes the batches under way and gives the leases back. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    await this.#rebuilds.settled()
    await this.#leases.giveBackAll()
  }
}
