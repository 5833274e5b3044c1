import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setupCodeOf, startApp, type TestApp } from '../../../test/app.js'
import { SetupCode } from './setup-code.js'

describe('accounts', () => {
  let app: TestApp
  let admin: string
  beforeAll(async () => {
    app = await startApp('api,projector')
  })
  afterAll(() => app.close())
  const device = { id: 'sofa-device', name: 'Sofa' }
  const logIn = (name: string, password: string, more = {}) => app.call('POST', '/auth/login', { body: { name, password, device, ...more } })

  it('is set up once, by who knows the code', async () => {
    const code = await app.app.get(SetupCode).open()
    expect(await setupCodeOf(app.home)).toBe(code)
    const setUp = (given: string) => app.call('POST', '/setup', { body: { code: given, name: 'Ada', password: 'correct horse', device } })
    expect(await setUp('WRONG-WRONG-WRONG-WRONG')).toMatchObject({ status: 403, body: { code: 'wrong-setup-code' } })
    const [one, two] = await Promise.all([setUp(code), setUp(code.toLowerCase().replaceAll('-', ' '))])
    expect(new Set([one!.status, two!.status])).toEqual(new Set([201, 409]))
    const won = one!.status === 201 ? one! : two!
    expect(won.body).toMatchObject({ expiresIn: 900, user: { name: 'Ada', role: 'admin', libraries: 'all' } })
    expect(won.body).not.toHaveProperty('refreshToken')
    expect(won.headers['set-cookie']).toMatch(/^projectionist_refresh=[^;]+; .*Path=\/api\/auth; HttpOnly; SameSite=Strict/)
    admin = (won.body as { accessToken: string }).accessToken
    expect(await setUp(code)).toMatchObject({ status: 409, body: { code: 'already-set-up' } })
    await expect(setupCodeOf(app.home)).rejects.toThrow('ENOENT')
  })

  it('says no to who is not signed in, and nothing of what is there', async () => {
    for (const path of ['/me', '/users', '/libraries', '/items', '/history'])
      expect(await app.call('GET', path)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    expect(await app.call('GET', '/me', { token: `${admin.slice(0, -4)}AAAA` })).toMatchObject({ status: 401 })
    const none = Buffer.from('{"alg":"none"}').toString('base64url') + '.' + admin.split('.')[1] + '.'
    expect(await app.call('GET', '/me', { token: none })).toMatchObject({ status: 401 })
    expect(await app.call('GET', '/nothing-here')).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  it('signs in by name and password, however the name is written', async () => {
    expect(await logIn('ADA ', 'correct horse')).toMatchObject({ status: 200, body: { user: { name: 'Ada' } } })
    expect(await logIn('Ada', 'correct house')).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } })
    expect(await logIn('Nobody', 'correct horse')).toMatchObject({ status: 401, body: { code: 'sign-in-failed' } })
  })

  it('adds people, once a name, each with rights of their own', async () => {
    const bob = { name: 'Bob', password: 'battery staple' }
    const added = await app.call('POST', '/users', { token: admin, body: bob, headers: { 'idempotency-key': 'bob' } })
    expect(added.status).toBe(201)
    expect(await app.call('POST', '/users', { token: admin, body: bob, headers: { 'idempotency-key': 'bob' } })).toMatchObject({ status: 201, body: added.body })
    expect(await app.call('POST', '/users', { token: admin, body: { ...bob, name: ' bOB' } })).toMatchObject({ status: 409, body: { code: 'name-taken' } })
    const { body } = await app.call('GET', '/users', { token: admin, headers: { 'min-position': added.headers['position']! } })
    expect(body).toMatchObject({ users: [{ name: 'Ada', role: 'admin' }, { name: 'Bob', role: 'member', disabled: false, lastSeenAt: null }] })

    const { body: tokens } = await logIn('Bob', 'battery staple')
    const token = (tokens as { accessToken: string }).accessToken
    expect(await app.call('GET', '/users', { token })).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect(await app.call('POST', '/users', { token, body: { ...bob, name: 'Eve' } })).toMatchObject({ status: 403 })
  })

  it('names every mistake in a request', async () => {
    const answer = await app.call('POST', '/users', { token: admin, body: { name: ' ', password: 'short', role: 'king' } })
    expect(answer.status).toBe(400)
    const { code, errors } = answer.body as { code: string; errors: { path: string }[] }
    expect([code, errors.map(({ path }) => path)]).toEqual(['invalid-request', ['body.name', 'body.password', 'body.role']])
    const broken = await app.app.inject({ method: 'POST', url: '/api/auth/login', headers: { 'content-type': 'application/json' }, payload: '{"name":' })
    expect([broken.statusCode, JSON.parse(broken.payload)]).toMatchObject([400, { code: 'invalid-request' }])
  })

  it('keeps one admin, and locks out who is disabled at once', async () => {
    const { body } = await app.call('GET', '/users', { token: admin })
    const [ada, bob] = (body as { users: { id: string }[] }).users
    expect(await app.call('PATCH', `/users/${ada!.id}`, { token: admin, body: { role: 'member' } })).toMatchObject({ status: 409, body: { code: 'last-admin' } })
    const { body: tokens } = await logIn('Bob', 'battery staple', { tokens: 'body' })
    const { accessToken: token, refreshToken } = tokens as { accessToken: string; refreshToken: string }
    const disabled = await app.call('PATCH', `/users/${bob!.id}`, { token: admin, body: { disabled: true } })
    await app.parts.announcer.waitFor(['users'], Number(disabled.headers['position']), 5000)
    expect(await app.call('GET', '/me', { token })).toMatchObject({ status: 401 })
    expect(await app.call('POST', '/auth/refresh', { body: { refreshToken } })).toMatchObject({ status: 401, body: { code: 'session-ended' } })
    expect(await logIn('Bob', 'battery staple')).toMatchObject({ status: 401 })
  })

  it('uses up refresh tokens, and ends the session when a used one comes again', async () => {
    const { body: tokens } = await logIn('Ada', 'correct horse', { tokens: 'body', device: { id: 'phone-device', name: 'Phone' } })
    const refresh = (refreshToken: string) => app.call('POST', '/auth/refresh', { body: { refreshToken } })
    const first = (tokens as { refreshToken: string }).refreshToken
    const { body: second } = await refresh(first)
    // Two tabs at the same moment: both get on.
    // Answers may arrive in any order: whichever comes last leaves a token that is good.
    expect(await refresh(first)).toMatchObject({ status: 200, body: { refreshToken: (second as { refreshToken: string }).refreshToken } })
    expect(await refresh(`${'-'.repeat(36)}.${'a'.repeat(43)}`)).toMatchObject({ status: 401, body: { code: 'session-ended' } })
    await app.parts.sql.query(`update vault.refresh_families set rotated_at = now() - interval '1 minute'`)
    expect(await refresh(first)).toMatchObject({ status: 401, body: { code: 'session-ended' } })
    expect(await refresh((second as { refreshToken: string }).refreshToken)).toMatchObject({ status: 401 })
    await app.parts.announcer.waitFor(['history'], await app.parts.store.head(), 5000)
    const { body: history } = await app.call('GET', '/history?kind=SessionTheftSuspected', { token: admin })
    expect((history as { entries: { data: unknown }[] }).entries.map(({ data }) => data)).toEqual([{ deviceId: 'phone-device' }])
  })

  it('changes a password, which ends the other sessions', async () => {
    const { body: other } = await logIn('Ada', 'correct horse', { tokens: 'body', device: { id: 'other-device', name: 'Other' } })
    expect(await app.call('PUT', '/me/password', { token: admin, body: { current: 'wrong', next: 'horse correct' } })).toMatchObject({ status: 401 })
    expect(await app.call('PUT', '/me/password', { token: admin, body: { current: 'correct horse', next: 'horse correct' } })).toMatchObject({ status: 204 })
    expect(await app.call('POST', '/auth/refresh', { body: { refreshToken: (other as { refreshToken: string }).refreshToken } })).toMatchObject({ status: 401 })
    expect(await logIn('Ada', 'correct horse')).toMatchObject({ status: 401 })
    expect(await logIn('Ada', 'horse correct')).toMatchObject({ status: 200 })
  })

  it('holds back who guesses', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 10; n++) statuses.push((await logIn('Carol', `guess ${n}`)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429, 429])
  })
})
