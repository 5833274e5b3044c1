import { DomainError } from '../eventing/decider.js'
import type { Redis } from 'ioredis'

/** A Redis that did not answer is left alone for so long, so that not everybody has to wait for it. */
const LEFT_ALONE_MS = 10_000

/** Limits how often something may be tried, over all nodes. While Redis is away or frozen each node counts for itself. */
export class TryLimit {
  #askAgainAt = 0
  readonly #own = new Map<string, { count: number; until: number }>()

  constructor(
    private readonly redis: Redis,
    private readonly most: number,
    private readonly seconds: number,
  ) {}

  /** Counts a try. Throws `too-many-tries`. */
  async count(what: string): Promise<void> {
    const key = `tries:${what}`
    const counted = await this.#ask(() => this.redis.multi().incr(key).expire(key, this.seconds, 'NX').exec())
    const tries = Number(counted?.[0]?.[1] ?? NaN)
    if (Number.isNaN(tries) ? this.#countHere(key) : tries > this.most) throw new DomainError('too-many-tries')
  }

  /** Forgets the tries, after one that was right. */
  async forget(what: string): Promise<void> {
    this.#own.delete(`tries:${what}`)
    await this.#ask(() => this.redis.del(`tries:${what}`))
  }

  async #ask<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (Date.now() < this.#askAgainAt) return undefined
    return command().catch(() => {
      this.#askAgainAt = Date.now() + LEFT_ALONE_MS
      return undefined
    })
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
