import { randomUUID } from 'node:crypto'
import { MediaIngested, MetadataEdited } from '@projectionist/shared/events/item'
import { LibraryAdded, LibraryRenamed } from '@projectionist/shared/events/library'
import { ItemRated, MarkedUnwatched, MarkedWatched } from '@projectionist/shared/events/playback'
import type { EventOf } from '@projectionist/shared/events/event'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type Answer, type TestApp } from '../../../test/app.js'
import { Teller } from './made-up-history.fixture.js'

const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
const library = randomUUID()
const film = (title: string, genres: string[] = []): EventOf =>
  MediaIngested({
    libraryId: library, kind: 'film', file: { fileId: randomUUID(), location: { rootId: library, relative: `${title}.mkv` }, sizeBytes: 1, modifiedMs: 1 },
    media: { container: 'mp4', durationMs: 6_000_000, video: [], audio: [], subtitles: [] }, metadata: { title, genres },
  })

describe('looking back', () => {
  let app: TestApp
  let admin: string
  let ada: string
  let kid: { id: string; token: string }
  let teller: Teller
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
    ada = (await app.call('GET', '/me', { token: admin })).body.id
    const { body } = await app.call('POST', '/users', { token: admin, body: { name: 'Kid', password: 'battery staple', libraries: [library] } })
    kid = { id: body.id, token: (await app.call('POST', '/auth/login', { body: { name: 'Kid', password: 'battery staple' } })).body.accessToken }
    teller = new Teller(app.parts.store, Date.now() - 300 * 24 * 3600_000)
    await tell(`library-${library}`, LibraryAdded({ name: 'Films', kind: 'films', roots: [] }))
  })
  afterAll(() => app.close())

  let position = 0
  async function tell(streamId: string, event: EventOf, correlationId?: string, userId?: string): Promise<string> {
    position = await teller.tell([{ streamId, event }], userId ? { kind: 'user', userId } : undefined, correlationId)
    return teller.now
  }
  const get = async (path: string, token = admin): Promise<Answer> => {
    await app.parts.announcer.waitFor(['history', 'items', 'users'], position, 10_000)
    return app.call('GET', path, { token })
  }

  it('shows a subject as it was beside how it is, and what each event changed', async () => {
    const id = randomUUID()
    await tell(`item-${id}`, film('Alien', ['Horror']))
    const then = await tell(`item-${id}`, MetadataEdited({ fields: { genres: ['Horror', 'Drama'] } }), undefined, ada)
    await tell(`item-${id}`, MetadataEdited({ fields: { title: 'Xenomorph' } }))
    const { body } = await get(`/streams/item/${id}?at=${then}`)
    expect(body.subject).toEqual({ category: 'item', id, title: 'Xenomorph' })
    expect(body.then).toEqual({ title: 'Alien', genres: ['Horror', 'Drama'], files: ['Alien.mkv'] })
    expect(body.now).toEqual({ title: 'Xenomorph', genres: ['Horror', 'Drama'], files: ['Alien.mkv'] })
    expect(body.differences).toEqual([{ field: 'title', from: 'Alien', to: 'Xenomorph' }])
    expect(body.events.map((event: { type: string; actorName: string; changes: unknown }) => [event.type, event.actorName, event.changes])).toEqual([
      ['MetadataEdited', 'Ada', [{ field: 'genres', from: ['Horror'], to: ['Horror', 'Drama'] }]],
      ['MediaIngested', 'test', [{ field: 'files', to: ['Alien.mkv'] }, { field: 'genres', to: ['Horror'] }, { field: 'title', to: 'Alien' }]],
    ])
    expect(body.next).toBeNull()
    const first = (await get(`/streams/item/${id}?at=${then}&limit=1`)).body
    expect(first.events).toHaveLength(1)
    expect((await get(`/streams/item/${id}?at=${then}&limit=1&cursor=${first.next}`)).body).toMatchObject({ events: [{ type: 'MediaIngested' }], next: null })
    expect((await get(`/streams/item/${id}?at=2001-01-01T00:00:00.000Z`)).body).toMatchObject({ then: null, events: [] })
  })

  it('shows members what is their own, and nothing else', async () => {
    const item = randomUUID()
    await tell(`item-${item}`, film('Secret'))
    await tell(`playback-${kid.id}.${item}`, ItemRated({ rating: 3, ...clock }), undefined, kid.id)
    await tell(`playback-${ada}.${item}`, ItemRated({ rating: 9, ...clock }), undefined, ada)
    expect((await get(`/streams/user/${kid.id}`, kid.token)).body).toMatchObject({ then: { name: 'Kid' } })
    expect((await get(`/streams/playback/${kid.id}.${item}`, kid.token)).body).toMatchObject({ then: { rating: 3 }, subject: { title: 'Secret' } })
    for (const path of [`user/${ada}`, `playback/${ada}.${item}`, `item/${item}`, `library/${library}`])
      expect([path, (await get(`/streams/${path}`, kid.token)).body.code]).toEqual([path, 'stream-not-found'])
    expect((await get(`/streams/playback/${kid.id}.${item}`)).status).toBe(200)
    expect((await get(`/streams/item/${randomUUID()}`)).body).toMatchObject({ code: 'stream-not-found' })
    expect((await get(`/time-travel/watching?user=${ada}`, kid.token)).body).toMatchObject({ code: 'user-not-found' })
    const now = new Date().toISOString()
    for (const path of [`/time-travel/difference?from=${now}&to=${now}`, `/time-travel/difference/${item}?from=${now}&to=${now}`, '/time-travel'])
      expect((await get(path, kid.token)).body).toMatchObject({ code: 'not-allowed' })
  })

  it('shows an admin with some libraries nothing of the others', async () => {
    const { body } = await app.call('POST', '/users', { token: admin, body: { name: 'Narrow', password: 'battery staple', role: 'admin', libraries: [] } })
    const { accessToken: narrow } = (await app.call('POST', '/auth/login', { body: { name: 'Narrow', password: 'battery staple' } })).body
    const item = randomUUID()
    const from = await tell(`item-${randomUUID()}`, film('Before'))
    await tell(`item-${item}`, film('Elsewhere'))
    await tell(`playback-${ada}.${item}`, ItemRated({ rating: 9, ...clock }), undefined, ada)
    const to = teller.now
    for (const path of [`item/${item}`, `library/${library}`, `playback/${ada}.${item}`])
      expect([path, (await get(`/streams/${path}`, narrow)).body.code]).toEqual([path, 'stream-not-found'])
    expect((await get(`/streams/user/${body.id}`, narrow)).status).toBe(200)
    expect((await get(`/time-travel/difference?from=${from}&to=${to}`, narrow)).body.causes).toEqual([])
    expect((await get(`/time-travel/watching?user=${ada}`, narrow)).body.entries).toEqual([])
    expect((await get(`/time-travel/difference?from=${from}&to=${to}`)).body.causes).toHaveLength(2)
  })

  it('shows where a person stood with everything, latest first, page by page', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    await tell(`item-${one}`, film('One'))
    await tell(`item-${two}`, film('Two'))
    await tell(`playback-${ada}.${one}`, MarkedWatched(clock), undefined, ada)
    await tell(`playback-${ada}.${two}`, ItemRated({ rating: 4, ...clock }), undefined, ada)
    const then = await tell(`playback-${ada}.${one}`, ItemRated({ rating: 8, ...clock }), undefined, ada)
    await tell(`playback-${ada}.${one}`, MarkedUnwatched(clock), undefined, ada)
    const first = (await get(`/time-travel/watching?at=${then}&limit=1`)).body
    expect(first.entries).toMatchObject([{ itemId: one, item: { title: 'One' }, at: then, then: { watched: true, rating: 8 }, now: { watched: false, rating: 8 }, differences: [{ field: 'watched', from: true, to: false }] }])
    const second = (await get(`/time-travel/watching?at=${then}&limit=1&cursor=${first.next}`)).body
    expect(second.entries.map((entry: { itemId: string }) => entry.itemId)).toEqual([two])
  })

  describe('at the difference between two moments', () => {
    type Cause = { id: string; reason: string; partly: boolean; events: number; subjects: { subject: { id: string }; changes: unknown; isNew: boolean; undone: boolean }[]; next: string | null }
    const causes = async (from: string, to: string, limit = 50): Promise<Cause[]> => {
      const all: Cause[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body }: Answer = await get(`/time-travel/difference?from=${from}&to=${to}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
        all.push(...body.causes)
        cursor = body.next
      }
      return all
    }

    it('tells what each cause changed, from what to what, latest first', async () => {
      const items = Array.from({ length: 60 }, () => randomUUID())
      const [scan, edit, back] = [randomUUID(), randomUUID(), randomUUID()]
      const from = teller.now
      for (const [index, id] of items.entries()) await tell(`item-${id}`, film(`Film ${index}`), scan)
      const between = teller.now
      await tell(`library-${library}`, LibraryRenamed({ name: 'Movies' }), edit, ada)
      await tell(`library-${library}`, LibraryRenamed({ name: 'Films' }), back, ada)
      const to = teller.now
      const found = await causes(from, to)
      expect(found.map(({ id }) => id)).toEqual([back, edit, scan])
      expect(found[1]).toMatchObject({ partly: false, events: 1, next: null, subjects: [{ subject: { category: 'library', id: library, title: 'Films' }, changes: [{ field: 'name', from: 'Films', to: 'Movies' }], undone: true }] })
      expect(found[2]!.subjects.map(({ subject, isNew }) => [subject.id, isNew])).toEqual(items.slice(0, 25).map(id => [id, true]))
      const rest: string[] = []
      for (let cursor = found[2]!.next; cursor !== null; ) {
        const { body }: Answer = await get(`/time-travel/difference/${scan}?from=${from}&to=${to}&limit=20&cursor=${cursor}`)
        rest.push(...body.subjects.map((each: { subject: { id: string } }) => each.subject.id))
        cursor = body.next
      }
      expect(rest).toEqual(items.slice(25))
      // Page by page it is the same.
      expect((await causes(from, to, 1)).map(({ id }) => id)).toEqual([back, edit, scan])
      expect((await causes(between, to)).map(({ id }) => id)).toEqual([back, edit])
      expect(await causes(to, to)).toEqual([])
    })

    it('calls new what was not there, not what got something it had not', async () => {
      const id = randomUUID()
      await tell(`item-${id}`, film('Bare'))
      const from = teller.now
      await tell(`item-${id}`, MetadataEdited({ fields: { tagline: 'Dressed' } }))
      expect(await causes(from, teller.now)).toMatchObject([{ subjects: [{ subject: { id }, changes: [{ field: 'tagline', to: 'Dressed' }], isNew: false }] }])
    })

    it('finds what began before, and takes of it only what happened between', async () => {
      const [id, scan] = [randomUUID(), randomUUID()]
      await tell(`item-${id}`, film('Early'), scan)
      const from = teller.now
      await tell(`item-${id}`, MetadataEdited({ fields: { title: 'Later' } }), scan)
      const to = teller.now
      await tell(`item-${id}`, MetadataEdited({ fields: { title: 'Latest' } }), scan)
      expect(await causes(from, to)).toMatchObject([{ id: scan, partly: true, events: 3, subjects: [{ subject: { id }, changes: [{ field: 'title', from: 'Early', to: 'Later' }], undone: false }] }])
    })

    it('passes over what changed nothing', async () => {
      const from = new Date().toISOString()
      await app.call('POST', '/auth/login', { body: { name: 'Kid', password: 'battery staple' } })
      expect(await causes(from, new Date().toISOString())).toEqual([])
    })

    it('refuses moments that are the wrong way round', async () => {
      expect((await get('/time-travel/difference?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')).body).toMatchObject({ code: 'invalid-request' })
    })
  })
})
