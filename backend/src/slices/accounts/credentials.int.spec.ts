import { randomUUID } from 'node:crypto'
import { CommandBus } from '@nestjs/cqrs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { openCredentials } from './accounts.js'
import { knownAccounts } from './known-accounts.js'
import { resetPassword } from './reset-password.js'
import { Tokens } from './tokens.js'
import { ChangeUser } from './user.js'

describe('names and passwords', () => {
  let app: TestApp
  let admin: string
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
  })
  afterAll(() => app.close())
  const logIn = (name: string, password = 'battery staple') =>
    app.call('POST', '/auth/login', { body: { name, password, tokens: 'body' } })
  const add = (name: string, key = randomUUID()) =>
    app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple' }, headers: { 'idempotency-key': key } })

  it('left behind by a crash between a credential and its account are free again', async () => {
    const left = randomUUID()
    const credentials = openCredentials(app.parts.data, app.parts.store)
    await credentials.set(left, 'Bob', 'never used')
    // Its account may still be on its way.
    expect(await add('bob')).toMatchObject({ status: 409, body: { code: 'name-taken' } })
    await app.parts.sql.query(`update vault.credentials set changed_at = now() - interval '2 minutes' where user_id = $1`, [left])
    expect(await add('Bob')).toMatchObject({ status: 201 })
    expect(await app.parts.sql.query('select from vault.credentials where user_id = $1', [left])).toEqual([])
    expect(await logIn('Bob')).toMatchObject({ status: 200, body: { user: { name: 'Bob' } } })
    // An old account keeps its name.
    await app.parts.sql.query(`update vault.credentials set changed_at = now() - interval '2 minutes'`)
    expect(await add('BOB')).toMatchObject({ status: 409, body: { code: 'name-taken' } })
  })

  it('of a person follow the log, also where only an event changed them', async () => {
    const { body } = await add('Carol')
    const commandId = randomUUID()
    const by = {
      commandId,
      actor: { kind: 'process', name: 'undo' } as const,
      reason: 'test',
      correlationId: commandId,
      causationId: commandId,
    }
    await app.app.get(CommandBus).execute(new ChangeUser({ userId: body.id, name: 'Caroline' }, by))
    await expect.poll(async () => (await logIn('Caroline')).status, { timeout: 10_000, interval: 500 }).toBe(200)
    expect(await logIn('Carol')).toMatchObject({ status: 401 })
  })

  it('are set anew by the operator, which is recorded and ends every session', async () => {
    const { body: tokens } = await logIn('Bob')
    const { sql, store, catalog, data, keys, runner } = app.parts
    const accounts = await knownAccounts(sql, store, catalog)
    expect(accounts.map(({ name, role, disabled }) => [name, role, disabled])).toEqual([
      ['Ada', 'admin', false],
      ['Bob', 'member', false],
      ['Caroline', 'member', false],
    ])
    const bob = accounts.find(({ name }) => name === 'Bob')!
    await resetPassword(
      { credentials: openCredentials(data, store), tokens: new Tokens(data, keys), runner },
      bob,
      'horse correct',
      randomUUID(),
    )
    expect(await app.call('POST', '/auth/refresh', { body: { refreshToken: tokens.refreshToken } })).toMatchObject({
      status: 401,
    })
    expect(await logIn('Bob')).toMatchObject({ status: 401 })
    expect(await logIn('Bob', 'horse correct')).toMatchObject({ status: 200 })
    expect((await store.read(`user-${bob.id}`)).find(({ type }) => type === 'PasswordChanged')?.metadata).toMatchObject({
      actor: { kind: 'process', name: 'operator' },
      reason: 'reset on the server',
    })
  })
})
