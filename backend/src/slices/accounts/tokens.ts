import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { DataSource } from 'typeorm'
import { DomainError } from '../../platform/eventing/decider.js'
import type { TokenClaims } from '../../platform/http/caller.js'
import { uuidv7 } from '../../platform/ids.js'
import type { Keys } from '../../platform/keys.js'
import { RefreshFamily } from './vault.entities.js'

export const ACCESS_SECONDS = 15 * 60
export const REFRESH_SECONDS = 60 * 24 * 3600
/** Two tabs may refresh at the same moment, or an answer get lost: the token before is good for a while. */
const GRACE_MS = 30_000
const ISSUER = 'projectionist'

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const isHashOf = (secret: string, hashed: Buffer | null): boolean => hashed !== null && timingSafeEqual(hash(secret), hashed)

export interface Issued {
  readonly accessToken: string
  readonly refreshToken: string
  readonly userId: string
}
/** A refresh token came twice: someone else has it too. The family has been ended. */
export interface Theft {
  readonly stolenFrom: TokenClaims
}

/** Access tokens (JWT, HS256, 15 minutes) and rotating refresh tokens (RFC 9700, section 4.14.2). */
export class Tokens {
  constructor(
    private readonly data: DataSource,
    private readonly keys: Keys,
    private readonly now: () => number = Date.now,
  ) {}

  /** Starts a session on a device. */
  async issue(userId: string, device: { readonly id: string; readonly name: string }): Promise<Issued> {
    const secret = randomBytes(32).toString('base64url')
    const now = new Date(this.now())
    const family = { id: uuidv7(), userId, deviceId: device.id, deviceName: device.name, tokenHash: hash(secret), previousHash: null, rotatedAt: now, createdAt: now, expiresAt: this.#expiry() }
    await this.data.getRepository(RefreshFamily).insert(family)
    return { userId, accessToken: await this.#access({ userId, deviceId: device.id }, family.id), refreshToken: `${family.id}.${secret}` }
  }

  /** A new pair for a refresh token, which is used up. Throws `session-ended`. */
  async refresh(refreshToken: string): Promise<Issued | Theft> {
    const [id = '', secret = ''] = refreshToken.split('.')
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) || secret.length !== 43) throw new DomainError('session-ended')
    return this.data.transaction(async data => {
      const families = data.getRepository(RefreshFamily)
      const family = await families.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })
      const now = this.now()
      if (!family || family.expiresAt.getTime() < now) throw new DomainError('session-ended')
      const claims = { userId: family.userId, deviceId: family.deviceId }
      const current = isHashOf(secret, family.tokenHash)
      if (!current) {
        if (!isHashOf(secret, family.previousHash)) throw new DomainError('session-ended')
        if (now - family.rotatedAt.getTime() > GRACE_MS) {
          await families.delete({ id })
          return { stolenFrom: claims }
        }
      }
      const next = await this.#successor(secret)
      // Given again, a token answers with the successor it has: answers that cross on their way leave the same one behind.
      if (current) {
        await families.update({ id }, { tokenHash: hash(next), previousHash: family.tokenHash, rotatedAt: new Date(now), expiresAt: this.#expiry() })
      }
      return { userId: family.userId, accessToken: await this.#access(claims, id), refreshToken: `${id}.${next}` }
    })
  }

  /** Ends sessions: one device's, or all of a person's but that of `except`. */
  async end(userId: string, which: { readonly device: string } | { readonly except?: string }): Promise<void> {
    const query = this.data.getRepository(RefreshFamily).createQueryBuilder().delete().where('user_id = :userId', { userId })
    if ('device' in which) query.andWhere('device_id = :device', which)
    else if (which.except) query.andWhere('device_id <> :except', which)
    await query.execute()
  }

  /** What a good access token says; undefined for any other. */
  async verify(accessToken: string): Promise<TokenClaims | undefined> {
    try {
      const { payload } = await jwtVerify(accessToken, await this.keys.get('access-tokens'), { issuer: ISSUER, algorithms: ['HS256'] })
      return { userId: payload.sub!, deviceId: String(payload['device']) }
    } catch {
      return undefined
    }
  }

  async #access({ userId, deviceId }: TokenClaims, family: string): Promise<string> {
    const now = Math.floor(this.now() / 1000)
    return new SignJWT({ device: deviceId, family })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(userId)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_SECONDS)
      .sign(await this.keys.get('access-tokens'))
  }

  /** Follows from the secret and our key: nobody else can tell it from the one before. */
  async #successor(secret: string): Promise<string> {
    return createHmac('sha256', await this.keys.get('access-tokens')).update(`refresh ${secret}`).digest('base64url')
  }

  #expiry(): Date {
    return new Date(this.now() + REFRESH_SECONDS * 1000)
  }
}
