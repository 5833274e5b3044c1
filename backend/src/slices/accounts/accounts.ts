import type { Device, Tokens as TokensAnswer } from '@projectionist/shared/api/accounts'
import { QueryFailedError, type DataSource, type Repository } from 'typeorm'
import { DomainError } from '../../platform/eventing/decider.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import type { Callers } from '../../platform/http/caller.js'
import type { Exchange } from '../../platform/http/exchange.js'
import '@fastify/cookie'
import { isPassword, hashPassword } from './passwords.js'
import { ACCESS_SECONDS, type Issued } from './tokens.js'
import { Credential, nameKey } from './vault.entities.js'

export const unknownDevice: Device = { id: 'unknown-device', name: 'Unknown device' }

/** An account is made in two steps, its credential first; one that stands alone for so long was left behind by a crash. */
const ABANDONED_AFTER_MS = 60_000

/** Names and passwords, in the vault. */
export class Credentials {
  /** `isKnown`: whether the log knows an account. */
  constructor(
    private readonly data: DataSource,
    private readonly isKnown: (userId: string) => Promise<boolean>,
  ) {}

  /** Nobody can sign in yet. */
  async none(): Promise<boolean> {
    return !(await this.data.getRepository(Credential).exists())
  }

  /** Throws `name-taken`. Given again for the same person it takes the place of what was there. */
  async set(userId: string, name: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password)
    await this.#claim(name, credentials =>
      credentials.upsert({ userId, name, nameKey: nameKey(name), passwordHash, changedAt: new Date() }, ['userId']))
  }

  /** The very first one: false when somebody was faster. */
  async setFirst(userId: string, name: string, password: string): Promise<boolean> {
    const passwordHash = await hashPassword(password)
    const result = await this.data
      .createQueryBuilder()
      .insert()
      .into(Credential)
      .values({ userId, name, nameKey: nameKey(name), passwordHash, changedAt: new Date() })
      .orIgnore()
      .returning('user_id')
      .execute()
    return (result.raw as unknown[]).length === 1
  }

  /** Throws `name-taken`. */
  async rename(userId: string, name: string): Promise<void> {
    await this.#claim(name, credentials => credentials.update({ userId }, { name, nameKey: nameKey(name) }))
  }

  async remove(userId: string): Promise<void> {
    await this.data.getRepository(Credential).delete({ userId })
  }

  /** Whose name it is, undefined for nobody's, and whether the password is theirs. Takes as long for nobody's. */
  async check(name: string, password: string): Promise<{ readonly userId: string | undefined; readonly fits: boolean }> {
    const found = await this.data.getRepository(Credential).findOneBy({ nameKey: nameKey(name) })
    return { userId: found?.userId, fits: await isPassword(password, found?.passwordHash) }
  }

  async checkById(userId: string, password: string): Promise<boolean> {
    const found = await this.data.getRepository(Credential).findOneBy({ userId })
    return isPassword(password, found?.passwordHash)
  }

  async #claim(name: string, write: (credentials: Repository<Credential>) => Promise<unknown>): Promise<void> {
    const credentials = this.data.getRepository(Credential)
    if (await isUnique(write(credentials))) return
    if (!(await this.#freeAbandoned(name)) || !(await isUnique(write(credentials)))) throw new DomainError('name-taken')
  }

  /** A crash between credential and account leaves a name that nobody has: true when this was one, and it is free now. */
  async #freeAbandoned(name: string): Promise<boolean> {
    const credentials = this.data.getRepository(Credential)
    const holder = await credentials.findOneBy({ nameKey: nameKey(name) })
    if (!holder) return true
    if (Date.now() - holder.changedAt.getTime() < ABANDONED_AFTER_MS || (await this.isKnown(holder.userId))) return false
    await credentials.delete({ userId: holder.userId, passwordHash: holder.passwordHash })
    return true
  }
}

export const openCredentials = (data: DataSource, store: EventStore): Credentials =>
  new Credentials(data, async userId => (await store.read(`user-${userId}`, { limit: 1 })).length > 0)

/** Where a browser keeps its refresh token. */
export const COOKIE = 'projectionist_refresh'
export const forgetCookie = ({ reply }: Exchange): void => void reply.clearCookie(COOKIE, { path: '/api/auth' })

/** The body that answers a sign-in. */
export async function answer(issued: Issued, callers: Callers, delivery: 'cookie' | 'body'): Promise<TokensAnswer> {
  const caller = await callers.verify(issued.accessToken)
  if (!caller) throw new DomainError('sign-in-failed')
  return {
    accessToken: issued.accessToken,
    expiresIn: ACCESS_SECONDS,
    user: { id: caller.userId, name: caller.name, role: caller.role, libraries: caller.libraries },
    ...(delivery === 'body' && { refreshToken: issued.refreshToken }),
  }
}

async function isUnique(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505') return false
    throw error
  }
}
