import type { Topic } from '@projectionist/shared/live/messages'
import { isConnectionLoss, type Sql } from '../../sql/sql.js'
import type { Listener } from '../../sql/listener.js'
import type { Position } from '../event-store.js'
import { Bell } from '../wakeup.js'
import { REQUESTS } from './projection-status.js'

export interface Change {
  readonly topic: Topic
  /** Whom it concerns; absent: everyone. */
  readonly userId?: string | undefined
  readonly itemId?: string | undefined
}
interface Announcement {
  readonly node: string
  readonly positions: Record<string, Position>
  readonly changes: readonly Change[]
}

/** `announced`: the projections that have just spoken up, which may have moved on, or have other tables now. */
type Hear = (changes: readonly Change[], positions: ReadonlyMap<string, Position>, announced: readonly string[]) => void

/** A notification of PostgreSQL carries less than 8,000 bytes. */
const MOST_CHANGES = 40

/**
 * How far every projection has come, known on every node: the projector announces, whoever waits for a position hears of
 * it. Announcements of one moment travel as one notification.
 */
export class Announcer {
  readonly #positions = new Map<string, Position>()
  readonly #faulted = new Set<string>()
  readonly #bell = new Bell()
  #closed = false
  readonly #heard = new Set<Hear>()
  readonly #deaf: () => void
  #pending: { positions: Record<string, Position>; changes: Change[] } | undefined

  constructor(
    private readonly sql: Sql,
    private readonly listener: Listener,
    private readonly node: string,
  ) {
    this.#deaf = listener.listen('projected', payload => {
      if (payload === '') return
      const { node: from, positions, changes } = JSON.parse(payload) as Announcement
      if (from !== this.node) this.#hear(positions, changes)
    })
  }

  /** Called by the projector after a commit: the projection stands at `position`, and these things changed on the way. */
  announce(name: string, position: Position, changes: readonly Change[]): void {
    if (!this.#pending) {
      this.#pending = { positions: {}, changes: [] }
      setImmediate(() => void this.#send())
    }
    this.#pending.positions[name] = position
    this.#pending.changes.push(...changes)
    this.#hear({ [name]: position }, changes)
  }

  setFaulted(name: string, faulted: boolean): void {
    if (faulted) this.#faulted.add(name)
    else this.#faulted.delete(name)
    this.#bell.ring()
  }

  /** Calls back with what changes, wherever it was projected. */
  onChange(hear: Hear): () => void {
    this.#heard.add(hear)
    return () => this.#heard.delete(hear)
  }

  position(name: string): Position {
    return this.#positions.get(name) ?? 0
  }

  /** Calls back with the name of a projection when somebody asks something of it; with an empty one when that may have been missed. */
  onRequest(hear: (name: string) => void): () => void {
    return this.listener.listen(REQUESTS, hear)
  }

  /** Waits until all named projections have reached the position. False after `ms`, or at once when one is faulted. */
  async waitFor(names: readonly string[], position: Position, ms: number, signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    const until = Date.now() + ms
    for (;;) {
      const rung = this.#bell.count
      const behind = names.filter(name => this.position(name) < position)
      if (behind.length === 0) return true
      const left = until - Date.now()
      if (left <= 0 || signal.aborted || behind.some(name => this.#faulted.has(name))) return false
      await this.#bell.wait(rung, left, signal)
    }
  }

  close(): void {
    this.#closed = true
    this.#deaf()
  }

  #hear(positions: Record<string, Position>, changes: readonly Change[]): void {
    for (const [name, position] of Object.entries(positions))
      if (position > this.position(name)) this.#positions.set(name, position)
    const announced = Object.keys(positions)
    for (const hear of this.#heard) hear(changes, this.#positions, announced)
    this.#bell.ring()
  }

  async #send(): Promise<void> {
    const { positions, changes } = this.#pending!
    this.#pending = undefined
    const payload = JSON.stringify({ node: this.node, positions, changes: summarise(changes) } satisfies Announcement)
    await this.sql.query(`select pg_notify('projected', $1)`, [payload]).catch((error: unknown) => {
      // Nobody hears us right now; whoever connects again looks for itself.
      if (!this.#closed && !isConnectionLoss(error)) throw error
    })
  }
}

/** At most so many changes: where there are more, those of a topic become one that names nothing. */
export function summarise(changes: readonly Change[]): Change[] {
  const distinct = [...new Map(changes.map(change => [`${change.topic} ${change.userId ?? ''} ${change.itemId ?? ''}`, change])).values()]
  if (distinct.length <= MOST_CHANGES) return distinct
  return [...new Set(distinct.map(change => change.topic))].map(topic => ({ topic }))
}
