import type { Device, Tokens as TokensAnswer } from '@projectionist/shared/api/accounts'
import { QueryFailedError, type DataSource } from 'typeorm'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Callers } from '../../platform/http/caller.js'
import { isPassword, hashPassword } from './passwords.js'
import { ACCESS_SECONDS, type Issued } from './tokens.js'
import { Credential, nameKey } from './vault.entities.js'

export const unknownDevice: Device = { id: 'unknown-device', name: 'Unknown device' }

/** Names and passwords, in the vault. */
export class Credentials {
  constructor(private readonly data: DataSource) {}

  /** Nobody can sign in yet. */
  async none(): Promise<boolean> {
    return !(await this.data.getRepository(Credential).exists())
  }

  /** Throws `name-taken`. Given again for the same person it takes the place of what was there. */
  async set(userId: string, name: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password)
    await unique(this.data.getRepository(Credential).upsert({ userId, name, nameKey: nameKey(name), passwordHash, changedAt: new Date() }, ['userId']))
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

  async rename(userId: string, name: string): Promise<void> {
    await unique(this.data.getRepository(Credential).update({ userId }, { name, nameKey: nameKey(name) }))
  }

  async changePassword(userId: string, password: string): Promise<void> {
    await this.data.getRepository(Credential).update({ userId }, { passwordHash: await hashPassword(password), changedAt: new Date() })
  }

  /** Id of the person whose name and password these are; undefined when they do not go together. */
  async check(name: string, password: string): Promise<string | undefined> {
    const found = await this.data.getRepository(Credential).findOneBy({ nameKey: nameKey(name) })
    return (await isPassword(password, found?.passwordHash)) ? found?.userId : undefined
  }

  async checkById(userId: string, password: string): Promise<boolean> {
    const found = await this.data.getRepository(Credential).findOneBy({ userId })
    return isPassword(password, found?.passwordHash)
  }
}

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

async function unique(write: Promise<unknown>): Promise<void> {
  try {
    await write
  } catch (error) {
    if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505') throw new DomainError('name-taken')
    throw error
  }
}
