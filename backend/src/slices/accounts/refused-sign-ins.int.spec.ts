import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'

describe('refused sign-ins', () => {
  let app: TestApp
  let admin: string
  let bob: { id: string; token: string }
  const device = { id: 'bob-device', name: 'Phone' }
  const logIn = (name: string, password: string) => app.call('POST', '/auth/login', { body: { name, password, device } })
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
    const { body } = await app.call('POST', '/users', { token: admin, body: { name: 'Bob', password: 'battery staple' } })
    const signedIn = await logIn('Bob', 'battery staple')
    bob = { id: body.id, token: signedIn.body.accessToken }
  })
  afterAll(() => app.close())

  const told = async (token: string): Promise<number[]> => {
    await app.parts.announcer.waitFor(['history'], await app.parts.store.head(), 5000)
    const { body } = await app.call('GET', '/history?kind=SignInsRefused', { token })
    return (body.entries as { data: { times: number } }[]).map(({ data }) => data.times)
  }
  const counted = async (): Promise<number[]> =>
    (await app.parts.sql.query<{ times: number }>('select times from live.refused_sign_ins')).map(({ times }) => times)
  /** Turns the clock on for what is counted. */
  const later = () => app.parts.sql.query(`update live.refused_sign_ins set recorded_at = recorded_at - interval '16 minutes'`)

  it('are told of at once, then at most once in a while with how many they were', async () => {
    expect((await logIn('bob', 'wrong')).status).toBe(401)
    await vi.waitFor(async () => expect(await told(bob.token)).toEqual([1]), 5000)
    for (const guess of ['a', 'b', 'c']) expect((await logIn('Bob', guess)).status).toBe(401)
    await vi.waitFor(async () => expect(await counted()).toEqual([3]), 5000)
    expect(await told(bob.token)).toEqual([1])
    await later()
    const path = '/me/password'
    expect((await app.call('PUT', path, { token: bob.token, body: { current: 'no', next: 'horse correct' } })).status).toBe(401)
    await vi.waitFor(async () => expect(await told(bob.token)).toEqual([4, 1]), 5000)
  })

  it('are told of when nothing follows, by whoever sees to what is owed', async () => {
    await logIn('Bob', 'once more')
    await vi.waitFor(async () => expect(await counted()).toEqual([1]), 5000)
    await later()
    // Anything about accounts has it looked at.
    await logIn('Bob', 'battery staple')
    await vi.waitFor(async () => expect(await told(bob.token)).toEqual([1, 4, 1]), 10_000)
  })

  it('of an account that is disabled count as well; of names that nobody has, nothing is kept', async () => {
    await app.call('PATCH', `/users/${bob.id}`, { token: admin, body: { disabled: true } })
    await later()
    expect((await logIn('Bob', 'battery staple')).status).toBe(401)
    await vi.waitFor(async () => expect(await told(admin)).toEqual([1, 1, 4, 1]), 5000)
    expect((await logIn('Eve', 'secret of Eve')).status).toBe(401)
    const log: string[] = []
    for await (const { events } of app.parts.store.readAll()) log.push(JSON.stringify(events))
    for (const secret of ['Eve', 'once more', 'wrong']) expect(log.join('')).not.toContain(secret)
  })

  it('go with the person', async () => {
    await later()
    await logIn('Bob', 'wrong')
    await vi.waitFor(async () => expect(await counted()).toEqual([0]), 5000)
    expect((await app.call('POST', `/users/${bob.id}/erasure`, { token: admin })).status).toBeLessThan(300)
    expect(await counted()).toEqual([])
  })
})
