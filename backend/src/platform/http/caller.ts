import type { LibraryAccess, UserRole } from '@projectionist/shared/events/user'

/** Who asks. Rights are those of this moment, not of when the token was made. */
export interface Caller {
  readonly userId: string
  readonly name: string
  readonly role: UserRole
  readonly libraries: LibraryAccess
  readonly deviceId: string
}

/** What a verified access token says. */
export interface TokenClaims {
  readonly userId: string
  readonly deviceId: string
}

/** Finds the person behind a token; undefined when the account is gone or disabled. Implemented by the accounts slice. */
export abstract class Callers {
  abstract verify(accessToken: string): Promise<Caller | undefined>
  abstract find(claims: TokenClaims): Promise<Caller | undefined>
}
