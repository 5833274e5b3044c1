import { randomUUID } from 'node:crypto'
import { MediaFileMoved, MediaIngested } from '@projectionist/shared/events/item'
import { LibraryAdded } from '@projectionist/shared/events/library'
import { PlaybackStarted } from '@projectionist/shared/events/playback'
import { TranscodeStarted } from '@projectionist/shared/events/transcode'
import type { EventOf } from '@projectionist/shared/events/event'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'

const library = randomUUID()
const [item, fileId, person] = [randomUUID(), randomUUID(), randomUUID()]
const file = (relative: string) => ({ fileId, location: { rootId: library, relative }, sizeBytes: 1, modifiedMs: 1 })
const ingested = (container: string) =>
  MediaIngested({
    libraryId: library, kind: 'film', file: file('films/Alien.mkv'), metadata: { title: 'Alien' },
    media: { container, durationMs: 6_000_000, video: [{ index: 0, codec: 'h264', profile: 'High', level: 41, width: 1920, height: 1080 }], audio: [{ index: 1, codec: 'aac', channels: 2, sampleRate: 48_000 }], subtitles: [] },
  })
const started = (playId: string, method: 'direct' | 'remux', of = fileId) =>
  PlaybackStarted({ playId, positionMs: 0, durationMs: 6_000_000, libraryId: library, fileId: of, method, device: { id: 'sofa', name: 'Sofa' } })

describe('plays of the past on another device', () => {
  let app: TestApp
  let admin: string
  let position = 0
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
    await append(`library-${library}`, LibraryAdded({ name: 'Films', kind: 'films', roots: [] }))
  })
  afterAll(() => app.close())

  async function append(streamId: string, ...events: EventOf[]): Promise<void> {
    const last = (await app.parts.store.read(streamId)).at(-1)?.revision
    const result = await app.parts.store.append({
      streamId, expected: last ?? 'no-stream',
      events: events.map(event => {
        const id = randomUUID()
        return { ...event, id, metadata: { version: 1, commandId: id, correlationId: id, causationId: id, actor: { kind: 'process', name: 'test' } as const, reason: 'test', time: new Date().toISOString() } }
      }),
    })
    if (result.outcome === 'appended') position = result.position
  }
  const ask = (body: object, token = admin) => app.call('POST', '/playback/what-if', { token, body, headers: { 'min-position': String(position) } })

  it('takes each file as it was when it was played', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    await append(`item-${item}`, ingested('matroska'))
    await append(`playback-${person}.${item}`, started(first, 'remux'))
    await append(`transcode-${first}`, TranscodeStarted({ itemId: item, fileId, userId: person, method: 'remux', reasons: ['container-not-supported'], video: 'H.264', audio: 'AAC' }))
    // The same file, put into another container and moved.
    await append(`item-${item}`, ingested('mp4'), MediaFileMoved({ file: file('films/better/Alien.mp4') }))
    await append(`playback-${person}.${item}`, started(second, 'direct'), started(randomUUID(), 'direct', randomUUID()))
    const { body } = await ask({ profile: 'chrome' })
    expect(body).toMatchObject({ device: 'Chrome', plays: 2, unknown: 1, was: { direct: 1, remux: 1, transcode: 0 }, wouldBe: { direct: 1, remux: 1, transcode: 0, impossible: 0 } })
    const plays = body.groups.flatMap((group: { plays: object[] }) => group.plays)
    expect(plays).toMatchObject([
      { itemId: item, title: 'Alien', device: 'Sofa', file: 'Alien.mp4', was: 'direct', wasReasons: [], wouldBe: 'direct', reasons: [] },
      { file: 'Alien.mkv', was: 'remux', wasReasons: ['container-not-supported'], wouldBe: 'remux', reasons: [{ code: 'container-not-supported' }] },
    ])
  })
  it('takes a device that somebody describes, and only so many plays', async () => {
    const profile = { name: 'Anything', direct: [{ container: 'matroska', video: ['h264'], audio: ['aac'] }, { container: 'mp4', video: ['h264'], audio: ['aac'] }], hls: { video: [], audio: [] }, video: [{ codec: 'h264' }], audio: [{ codec: 'aac' }] }
    expect((await ask({ profile })).body).toMatchObject({ device: 'Anything', plays: 2, wouldBe: { direct: 2 } })
    expect((await ask({ profile, last: 2 })).body).toMatchObject({ plays: 1, unknown: 1 })
    expect((await ask({ profile: 'toaster' })).body).toMatchObject({ code: 'invalid-request' })
  })
  it('is for admins', async () => {
    await app.call('POST', '/users', { token: admin, body: { name: 'Kid', password: 'battery staple' } })
    const { body } = await app.call('POST', '/auth/login', { body: { name: 'Kid', password: 'battery staple' } })
    expect((await ask({ profile: 'chrome' }, body.accessToken)).body).toMatchObject({ code: 'not-allowed' })
  })
})
