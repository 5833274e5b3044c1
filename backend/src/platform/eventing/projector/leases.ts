import type { Sql } from '../../sql/sql.js'
import type { Projection } from '../projection.js'

const SECONDS = 15

/** The lease of whoever runs a version of a projection. */
export const leaseOf = ({ name, version }: Pick<Projection, 'name' | 'version'>): string => `projection ${name}_v${version}`

/**
 * Says which node does a piece of standing work, so that others do not try in vain. Only that: correctness rests on the
 * checkpoint, which one transaction alone can move on.
 */
export class Leases {
  readonly #mine = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly sql: Sql,
    private readonly owner: string,
  ) {}

  /** True when this node has the lease now. It is kept up until given back. */
  async take(name: string): Promise<boolean> {
    const rows = await this.sql.query(
      `insert into live.leases values ($1, $2, now() + make_interval(secs => $3))
       on conflict (name) do update set owner = excluded.owner, until = excluded.until
       where leases.until < now() or leases.owner = excluded.owner returning 1`,
      [name, this.owner, SECONDS],
    )
    if (rows.length === 0) return false
    this.#mine.add(name)
    this.#timer ??= setInterval(() => void this.#renew(), (SECONDS * 1000) / 3).unref()
    return true
  }

  /** True when some node has the lease. */
  async isHeld(name: string): Promise<boolean> {
    return (await this.sql.query('select from live.leases where name = $1 and until > now()', [name])).length > 0
  }

  holds(name: string): boolean {
    return this.#mine.has(name)
  }

  async giveBack(name: string): Promise<void> {
    this.#mine.delete(name)
    await this.sql.query('delete from live.leases where owner = $1 and name = $2', [this.owner, name]).catch(() => {})
  }

  async giveBackAll(): Promise<void> {
    clearInterval(this.#timer)
    this.#mine.clear()
    await this.sql.query('delete from live.leases where owner = $1', [this.owner]).catch(() => {})
  }

  async #renew(): Promise<void> {
    const kept = await this.sql
      .query<{ name: string }>(
        `update live.leases set until = now() + make_interval(secs => $2) where owner = $1 returning name`,
        [this.owner, SECONDS],
      )
      .catch(() => undefined)
    // Out of reach is not lost: the checkpoint guards until the server answers again.
    if (kept) for (const name of this.#mine) if (!kept.some(row => row.name === name)) this.#mine.delete(name)
  }
}
