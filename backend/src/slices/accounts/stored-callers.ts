import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers, type Caller, type TokenClaims } from '../../platform/http/caller.js'
import { Sql } from '../../platform/sql/sql.js'
import type { Tokens } from './tokens.js'
import { findUser } from './users.projection.js'

/** People by id from `read.users`, remembered until something about accounts changes. */
export class StoredCallers extends Callers {
  readonly #known = new Map<string, Promise<Omit<Caller, 'deviceId'> | undefined>>()

  constructor(
    private readonly sql: Sql,
    private readonly tokens: Tokens,
    announcer: Announcer,
  ) {
    super()
    announcer.onChange(changes => {
      if (changes.some(({ topic }) => topic === 'users')) this.#known.clear()
    })
  }

  async verify(accessToken: string): Promise<Caller | undefined> {
    const claims = await this.tokens.verify(accessToken)
    return claims && this.find(claims)
  }

  async find({ userId, deviceId }: TokenClaims): Promise<Caller | undefined> {
    let known = this.#known.get(userId)
    if (!known) {
      known = findUser(this.sql, userId).then(user =>
        user && !user.disabled ? { userId, name: user.name, role: user.role, libraries: user.libraries } : undefined,
      )
      known.catch(() => this.#known.delete(userId))
      if (this.#known.size > 10_000) this.#known.clear()
      this.#known.set(userId, known)
    }
    const caller = await known
    if (!caller) this.#known.delete(userId)
    return caller && { ...caller, deviceId }
  }
}
