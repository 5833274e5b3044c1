import { DomainError } from '../../platform/eventing/decider.js'
import type { TryLimit } from '../../platform/http/try-limit.js'
import type { Credentials } from './accounts.js'
import type { RefusedSignIns } from './refused-sign-ins.js'
import type { SetupCode } from './setup-code.js'
import type { Tokens } from './tokens.js'

/** What signing in is made of. */
export class AccountParts {
  constructor(
    readonly credentials: Credentials,
    readonly tokens: Tokens,
    readonly setupCode: SetupCode,
    readonly signInTries: TryLimit,
    readonly setupTries: TryLimit,
    /** Of all names together, by address: hashing a password is work. */
    readonly addressTries: TryLimit,
    readonly secureCookies: boolean,
    readonly refused: RefusedSignIns,
  ) {}

  /** Asks somebody who is signed in for their password once more. Throws `sign-in-failed`, `too-many-tries`. */
  async confirm(userId: string, password: string): Promise<void> {
    await this.signInTries.count(userId)
    if (await this.credentials.checkById(userId, password)) return
    this.refused.note(userId)
    throw new DomainError('sign-in-failed')
  }
}
