import type { Sql } from '../../sql/sql.js'
import { DomainError } from '../decider.js'
import type { EventStore } from '../event-store.js'
import type { Projection } from '../projection.js'
import { checkpointOf } from './projection-schema.js'
import { reportedStatuses, type ReportedStatus } from './projection-status.js'
import { publicationOf } from './publication.js'

/** A read model that nothing serves yet, and how much of the log is in its tables so far. */
export interface Preparation {
  readonly name: string
  /** 0 to 99: at 100 it serves. */
  readonly percent: number
}

/** Many may ask at once, and often: they share one look. */
const LOOK_AGAIN_MS = 250

/**
 * Which read models can answer. One that has never been filled shows empty tables, as though there were nothing; whoever needs it
 * is told to wait. Once filled it serves for good: whatever is made anew is made beside it.
 */
export class Serving {
  #waiting: readonly Projection[]
  #look: Promise<readonly Preparation[]> | undefined

  /** `core`: those without which the library cannot be shown at all. */
  constructor(
    projections: readonly Projection[],
    private readonly core: readonly Projection[],
    private readonly parts: { readonly sql: Sql; readonly store: EventStore },
  ) {
    this.#waiting = projections
  }

  /** With an empty log there is nothing to wait for. To be called once, before anything is appended here. */
  async open(): Promise<void> {
    if ((await this.parts.store.head()) === 0) this.#waiting = []
  }

  /** Those that nothing serves yet; all of them, or of the names. */
  async preparing(names?: readonly string[]): Promise<readonly Preparation[]> {
    const wanted = ({ name }: { readonly name: string }): boolean => names?.includes(name) ?? true
    return this.#waiting.some(wanted) ? (await this.#asked()).filter(wanted) : []
  }

  /** How far the library is when it cannot be shown yet, in percent; undefined when it can. */
  async libraryPercent(): Promise<number | undefined> {
    return least(await this.preparing(this.core.map(({ name }) => name)))
  }

  /** Throws `preparing` while the library cannot be shown. */
  async libraryServes(): Promise<void> {
    const percent = await this.libraryPercent()
    if (percent !== undefined) throw new DomainError('preparing', `The library is being prepared: ${percent} %.`)
  }

  /** Throws `preparing` while nothing serves one of these. */
  async serves(names: readonly string[]): Promise<void> {
    const percent = least(await this.preparing(names))
    if (percent !== undefined) throw new DomainError('preparing', `This is being prepared: ${percent} %.`)
  }

  #asked(): Promise<readonly Preparation[]> {
    return (this.#look ??= this.#ask().finally(() => setTimeout(() => (this.#look = undefined), LOOK_AGAIN_MS).unref()))
  }

  async #ask(): Promise<readonly Preparation[]> {
    const { sql } = this.parts
    const waiting: Projection[] = []
    for (const projection of this.#waiting) if (!(await isServed(sql, projection))) waiting.push(projection)
    this.#waiting = waiting
    const statuses = waiting.length > 0 ? await reportedStatuses(sql) : undefined
    return waiting.map(({ name }) => ({ name, percent: percentOf(statuses?.get(name)) }))
  }
}

async function isServed(sql: Sql, projection: Projection): Promise<boolean> {
  const publication = await publicationOf(sql, projection)
  const checkpoint = publication && (await checkpointOf(sql, publication.schema))
  return checkpoint?.ready ?? false
}

/** What a server wrote before it was stopped says nothing of tables that have been dropped since: only a filling counts. */
const percentOf = (status: ReportedStatus | undefined): number =>
  status?.state === 'rebuilding' && status.filling
    ? Math.min(99, Math.floor((status.filling.position / Math.max(1, status.filling.to)) * 100))
    : 0

const least = (preparing: readonly Preparation[]): number | undefined =>
  preparing.length > 0 ? Math.min(...preparing.map(({ percent }) => percent)) : undefined
