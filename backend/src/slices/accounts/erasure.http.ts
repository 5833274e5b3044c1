import { Controller } from '@nestjs/common'
import { eraseMe, eraseUser, getErasures } from '@projectionist/shared/api/accounts'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { AccountParts } from './account-parts.js'
import { forgetCookie } from './accounts.js'
import { ErasingParts, shutOut } from './erase.js'
import { EraseUser } from './erasure.js'
import { erasuresUnderWay } from './erasures.projection.js'
import { unlessLastAdmin } from './last-admin.js'
import { findUser } from './users.projection.js'

@Controller()
export class ErasureHttp {
  constructor(
    private readonly accounts: AccountParts,
    private readonly erasing: ErasingParts,
    private readonly sql: Sql,
  ) {}

  @Handle(eraseMe)
  async eraseMe({ body }: Request<typeof eraseMe>, exchange: Exchange): Promise<void> {
    const { userId } = exchange.caller
    await this.accounts.confirm(userId, body.password)
    await this.#erase(userId, 'erase one’s own account', exchange)
    forgetCookie(exchange)
  }

  @Handle(eraseUser)
  async eraseUser({ params: { id } }: Request<typeof eraseUser>, exchange: Exchange): Promise<void> {
    if (id === exchange.caller.userId)
      throw new DomainError('not-allowed', 'Erase your own account in Preferences, where your password is asked for')
    if (!(await findUser(this.sql, id))) throw new DomainError('user-not-found')
    await this.#erase(id, 'erase a person', exchange)
  }

  @Handle(getErasures)
  async getErasures(_: Request<typeof getErasures>, exchange: Exchange): Promise<Response<typeof getErasures>> {
    await exchange.reads('erasures')
    return { erasures: await erasuresUnderWay(this.sql) }
  }

  /** Records it, which cannot be taken back, and shuts the person out. The rest is owed work. */
  async #erase(userId: string, reason: string, exchange: Exchange): Promise<void> {
    await unlessLastAdmin(this.sql, userId, async () => {
      await exchange.run(new EraseUser({ userId }, exchange.by(reason)))
      await exchange.shown('users', 'erasures', 'watch_state')
    })
    await shutOut(this.erasing, userId)
    await this.accounts.signInTries.forget(userId)
  }
}
