import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import { DomainError } from '../../platform/eventing/decider.js'
import type { TokenClaims } from '../../platform/http/caller.js'
import type { Keys } from '../../platform/keys.js'

const GOOD_FOR_MS = 5 * 60_000

/** Addresses that a browser downloads from without a sign-in: they name a person, say nothing to whoever reads them, and expire (RFC 7516). */
export class Downloads {
  constructor(private readonly keys: Keys) {}

  async seal({ userId, deviceId }: TokenClaims, now: Date): Promise<string> {
    return new EncryptJWT({ device: deviceId })
      .setSubject(userId)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(new Date(now.getTime() + GOOD_FOR_MS))
      .encrypt(await this.keys.get('downloads'))
  }

  /** Throws `download-expired` for an old one, `not-found` for one that was not made here. */
  async open(token: string, now: Date): Promise<TokenClaims> {
    try {
      const { payload } = await jwtDecrypt(token, await this.keys.get('downloads'), {
        currentDate: now,
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp', 'sub'],
      })
      return { userId: payload.sub!, deviceId: String(payload['device']) }
    } catch (error) {
      if (error instanceof errors.JOSEError)
        throw new DomainError(error instanceof errors.JWTExpired ? 'download-expired' : 'not-found')
      throw error
    }
  }
}
