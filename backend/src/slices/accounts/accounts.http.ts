import { Controller } from '@nestjs/common'
import { addUser, changePassword, changeUser, getMe, getUsers, logIn, logOut, refresh, setUp, type Device } from '@projectionist/shared/api/accounts'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import '@fastify/cookie'
import { DomainError } from '../../platform/eventing/decider.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Callers } from '../../platform/http/caller.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { uuidv5, PROJECTIONIST } from '../../platform/ids.js'
import { Sql } from '../../platform/sql/sql.js'
import { AccountParts } from './account-parts.js'
import { answer, COOKIE, forgetCookie, unknownDevice } from './accounts.js'
import { unlessLastAdmin } from './last-admin.js'
import { REFRESH_SECONDS, type Issued } from './tokens.js'
import { AddUser, ChangeUser, NotePasswordChange, NoteSignIn, NoteSignOut, NoteTheft } from './user.js'
import { allUsers, findUser } from './users.projection.js'

/** The first admin's id derives from nothing else, so that two set-ups at once meet at one stream. */
const FIRST_ADMIN = uuidv5(PROJECTIONIST, 'first admin')

@Controller()
export class AccountsHttp {
  constructor(
    private readonly parts: AccountParts,
    private readonly callers: Callers,
    private readonly sql: Sql,
    private readonly announcer: Announcer,
  ) {}

  @Handle(setUp)
  async setUp({ body }: Request<typeof setUp>, exchange: Exchange): Promise<Response<typeof setUp>> {
    const { credentials, setupCode, setupTries } = this.parts
    if (!(await credentials.none())) throw new DomainError('already-set-up')
    await setupTries.count('setup')
    if (!setupCode.fits(body.code)) throw new DomainError('wrong-setup-code')
    const by = exchange.byProcess('set-up', 'set up the server')
    const first = { userId: FIRST_ADMIN, name: body.name, role: 'admin', libraries: 'all' } as const
    await exchange.run(new AddUser(first, by)).catch((error: unknown) => {
      // The account may stand there without a password, from a set-up that was cut off.
      if (!(error instanceof DomainError) || error.code !== 'name-taken') throw error
    })
    if (!(await credentials.setFirst(FIRST_ADMIN, body.name, body.password))) throw new DomainError('already-set-up')
    await exchange.run(new ChangeUser({ userId: FIRST_ADMIN, name: body.name }, exchange.byProcess('set-up', 'set up the server')))
    await setupCode.close()
    return this.#signIn(FIRST_ADMIN, body.device, body.tokens, exchange)
  }

  @Handle(logIn)
  async logIn({ body }: Request<typeof logIn>, exchange: Exchange): Promise<Response<typeof logIn>> {
    const { credentials, refused, signInTries } = this.parts
    const who = `${body.name.trim().toLowerCase()} ${exchange.request.ip}`
    await this.parts.addressTries.count(exchange.request.ip)
    await signInTries.count(who)
    const { userId, fits } = await credentials.check(body.name, body.password)
    if (!userId || !fits || !(await this.callers.find({ userId, deviceId: '' }))) {
      if (userId) refused.note(userId)
      throw new DomainError('sign-in-failed')
    }
    await signInTries.forget(who)
    return this.#signIn(userId, body.device, body.tokens, exchange)
  }

  @Handle(refresh)
  async refresh({ body }: Request<typeof refresh>, exchange: Exchange): Promise<Response<typeof refresh>> {
    const given = body?.refreshToken ?? exchange.request.cookies[COOKIE]
    if (!given) throw new DomainError('session-ended')
    const issued = await this.parts.tokens.refresh(given)
    if ('stolenFrom' in issued) {
      const by = exchange.byProcess('sign-in', 'a used refresh token came again')
      await exchange.run(new NoteTheft(issued.stolenFrom, by))
      throw new DomainError('session-ended')
    }
    if (!body?.refreshToken) this.#setCookie(exchange, issued)
    return answer(issued, this.callers, body?.refreshToken ? 'body' : 'cookie')
  }

