import { randomUUID } from 'node:crypto'
import { GroupIdentified, MediaFileRemoved, MediaIngested } from '@projectionist/shared/events/item'
import { LibraryAdded, LibraryRemoved } from '@projectionist/shared/events/library'
import type { EventOf } from '@projectionist/shared/events/event'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'

const films = randomUUID()
const shows = randomUUID()
const root = randomUUID()
const ids = Object.fromEntries(['Alien', 'Brazil', 'Casablanca', 'series', 'season', 'one', 'two', 'three'].map(name => [name, randomUUID()])) as Record<string, string>

const file = () => ({ fileId: randomUUID(), location: { rootId: root, relative: `${randomUUID()}.mkv` }, sizeBytes: 1, modifiedMs: 1 })
const media = (height: number) => ({ container: 'matroska', durationMs: 6_000_000, video: [{ index: 0, codec: 'h264', width: Math.round(height * 1.78), height }], audio: [], subtitles: [] })
const film = (title: string, year: number, height: number, genres: string[]) =>
  MediaIngested({ libraryId: films, kind: 'film', file: file(), media: media(height), metadata: { title, year, genres, people: [{ name: 'Sigourney Weaver', role: 'actor' }] } })
const episode = (title: string, episodeNumber: number) =>
  MediaIngested({ libraryId: shows, kind: 'episode', parentId: ids['season']!, file: file(), media: media(720), metadata: { title, seasonNumber: 1, episodeNumber } })

