import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ReadModel } from '@projectionist/shared/api/projections'
import { startApp, type TestApp } from '../../../test/app.js'

let app: TestApp
let token: string

beforeAll(async () => {
  app = await startApp()
  token = await app.setUp()
})
afterAll(() => app.close())

const models = async (): Promise<ReadModel[]> =>
  ((await app.call('GET', '/read-models', { token })).body as { readModels: ReadModel[] }).readModels
const users = async (): Promise<ReadModel> => (await models()).find(({ name }) => name === 'users')!

describe('read models', () => {
  it('are listed with how they stand', async () => {
    await vi.waitFor(
      async () => expect((await models()).map(({ state }) => state)).toEqual(app.parts.projections.map(() => 'live')),
      20_000,
    )
    const found = await users()
    expect(found).toMatchObject({
      name: 'users',
      version: 1,
      serves: 1,
      behind: { events: 0, more: false, since: null },
      filling: null,
      rebuildAsked: false,
      fault: null,
      trouble: null,
      givenUp: null,
    })
    expect(Number(found.position)).toBeGreaterThan(0)
  })

  it('are rebuilt when an admin asks, and serve all the while', async () => {
    await app.parts.sql.query(`update read.users set name = 'Somebody else'`)
    expect((await app.call('POST', '/read-models/rebuilds', { token, body: { name: 'users' } })).status).toBe(204)
    await vi.waitFor(async () => {
      const { body, status } = await app.call('GET', '/users', { token })
      expect([status, (body as { users: { name: string }[] }).users.map(({ name }) => name)]).toEqual([200, ['Ada']])
    }, 20_000)
    await vi.waitFor(async () => expect(await users()).toMatchObject({ state: 'live', rebuildAsked: false }), 20_000)
    expect((await app.call('POST', '/read-models/rebuilds', { token, body: {} })).status).toBe(204)
    await vi.waitFor(
      async () => expect((await models()).filter(({ rebuildAsked, state }) => rebuildAsked || state !== 'live')).toEqual([]),
      30_000,
    )
  })

  it('are for admins, and known by their names', async () => {
    expect((await app.call('GET', '/read-models')).status).toBe(401)
    expect((await app.call('POST', '/read-models/nothing/resume', { token })).body).toMatchObject({
      code: 'read-model-not-found',
    })
    expect((await app.call('POST', '/read-models/users/resume', { token })).status).toBe(204)
  })

  it('start no work while their tables are not whole', async () => {
    const done: string[] = []
    await app.parts.sql.query('create table public.owed (work_id uuid primary key)')
    await app.parts.sql.query('insert into public.owed values (gen_random_uuid())')
    const kind = (name: string, projection: string) => ({
      name,
      projection,
      select: 'select work_id from public.owed limit $1',
      window: 1,
      does: { run: () => Promise.resolve(void done.push(name)) },
    })
    await app.parts.sql.query(`insert into live.projections values ('half', '{"state":"rebuilding"}', now())`)
    app.parts.dispatcher.follow(kind('of half a table', 'half'))
    app.parts.dispatcher.follow(kind('of a whole one', 'users'))
    await vi.waitFor(() => expect(done).toContain('of a whole one'), 10_000)
    expect(done).not.toContain('of half a table')
    await app.parts.sql.query(`update live.projections set status = '{"state":"live"}' where name = 'half'`)
    await vi.waitFor(() => expect(done).toContain('of half a table'), 10_000)
  })
})
