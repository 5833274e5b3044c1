import type { TryLimit } from '../../platform/http/try-limit.js'
import type { Credentials } from './accounts.js'
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
  ) {}
}