  @Handle(logOut)
  async logOut(_: Request<typeof logOut>, exchange: Exchange): Promise<void> {
    const { userId, deviceId } = exchange.caller
    await this.parts.tokens.end(userId, { device: deviceId })
    await exchange.run(new NoteSignOut({ userId, deviceId }, exchange.by('sign out')))
    forgetCookie(exchange)
  }

  @Handle(getMe)
  getMe(_: Request<typeof getMe>, { caller }: Exchange): Promise<Response<typeof getMe>> {
    return Promise.resolve({ id: caller.userId, name: caller.name, role: caller.role, libraries: caller.libraries })
  }

  @Handle(changePassword)
  async changePassword({ body }: Request<typeof changePassword>, exchange: Exchange): Promise<void> {
    const { userId, name, deviceId } = exchange.caller
    await this.parts.confirm(userId, body.current)
    await this.parts.credentials.set(userId, name, body.next)
    await this.parts.tokens.end(userId, { except: deviceId })
    await exchange.run(new NotePasswordChange({ userId }, exchange.by('change one’s own password')))
  }

  @Handle(getUsers)
  async getUsers(_: Request<typeof getUsers>, exchange: Exchange): Promise<Response<typeof getUsers>> {
    await exchange.reads('users')
    return { users: await allUsers(this.sql) }
  }

  @Handle(addUser)
  async addUser({ body }: Request<typeof addUser>, exchange: Exchange): Promise<Response<typeof addUser>> {
    const id = exchange.newId('user')
    await this.parts.credentials.set(id, body.name, body.password)
    const { name, role, libraries } = body
    await exchange.run(new AddUser({ userId: id, name, role, libraries }, exchange.by('add a person'))).catch(async (error: unknown) => {
      if (error instanceof DomainError && error.code === 'not-found') await this.parts.credentials.remove(id)
      throw error
    })
    await exchange.shown('users')
    return { id }
  }

  @Handle(changeUser)
  async changeUser({ params: { id }, body }: Request<typeof changeUser>, exchange: Exchange): Promise<void> {
    const known = await findUser(this.sql, id)
    if (!known) throw new DomainError('user-not-found')
    const { name, role, libraries, disabled, password } = body
    const change = async (): Promise<void> => {
      if (name !== undefined) await this.parts.credentials.rename(id, name)
      await exchange.run(new ChangeUser({ userId: id, name, role, libraries, disabled }, exchange.by('change a person')))
      await exchange.shown('users')
    }
    await (role === 'member' || disabled ? unlessLastAdmin(this.sql, id, change) : change())
    if (password !== undefined) {
      await this.parts.credentials.set(id, name ?? known.name, password)
      await exchange.run(new NotePasswordChange({ userId: id }, exchange.by('set a person’s password')))
    }
    if (body.password !== undefined || body.disabled) await this.parts.tokens.end(id, {})
  }

  async #signIn(userId: string, device: Device = unknownDevice, delivery: 'cookie' | 'body', exchange: Exchange): Promise<Response<typeof logIn>> {
    const outcome = await exchange.run(new NoteSignIn({ userId, device }, exchange.byPerson(userId, device.id, 'sign in')))
    // The account itself may be this moment's: its own row has to be there before it is asked for.
    await this.announcer.waitFor(['users'], outcome.position, 5000)
    const issued = await this.parts.tokens.issue(userId, device)
    if (delivery === 'cookie') this.#setCookie(exchange, issued)
    return answer(issued, this.callers, delivery)
  }

  #setCookie(exchange: Exchange, issued: Issued): void {
    void exchange.reply.setCookie(COOKIE, issued.refreshToken, {
      path: '/api/auth',
      httpOnly: true,
      sameSite: 'strict',
      secure: this.parts.secureCookies || exchange.request.protocol === 'https',
      maxAge: REFRESH_SECONDS,
    })
  }
}
