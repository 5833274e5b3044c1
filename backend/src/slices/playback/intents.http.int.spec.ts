import { randomUUID } from 'node:crypto'
import type { EventOf } from '@projectionist/shared/events/event'
import { GroupIdentified, MediaIngested } from '@projectionist/shared/events/item'
import type { PlaybackEvent } from '@projectionist/shared/events/playback'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { revert } from '../../platform/eventing/decider.js'
import { join, nothing } from './intents.js'
import { playback } from './playback.js'
import type { Met } from './plays-and-marks.js'

const durationMs = 7_200_000
const minute = 60_000
const device = { id: 'tablet-of-ada', name: 'Tablet' }

describe('what a device did while it was offline', () => {
  let app: TestApp
  let token: string
  let userId: string
  let library: string
  let film: string
  let sequence = 100
  beforeAll(async () => {
    app = await startApp('api,projector')
    token = await app.setUp()
    userId = ((await app.call('GET', '/me', { token })).body as { id: string }).id
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    library = randomUUID()
    film = await ingested('film')
  })

  async function append(streamId: string, event: EventOf): Promise<void> {
    const id = randomUUID()
    const metadata = { version: 1, commandId: id, correlationId: id, causationId: id, actor: { kind: 'process', name: 'test' } as const, reason: 'test', time: new Date().toISOString() }
    const result = await app.parts.store.append({ streamId, expected: 'no-stream', events: [{ ...event, id, metadata }] })
    await app.parts.announcer.waitFor(['items'], result.outcome === 'appended' ? result.position : 0, 5000)
  }
  /** Takes back all events of a stream from a revision on, newest first, as undo does. How many events that took. */
  async function takeBack(streamId: string, from: number): Promise<number> {
    const events = await app.parts.store.read(streamId)
    let intents = events.reduce((all, event) => join(all, event as Met), nothing)
    const said: PlaybackEvent[] = []
    for (const event of events.slice(from).toReversed()) {
      const way = revert(playback, event as unknown as PlaybackEvent, intents) as readonly PlaybackEvent[]
      intents = way.reduce(join, intents)
      said.push(...way)
    }
    const recorded = said.map(event => ({ ...event, id: randomUUID(), metadata: events[0]!.metadata }))
    const result = await app.parts.store.append({ streamId, expected: events.at(-1)!.revision, events: recorded })
    await app.parts.announcer.waitFor(['watch_state'], result.outcome === 'appended' ? result.position : Infinity, 5000)
    return said.length
  }
  async function ingested(kind: 'film' | 'episode', parentId?: string, episodeNumber?: number): Promise<string> {
    const itemId = randomUUID()
    const file = { fileId: randomUUID(), location: { rootId: library, relative: `${itemId}.mkv` }, sizeBytes: 1, modifiedMs: 1 }
    const media = { container: 'matroska', durationMs, video: [{ index: 0, codec: 'h264', width: 1920, height: 1080 }], audio: [], subtitles: [] }
    await append(`item-${itemId}`, MediaIngested({ libraryId: library, kind, ...(parentId && { parentId }), file, media, metadata: { title: 'Here', ...(episodeNumber && { seasonNumber: 1, episodeNumber }) } }))
    return itemId
  }
  /** By a clock that is a day slow. */
  const ago = (ms: number) => new Date(Date.now() - 24 * 60 * minute - ms).toISOString()
  const done = (agoMs: number) => ({ itemId: film, sequence: sequence++, deviceTime: ago(agoMs) })
  const progress = (agoMs: number, positionMs: number, playId: string) => ({ kind: 'progress', ...done(agoMs), playId, positionMs, durationMs })
  const send = async (intents: readonly object[], who = token, headers = {}) => {
    const answer = await app.call('POST', '/me/intents', { token: who, headers, body: { device, sentAt: ago(0), intents } })
    return answer.status === 200 ? (answer.body as { results: { result: string; code?: string }[] }).results.map(({ result, code }) => code ?? result) : answer
  }
  const state = async () => {
    const { body } = await app.call('GET', `/items/${film}`, { token })
    return (body as { state: object }).state
  }
  const recorded = async () => (await app.parts.store.read(`playback-${userId}.${film}`)).map(({ type }) => type)

  it('is taken as if it had been heard of at once', async () => {
    const play = randomUUID()
    expect(await send([progress(9 * minute, 600_000, play), progress(5 * minute, 840_000, play), { kind: 'rated', ...done(4 * minute), rating: 8 }])).toEqual([
      'superseded', 'taken', 'taken',
    ])
    expect(await state()).toMatchObject({ positionMs: 840_000, watched: false, rating: 8 })
    const { lastPlayedAt } = (await state()) as { lastPlayedAt: string }
    expect(Math.abs(Date.now() - 5 * minute - Date.parse(lastPlayedAt))).toBeLessThan(20_000)
    const [start] = await app.parts.store.read(`playback-${userId}.${film}`)
    expect(start).toMatchObject({ type: 'PlaybackStarted', data: { playId: play, libraryId: library, method: 'direct', device }, metadata: { reason: 'done while offline' } })
  })
  it('is recorded once, however often it is sent, also cut and turned round', async () => {
    const play = randomUUID()
    const all = [progress(9 * minute, 600_000, play), progress(8 * minute, 7_000_000, play), { kind: 'unwatched', ...done(7 * minute) }]
    expect(await send(all.toReversed())).toEqual(['taken', 'superseded', 'superseded'])
    const before = await recorded()
    expect(await send(all)).toEqual(['superseded', 'superseded', 'known'])
    expect(await send(all.slice(2))).toEqual(['known'])
    expect(await Promise.all([send(all), send(all.slice(1))])).toEqual([['superseded', 'superseded', 'known'], ['superseded', 'known']])
    expect(await recorded()).toEqual(before)
    expect(await state()).toMatchObject({ watched: false, plays: 1, positionMs: 0 })
  })
  it('leaves of a long play what says something, and no more', async () => {
    const play = randomUUID()
    const minutes = Array.from({ length: 90 }, (_, n) => progress((100 - n) * minute, n * minute, play))
    const results = await send([...minutes, progress(9 * minute, 20 * minute, play)])
    expect(results).toEqual([...minutes.map(() => 'superseded'), 'taken'])
    const places = (await app.parts.store.read(`playback-${userId}.${film}`)).map(({ type, data }) => [type, (data as { positionMs: number }).positionMs / minute])
    expect(places).toEqual([['PlaybackStarted', 0], ['PlaybackProgressed', 0], ['PlaybackProgressed', 89], ['PlaybackProgressed', 20]])
  })
  it('gives the same answer to the same request', async () => {
    const all = [progress(9 * minute, 600_000, randomUUID())]
    const headers = { 'idempotency-key': randomUUID() }
    expect(await send(all, token, headers)).toEqual(['taken'])
    expect(await send(all, token, headers)).toEqual(['taken'])
    expect(await recorded()).toEqual(['PlaybackStarted', 'PlaybackProgressed'])
  })
  it('pulls no newer place back, and is told of; a decision ends that', async () => {
    const [tablet, tv] = [randomUUID(), randomUUID()]
    const tvSaid = { kind: 'progress', itemId: film, sequence: 7, deviceTime: new Date(Date.now() - 2 * minute).toISOString(), playId: tv, positionMs: 2_400_000, durationMs }
    await app.call('POST', '/me/intents', { token, body: { device: { id: 'the-other-tv', name: 'TV' }, sentAt: new Date().toISOString(), intents: [{ ...tvSaid, sequence: 6, positionMs: 0 }, tvSaid] } })
    expect(await send([progress(9 * minute, 3_730_000, tablet)])).toEqual(['superseded'])
    expect(await state()).toMatchObject({
      positionMs: 2_400_000, elsewhere: { playId: tablet, positionMs: 3_730_000, durationMs, device: 'Tablet' },
    })
    expect(await send([{ kind: 'dismissed', ...done(0), playId: tablet }])).toEqual(['taken'])
    expect(await state()).not.toHaveProperty('elsewhere')
    expect(await state()).toMatchObject({ positionMs: 2_400_000 })
  })
  it('keeps the order of one device though its clock was set back, and lets nothing happen in the future', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    const ahead = { ...progress(0, 6_000_000, first), deviceTime: new Date(Date.now() + 999 * minute).toISOString() }
    expect(await send([ahead, progress(30 * minute, 600_000, second)])).toEqual(['superseded', 'taken'])
    expect(await state()).toMatchObject({ positionMs: 600_000 })
    expect(Date.parse(((await state()) as { lastPlayedAt: string }).lastPlayedAt)).toBeLessThanOrEqual(Date.now())
  })
  it('marks a group with all inside', async () => {
    const season = randomUUID()
    await append(`item-${season}`, GroupIdentified({ libraryId: library, kind: 'season', key: 's1', metadata: { title: 'Season 1', seasonNumber: 1 } }))
    for (const _ of [1, 2]) await ingested('episode', season)
    expect(await send([{ kind: 'watched', ...done(minute), itemId: season }])).toEqual(['taken'])
    const { body } = await app.call('GET', `/items/${season}`, { token })
    expect(body).toMatchObject({ state: { unwatched: 0, watched: true } })
    expect(await send([{ ...progress(0, 600_000, randomUUID()), itemId: season, fileId: randomUUID() }])).toEqual(['not-playable'])
  })
  it('can be forgotten: continue watching, next up and counts follow, and come back', async () => {
    const [series, season] = [randomUUID(), randomUUID()]
    await append(`item-${series}`, GroupIdentified({ libraryId: library, kind: 'series', key: 's', metadata: { title: 'Show' } }))
    await append(`item-${season}`, GroupIdentified({ libraryId: library, kind: 'season', parentId: series, key: 's1', metadata: { title: 'Season 1', seasonNumber: 1 } }))
    const [one, two] = [await ingested('episode', season, 1), await ingested('episode', season, 2)]
    const intents = [{ ...progress(9 * minute, 7_000_000, randomUUID()), itemId: one }, progress(5 * minute, 600_000, randomUUID())]
    expect(await send(intents)).toEqual(['taken', 'taken'])
    const shown = async () => {
      const get = async (path: string) => (await app.call('GET', path, { token })).body as { items: { id: string; item: { id: string } }[]; state: object }
      const begun = (await get('/me/continue-watching')).items.filter(({ item }) => item.id === film).length
      return [(await get('/me/next-up')).items.filter(({ id }) => id === two).length, begun, (await get(`/items/${one}`)).state]
    }
    const before = await shown()
    expect(before).toMatchObject([1, 1, { watched: true, plays: 1 }])
    const takenBack = await Promise.all([one, film].map(item => takeBack(`playback-${userId}.${item}`, 0)))
    expect(takenBack).toEqual([1, 1])
    expect(await shown()).toEqual([0, 0, { positionMs: 0, watched: false, plays: 0, lastPlayedAt: null, rating: null, unwatched: null }])
    for (const [index, item] of [one, film].entries()) await takeBack(`playback-${userId}.${item}`, index === 0 ? 3 : 2)
    expect(await shown()).toEqual(before)
  })
  it('is refused, each for itself, where the person may not see the item', async () => {
    await app.call('POST', '/users', { token, body: { name: 'Kid', password: 'battery staple', libraries: [library] } })
    const kid = ((await app.call('POST', '/auth/login', { body: { name: 'Kid', password: 'battery staple' } })).body as { accessToken: string }).accessToken
    const seen = film
    library = randomUUID()
    const hidden = await ingested('film')
    const intents = [{ kind: 'watched', ...done(0), itemId: seen }, ...['watched', 'rated'].map(kind => ({ kind, ...done(0), itemId: hidden, rating: 1 })), { kind: 'watched', ...done(0), itemId: randomUUID() }]
    expect(await send(intents, kid)).toEqual(['taken', 'item-not-found', 'item-not-found', 'item-not-found'])
    expect(await app.parts.store.read(`playback-${userId}.${hidden}`)).toEqual([])
  })
  it('has to be well formed, and not too much', async () => {
    const wrong = { status: 400, body: { code: 'invalid-request' } }
    expect(await send([])).toMatchObject(wrong)
    expect(await send([{ kind: 'rated', ...done(0), rating: 11 }])).toMatchObject(wrong)
    expect(await send([{ ...progress(0, 1, randomUUID()), sequence: undefined }])).toMatchObject(wrong)
    expect(await send(Array.from({ length: 501 }, () => ({ kind: 'watched', ...done(0) })))).toMatchObject(wrong)
    expect((await app.call('POST', '/me/intents', { body: { device, sentAt: ago(0), intents: [{ kind: 'watched', ...done(0) }] } })).status).toBe(401)
  })
  it('goes for marks and ratings on a page too, when the device says when', async () => {
    const clock = (agoMs: number) => ({ sequence: sequence++, deviceTime: ago(agoMs), clockOffsetMs: 24 * 60 * minute })
    const newer = clock(minute)
    expect((await app.call('PUT', `/items/${film}/rating`, { token, body: { rating: 9, ...newer } })).status).toBe(204)
    await app.call('PUT', `/items/${film}/rating`, { token, body: { rating: 2, ...clock(5 * minute) } })
    await app.call('PUT', `/items/${film}/rating`, { token, body: { rating: 9, ...newer } })
    expect(await recorded()).toEqual(['ItemRated', 'ItemRated'])
    await app.call('PUT', `/items/${film}/watched`, { token, body: { watched: true, ...clock(3 * minute) } })
    await app.call('PUT', `/items/${film}/watched`, { token, body: { watched: false, ...clock(4 * minute) } })
    expect(await state()).toMatchObject({ rating: 9, watched: true })
  })
})
