import { DomainError } from '../eventing/decider.js'
import type { Redis } from 'ioredis'

/** Limits how often something may be tried, over all nodes. While Redis is away each node counts for itself. */
export class TryLimit {
  readonly #own = new Map<string, { count: number; until: number }>()

  constructor(
    private readonly redis: Redis,
    private readonly most: number,
    private readonly seconds: number,
  ) {}

  /** Counts a try. Throws `too-many-tries`. */
  async count(what: string): Promise<void> {
    const key = `tries:${what}`
    const counted = await this.redis
      .multi()
      .incr(key)
      .expire(key, this.seconds, 'NX')
      .exec()
      .then(results => Number(results?.[0]?.[1]))
      .catch(() => NaN)
    if (Number.isNaN(counted) ? this.#countHere(key) : counted > this.most) throw new DomainError('too-many-tries')
  }

  /** Forgets the tries, after one that was right. */
  async forget(what: string): Promise<void> {
    this.#own.delete(`tries:${what}`)
    await this.redis.del(`tries:${what}`).catch(() => {})
  }

  #countHere(key: string): boolean {
    const now = Date.now()
    if (this.#own.size > 10_000) for (const [old, { until }] of this.#own) if (until < now) this.#own.delete(old)
    const known = this.#own.get(key)
    const entry = known && known.until > now ? known : { count: 0, until: now + this.seconds * 1000 }
    entry.count++
    this.#own.set(key, entry)
    return entry.count > this.most
  }
}
