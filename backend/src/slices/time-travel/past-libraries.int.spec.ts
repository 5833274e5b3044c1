import { randomUUID } from 'node:crypto'
import { MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { LibraryAdded } from '@projectionist/shared/events/library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type TestApp } from '../../../test/app.js'
import { pastProjections } from '../all.js'
import { dice, MadeUpHistory, Teller } from './made-up-history.fixture.js'

const views = ['items', 'people', 'removed_libraries', 'libraries', 'library_roots', 'watch_state']
const projections = ['items', 'libraries', 'watch_state', 'history']

describe('past libraries', () => {
  let app: TestApp
  let admin: string
  let adminId: string
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
    adminId = ((await app.call('GET', '/me', { token: admin })).body as { id: string }).id
  })
  afterAll(() => app.close())

  const hashes = async (schema: string): Promise<Record<string, string>> => {
    const hash = async (view: string) =>
      (await app.parts.sql.query<{ hash: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as hash from ${schema}.${view} t`))[0]!.hash
    return Object.fromEntries(await Promise.all(views.map(async view => [view, await hash(view)] as const)))
  }
  const projected = async (position: number) => expect(await app.parts.announcer.waitFor(projections, position, 10_000)).toBe(true)
  const lookBack = async (at: string): Promise<string> => {
    const { status, body } = await app.call('POST', '/time-travel', { token: admin, body: { at } })
    expect(status).toBe(202)
    return body.id
  }
  /** Asks until it is done, as a browser does. */
  const ready = async (id: string): Promise<Answer['body']> => {
    const { body } = await app.call('GET', `/time-travel/${id}`, { token: admin })
    return ['waiting', 'building'].includes(body.state) ? ready(id) : body
  }
  const schemaOf = (id: string) => `asof_${id.replaceAll('-', '')}`
  const schemas = async () => (await app.parts.sql.query<{ n: string }>(`select nspname as n from pg_namespace where nspname like 'asof_%' order by 1`)).map(row => row.n)
  const then = (id: string, path: string, token = admin) => app.call('GET', path, { token, headers: { 'as-of': id } })

  it('are what the live tables were at that moment, whatever happened since', async () => {
    const roll = dice(Number(process.env['SEED'] ?? 4))
    const history = new MadeUpHistory(roll, [adminId, randomUUID(), randomUUID()])
    const teller = new Teller(app.parts.store, Date.now() - 400 * 24 * 3600_000)
    const remembered: { at: string; hashes: Record<string, string> }[] = []
    for (let round = 0; round < 8; round++) {
      await projected(await teller.tell(Array.from({ length: 1 + Math.floor(roll() * 60) }, () => history.next())))
      remembered.push({ at: teller.now, hashes: await hashes('read') })
    }
    expect(new Set(remembered.map(each => each.hashes['items'])).size).toBe(8)
    for (const { at, hashes: expected } of remembered) {
      const id = await lookBack(at)
      expect(await ready(id)).toMatchObject({ at, state: 'ready', progress: 1, problem: null })
      expect(await hashes(schemaOf(id))).toEqual(expected)
    }
    // Before all of it there was nothing.
    const empty = await lookBack('2001-01-01T00:00:00.000Z')
    expect(await ready(empty)).toMatchObject({ state: 'ready', position: '0' })
    expect((await then(empty, '/items')).body).toEqual({ items: [], next: null })
    // Two are kept.
    const { body } = await app.call('GET', '/time-travel', { token: admin })
    expect(body.libraries.map((library: { at: string }) => library.at)).toEqual(['2001-01-01T00:00:00.000Z', remembered.at(-1)!.at])
    expect(body.first).toBe(new Date(teller.start + 60_000).toISOString())
    expect(new Set((await schemas()).map(name => name.slice(0, 37)))).toEqual(new Set(body.libraries.map((library: { id: string }) => schemaOf(library.id))))
  })

  it('show in the same pages what was, and nothing of it can be changed', async () => {
    const library = randomUUID()
    const item = randomUUID()
    const teller = new Teller(app.parts.store, Date.now() - 24 * 3600_000)
    const file = { fileId: randomUUID(), location: { rootId: randomUUID(), relative: 'Alien.mkv' }, sizeBytes: 1, modifiedMs: 1 }
    const media = { container: 'matroska', durationMs: 6_000_000, video: [{ index: 0, codec: 'h264', width: 1920, height: 1080 }], audio: [], subtitles: [] }
    await teller.tell([
      { streamId: `library-${library}`, event: LibraryAdded({ name: 'Films of then', kind: 'films', roots: [] }) },
      { streamId: `item-${item}`, event: MediaIngested({ libraryId: library, kind: 'film', file, media, metadata: { title: 'Alien', year: 1979, genres: ['Horror'] } }) },
    ])
    const at = teller.now
    await projected(await teller.tell([{ streamId: `item-${item}`, event: MetadataEdited({ fields: { title: 'Xenomorph', genres: ['Comedy'] } }) }]))
    const id = await lookBack(at)
    await ready(id)
    expect((await then(id, `/items/${item}`)).body).toMatchObject({ title: 'Alien', genres: ['Horror'] })
    expect((await app.call('GET', `/items/${item}`, { token: admin })).body).toMatchObject({ title: 'Xenomorph', genres: ['Comedy'] })
    expect((await then(id, `/items?library=${library}&genre=Horror`)).body.items.map((each: { title: string }) => each.title)).toEqual(['Alien'])
    expect((await then(id, `/items/index?library=${library}`)).body).toMatchObject({ total: 1, buckets: [{ key: 'A', count: 1 }] })
    expect((await then(id, `/items/facets?library=${library}`)).body).toMatchObject({ genres: [{ value: 'Horror', count: 1 }] })
    expect((await then(id, '/search?q=alien')).body.groups[0].items.map((each: { id: string }) => each.id)).toEqual([item])
    expect((await then(id, '/search?q=xenomorph')).body).toEqual({ groups: [] })
    expect((await then(id, '/libraries')).body.libraries.find((each: { id: string }) => each.id === library)).toMatchObject({ name: 'Films of then', itemCount: 1, scan: null })
    expect((await then(id, '/me/next-up')).status).toBe(200)
    // People and rights are today's.
    expect((await then(id, '/me')).body).toMatchObject({ id: adminId })

    for (const [method, path, body] of [
      ['PUT', `/items/${item}/watched`, { watched: true }],
      ['PUT', `/items/${item}/rating`, { rating: 5 }],
      ['POST', `/items/${item}/playback`, { profile: 'chrome' }],
      ['POST', '/libraries', { name: 'New', kind: 'films', folders: ['/tmp'] }],
      ['DELETE', `/libraries/${library}`, undefined],
    ] as const) {
      const refused = await app.call(method, path, { token: admin, headers: { 'as-of': id }, ...(body && { body }) })
      expect([path, refused.status, refused.body.code]).toEqual([path, 409, 'in-the-past'])
    }
    expect(await app.parts.store.read(`playback-${adminId}.${item}`)).toEqual([])

    // The same moment again is the same library; put away it is gone, with all that was made of it.
    expect(await lookBack(at)).toBe(id)
    expect((await app.call('DELETE', `/time-travel/${id}`, { token: admin, headers: { 'as-of': id } })).status).toBe(204)
    expect((await then(id, '/items')).body).toMatchObject({ code: 'past-library-gone' })
    await expect.poll(async () => (await schemas()).filter(name => name.startsWith(schemaOf(id)))).toEqual([])
  })

  it('are for admins, and an admin sees no more of them than of today', async () => {
    const add = async (name: string, role: string) => {
      const { body } = await app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple', role, libraries: [] } })
      const signedIn = await app.call('POST', '/auth/login', { body: { name, password: 'battery staple' } })
      return { id: body.id as string, token: signedIn.body.accessToken as string }
    }
    const [member, narrow] = [await add('Kid', 'member'), await add('Narrow', 'admin')]
    const id = await lookBack(new Date().toISOString())
    await ready(id)
    expect((await then(id, '/items', member.token)).body).toMatchObject({ code: 'not-allowed' })
    expect((await app.call('POST', '/time-travel', { token: member.token, body: { at: new Date().toISOString() } })).status).toBe(403)
    expect((await then(id, '/items?limit=1')).body.items).toHaveLength(1)
    expect((await then(id, '/items', narrow.token)).body).toEqual({ items: [], next: null })
    expect((await then(id, '/libraries', narrow.token)).body).toEqual({ libraries: [] })
  })

  it('refuse what cannot be', async () => {
    const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString()
    expect((await app.call('POST', '/time-travel', { token: admin, body: { at: tomorrow } })).body).toMatchObject({ code: 'invalid-request' })
    expect((await then(randomUUID(), '/items')).body).toMatchObject({ code: 'past-library-gone' })
    expect((await then('drop table', '/items')).body).toMatchObject({ code: 'past-library-gone' })
    const id = randomUUID()
    await app.parts.sql.query(`insert into live.past_libraries (id, at, position, made_of, people, owner, until) select $1, now(), 1, made_of, '{}', 'another node', now() + interval '1 hour' from live.past_libraries limit 1`, [id])
    expect((await then(id, '/items')).body).toMatchObject({ code: 'past-library-unfinished' })
    await app.call('DELETE', `/time-travel/${id}`, { token: admin })
  })

  it('go when nobody looks at them, and when somebody in them is erased', async () => {
    const gone = async (id: string) => {
      await app.parts.sql.query(`select pg_notify('past_libraries', 'look')`)
      await expect.poll(async () => (await schemas()).some(name => name.startsWith(schemaOf(id)))).toBe(false)
    }
    const idle = await lookBack('2001-01-01T00:00:00.000Z')
    await ready(idle)
    await app.parts.sql.query(`update live.past_libraries set used_at = now() - interval '31 minutes' where id = $1`, [idle])
    await gone(idle)
    const id = await lookBack('2001-01-01T00:00:00.000Z')
    await ready(id)
    await app.parts.sql.query('update live.past_libraries set people = people || $2::uuid where id = $1', [id, randomUUID()])
    expect((await then(id, '/items')).body).toMatchObject({ code: 'past-library-gone' })
    await gone(id)
  })

  it('are made again when somebody has dropped their tables', async () => {
    const id = await lookBack('2001-01-01T00:00:00.000Z')
    await ready(id)
    for (const name of (await schemas()).toReversed()) await app.parts.sql.query(`drop schema ${name} cascade`)
    expect((await then(id, '/me/next-up')).body).toMatchObject({ code: 'past-library-gone' })
    await expect.poll(() => lookBack('2001-01-01T00:00:00.000Z')).not.toBe(id)
  })

  it('are gone on with when the node that made them died', async () => {
    const dead = randomUUID()
    await app.parts.sql.query(
      `insert into live.past_libraries (id, at, position, made_of, people, state, owner, until)
       values ($1, '2001-01-01T00:00:00Z', 5, $2, '{}', 'building', 'dead node', now() - interval '1 second')`,
      [dead, await madeOf()],
    )
    await app.parts.sql.query(`select pg_notify('past_libraries', 'look')`)
    expect(await ready(dead)).toMatchObject({ state: 'ready', position: '5' })
  })

  const madeOf = async () => [await app.parts.store.identity(), ...pastProjections.map(({ name, version }) => `${name}_v${version}`)].join(' ')
})