describe('catalogue', () => {
  let app: TestApp
  let token: string
  let position = 0
  beforeAll(async () => {
    app = await startApp('api,projector')
    token = await app.setUp()
    await append(`library-${films}`, LibraryAdded({ name: 'Films', kind: 'films', roots: [{ rootId: root, path: '/films' }] }))
    await append(`library-${shows}`, LibraryAdded({ name: 'Shows', kind: 'shows', roots: [] }))
    await append(`item-${ids['Casablanca']}`, film('Casablanca', 1942, 480, ['Drama', 'Romance']))
    await append(`item-${ids['Alien']}`, film('Alien', 1979, 2160, ['Horror']))
    await append(`item-${ids['Brazil']}`, film('Brazil', 1985, 1080, ['Drama']))
    await append(`item-${ids['series']}`, GroupIdentified({ libraryId: shows, kind: 'series', key: 's', metadata: { title: 'Nice Show' } }))
    await append(`item-${ids['season']}`, GroupIdentified({ libraryId: shows, kind: 'season', parentId: ids['series']!, key: 's1', metadata: { title: 'Season 1', seasonNumber: 1 } }))
    for (const [index, name] of ['one', 'two', 'three'].entries()) await append(`item-${ids[name]}`, episode(`Part ${name}`, index + 1))
  })
  afterAll(() => app.close())

  async function append(streamId: string, ...events: EventOf[]): Promise<void> {
    const last = (await app.parts.store.read(streamId)).at(-1)?.revision
    const recorded = events.map(event => ({
      ...event,
      id: randomUUID(),
      metadata: { version: 1, commandId: randomUUID(), correlationId: randomUUID(), causationId: randomUUID(), actor: { kind: 'process', name: 'test' } as const, reason: 'test', time: new Date().toISOString() },
    }))
    const result = await app.parts.store.append({ streamId, expected: last ?? 'no-stream', events: recorded })
    if (result.outcome === 'appended') position = result.position
  }
  const get = async (path: string, who = token) => {
    const answer = await app.call('GET', path, { token: who, headers: { 'min-position': String(position) } })
    expect(answer.headers['stale']).toBeUndefined()
    return answer.body
  }
  const titles = async (query: string, who = token): Promise<string[]> => ((await get(`/items?${query}`, who)) as { items: { title: string }[] }).items.map(({ title }) => title)

  it('lists in any order', async () => {
    expect(await titles('kind=film')).toEqual(['Alien', 'Brazil', 'Casablanca'])
    expect(await titles('kind=film&sort=year&order=desc')).toEqual(['Brazil', 'Alien', 'Casablanca'])
    expect(await titles('kind=film&sort=added')).toEqual(['Casablanca', 'Alien', 'Brazil'])
    expect(await titles('kind=episode&sort=number')).toEqual(['Part one', 'Part two', 'Part three'])
  })
  it('narrows by genre, year, quality, person, words and parent', async () => {
    expect(await titles('kind=film&genre=Drama')).toEqual(['Brazil', 'Casablanca'])
    expect(await titles('kind=film&genre=Romance&genre=Horror')).toEqual(['Alien', 'Casablanca'])
    expect(await titles('kind=film&year=1940-1979')).toEqual(['Alien', 'Casablanca'])
    expect(await titles('kind=film&quality=4K&quality=1080p')).toEqual(['Alien', 'Brazil'])
    expect(await titles('person=Sigourney%20Weaver')).toHaveLength(3)
    expect(await titles('q=casa')).toEqual(['Casablanca'])
    expect(await titles(`parent=${ids['season']}&kind=episode`)).toHaveLength(3)
  })
  it('goes page by page, and knows the shape of the whole', async () => {
    const first = (await get('/items?kind=film&limit=2')) as { items: { title: string }[]; next: string }
    expect(first.items.map(({ title }) => title)).toEqual(['Alien', 'Brazil'])
    expect(await get(`/items?kind=film&limit=2&cursor=${encodeURIComponent(first.next)}`)).toMatchObject({ items: [{ title: 'Casablanca' }], next: null })
    expect(await get('/items/index?kind=film')).toMatchObject({ total: 3, buckets: [{ key: 'A', count: 1 }, { key: 'B', count: 1 }, { key: 'C', count: 1 }] })
    expect(await get('/items/facets?kind=film')).toMatchObject({ genres: [{ value: 'Drama', count: 2 }, { value: 'Horror', count: 1 }, { value: 'Romance', count: 1 }] })
    expect((await app.call('GET', '/items?cursor=nonsense', { token })).body).toMatchObject({ code: 'invalid-request' })
  })
  it('finds as one types, with mistakes', async () => {
    expect(await get('/search?q=casablnca')).toMatchObject({ groups: [{ kind: 'film', total: 1, items: [{ title: 'Casablanca' }] }] })
    expect(await get('/search?q=nice%20sh')).toMatchObject({ groups: expect.arrayContaining([expect.objectContaining({ kind: 'series' })]) as unknown })
  })
  it('shows an item with its files, children and what to play', async () => {
    expect(await get(`/items/${ids['Alien']}`)).toMatchObject({ title: 'Alien', year: 1979, quality: '4K', genres: ['Horror'], files: [{ available: true }], children: [] })
    expect(await get(`/items/${ids['series']}`)).toMatchObject({ childCount: 1, state: { unwatched: 3 }, children: [{ title: 'Season 1', childCount: 3 }], next: { title: 'Part one' } })
    expect((await app.call('GET', `/items/${randomUUID()}`, { token })).body).toMatchObject({ code: 'item-not-found' })
  })
  it('follows what people watch', async () => {
    const marked = await app.call('PUT', `/items/${ids['one']}/watched`, { token, body: { watched: true } })
    position = Number(marked.headers['position'])
    expect(await get('/me/next-up')).toMatchObject({ items: [{ title: 'Part two' }] })
    expect(await get(`/items/${ids['season']}`)).toMatchObject({ state: { unwatched: 2, watched: false }, next: { title: 'Part two' } })
    expect(await titles('kind=episode&watched=unwatched&sort=number')).toEqual(['Part two', 'Part three'])
    const now = new Date().toISOString()
    const halfway = { kind: 'progress', itemId: ids['three'], playId: randomUUID(), positionMs: 3_000_000, durationMs: 6_000_000, sequence: 1, deviceTime: now }
    const begun = await app.call('POST', '/me/intents', { token, body: { device: { id: 'tablet-1', name: 'Tablet' }, sentAt: now, intents: [halfway] } })
    position = Number(begun.headers['position'])
    expect(await get('/me/next-up')).toEqual({ items: [] })
    expect(await get('/me/continue-watching')).toMatchObject({ items: [{ item: { title: 'Part three', episodeNumber: 3 }, positionMs: 3_000_000 }] })
    const all = await app.call('PUT', `/items/${ids['series']}/watched`, { token, body: { watched: true } })
    position = Number(all.headers['position'])
    expect(await get('/me/next-up')).toEqual({ items: [] })
    expect(await get(`/items/${ids['series']}`)).toMatchObject({ state: { unwatched: 0, watched: true } })
  })
  it('shows each person only what they may see, through every way', async () => {
    const added = await app.call('POST', '/users', { token, body: { name: 'Kid', password: 'battery staple', libraries: [shows] } })
    await app.parts.announcer.waitFor(['users'], Number(added.headers['position']), 5000)
    const signedIn = await app.call('POST', '/auth/login', { body: { name: 'Kid', password: 'battery staple' } })
    position = Number(signedIn.headers['position'])
    const kid = (signedIn.body as { accessToken: string }).accessToken
    expect(await titles('kind=film', kid)).toEqual([])
    expect(await get('/items/index?kind=film', kid)).toEqual({ total: 0, buckets: [] })
    expect(await get('/items/facets', kid)).toMatchObject({ genres: [] })
    expect(await get('/search?q=alien', kid)).toEqual({ groups: [] })
    expect(await get('/libraries', kid)).toMatchObject({ libraries: [{ name: 'Shows' }] })
    expect(await titles('person=Sigourney%20Weaver', kid)).toEqual([])
    for (const [method, path, given] of [
      ['GET', `/items/${ids['Alien']}`, undefined],
      ['PUT', `/items/${ids['Alien']}/watched`, { watched: true }],
      ['PUT', `/items/${ids['Alien']}/rating`, { rating: 5 }],
      ['POST', `/items/${ids['Alien']}/playback`, { profile: 'chrome' }],
    ] as const)
      expect([path, (await app.call(method, path, { token: kid, ...(given && { body: given }) })).body]).toMatchObject([path, { code: 'item-not-found' }])
    const { entries } = (await get('/history', kid)) as { entries: { type: string; subject: { title: string } }[] }
    expect(entries.map(({ type, subject }) => [type, subject.title])).toEqual([['SignedIn', 'Kid'], ['UserAdded', 'Kid']])
  })
  it('drops what has no files any more, and groups with it; a library that is removed takes its items out of sight', async () => {
    for (const name of ['one', 'two', 'three']) {
      const [ingested] = await app.parts.store.read(`item-${ids[name]}`)
      await append(`item-${ids[name]}`, MediaFileRemoved({ fileId: (ingested!.data as { file: { fileId: string } }).file.fileId }))
    }
    expect(await get('/items/index?kind=series')).toMatchObject({ total: 0 })
    expect(await get('/items/index?kind=episode')).toMatchObject({ total: 0 })
    await append(`library-${films}`, LibraryRemoved({}))
    expect(await get('/items/index')).toEqual({ total: 0, buckets: [] })
    expect((await app.call('GET', `/items/${ids['Alien']}`, { token })).body).toMatchObject({ code: 'item-not-found' })
  })
})
