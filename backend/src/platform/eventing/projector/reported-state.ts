import type { Sql } from '../../sql/sql.js'
import type { Position } from '../event-store.js'
import type { Projection } from '../projection.js'
import { reportStatus, type Fault, type Filling, type ReportedStatus } from './projection-status.js'
import { PoisonEvent } from './rows.js'

export interface ProjectionState extends Omit<ReportedStatus, 'version' | 'node'> {
  readonly position: Position
}

const REPORT_EVERY_MS = 500

/** Where a projection stands, known here at once and to operators on any node soon after. */
export class ReportedState {
  #now: ProjectionState = { state: 'waiting', position: 0 }
  #reported = 0
  #reporting: Promise<void> = Promise.resolve()

  constructor(
    private readonly projection: Projection,
    private readonly sql: Sql,
    private readonly node: string,
  ) {}

  get now(): ProjectionState {
    return this.#now
  }

  /** Resolves when operators can read the last state that was set, or it could not be told. */
  get told(): Promise<void> {
    return this.#reporting
  }

  set(state: ProjectionState): void {
    this.#now = state
    this.#reported = performance.now()
    const { name, version } = this.projection
    const { position: _, ...rest } = state
    // Who misses one hears the next.
    this.#reporting = this.#reporting
      .then(() => reportStatus(this.sql, name, { version, node: this.node, ...rest }))
      .catch(() => {})
  }

  /** Moves on; positions are read from the tables, so nobody is told. */
  at(position: Position): void {
    this.#now = { ...this.#now, position }
  }

  /** How far other tables are filled, told now and then. */
  filling({ position, to, rate }: Filling): void {
    const state = { ...this.#now, filling: { position, to, rate } }
    if (!this.#now.filling || performance.now() - this.#reported >= REPORT_EVERY_MS) this.set(state)
    else this.#now = state
  }
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof PoisonEvent)) return { error: String(error) }
  const { id, type, streamId, position } = error.event
  return { error: String(error.cause), event: { id, type, streamId, position } }
}
