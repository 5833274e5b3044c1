import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import { DomainError } from '../../platform/eventing/decider.js'

/**
 * Tokens in media addresses: they name a session, say nothing to whoever reads them, and expire (RFC 7516 JWE, direct
 * encryption with A256GCM).
 */
export class MediaTokens {
  /** `key`: 256 bits. */
  constructor(private readonly key: Uint8Array) {}

  seal(sessionId: string, expires: Date): Promise<string> {
    return new EncryptJWT({ sid: sessionId }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setExpirationTime(expires).encrypt(this.key)
  }

  /** The session a token names. Throws `media-link-expired` for an old one, `not-found` for one that was not made here. */
  async open(token: string, now: Date): Promise<string> {
    try {
      const { payload } = await jwtDecrypt(token, this.key, {
        currentDate: now, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], requiredClaims: ['exp', 'sid'],
      })
      return String(payload['sid'])
    } catch (error) {
      throw new DomainError(error instanceof errors.JWTExpired ? 'media-link-expired' : 'not-found')
    }
  }
}
