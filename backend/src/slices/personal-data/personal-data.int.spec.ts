import { randomUUID } from 'node:crypto'
import { CommandBus } from '@nestjs/cqrs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../../test/app.js'
import { unzip } from '../../../test/unzip.js'
import { Keys } from '../../platform/keys.js'
import { MarkWatched, RateItem } from '../playback/playback.js'
import { Downloads } from './downloads.js'

const clock = { deviceSequence: 1, deviceTime: '2026-01-01T20:00:00.000Z', clockOffsetMs: 0 }

describe('an export', () => {
  let app: TestApp
  let admin: string
  beforeAll(async () => {
    app = await startApp('api,projector')
    admin = await app.setUp()
  })
  afterAll(() => app.close())

  async function member(name: string): Promise<{ id: string; token: string }> {
    const { body } = await app.call('POST', '/users', { token: admin, body: { name, password: 'battery staple' } })
    const signedIn = await app.call('POST', '/auth/login', {
      body: { name, password: 'battery staple', device: { id: 'sofa-device', name: '=Sofa "2"' } },
    })
    return { id: body.id, token: signedIn.body.accessToken }
  }
  async function play(userId: string, items: number): Promise<number> {
    const by = () => {
      const commandId = randomUUID()
      return {
        commandId,
        actor: { kind: 'user', userId, deviceId: 'sofa-device' } as const,
        reason: 'test',
        correlationId: commandId,
        causationId: commandId,
      }
    }
    let position = 0
    for (let n = 0; n < items; n++) {
      const itemId = randomUUID()
      await app.app.get(CommandBus).execute(new MarkWatched({ userId, itemId, watched: true, ...clock }, by()))
      ;({ position } = await app.app
        .get(CommandBus)
        .execute<RateItem, { position: number }>(new RateItem({ userId, itemId, rating: 7, ...clock }, by())))
    }
    return position
  }

  it('has everything of one’s own in one file, and nothing of others', async () => {
    const [bob, eve] = [await member('Bob'), await member('Eve')]
    await play(eve.id, 2)
    const position = await play(bob.id, 60)
    await app.parts.announcer.waitFor(['person_streams', 'watch_state', 'users'], position, 5000)
    const {
      body: { url },
    } = await app.call('POST', '/me/export', { token: bob.token })
    const answer = await app.app.inject({ method: 'GET', url })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': expect.stringMatching(/^attachment; filename="projectionist-data-[\d-]+\.zip"$/),
    })
    const files = unzip(answer.rawPayload)
    expect([...files.keys()]).toEqual([
      'README.txt',
      'account.json',
      'devices.csv',
      'watching.csv',
      'ratings.csv',
      'history.csv',
      'events.jsonl',
    ])
    const read = (name: string) => files.get(name)!.trimEnd().split(/\r?\n/)
    expect(JSON.parse(files.get('account.json')!)).toMatchObject({ id: bob.id, name: 'Bob', role: 'member', libraries: 'all' })
    expect(read('devices.csv')[1]).toMatch(/^"'=Sofa ""2""",sofa-device,2/)
    expect(read('watching.csv')).toHaveLength(61)
    expect(read('ratings.csv')[1]).toMatch(/^,,7,[0-9a-f-]{36}$/)
    const history = read('history.csv')
    expect(history).toHaveLength(1 + 2 + 120)
    expect(history.filter(line => line.includes('Marked as watched'))).toHaveLength(60)
    const events = read('events.jsonl').map(line => JSON.parse(line) as { streamId: string; what: string })
    expect(events).toHaveLength(122)
    expect(events.every(({ streamId }) => streamId.includes(bob.id))).toBe(true)
    expect(events.find(({ what }) => what.startsWith('Signed in'))).toMatchObject({
      what: 'Signed in on =Sofa "2"',
      type: 'SignedIn',
      data: { device: { id: 'sofa-device' } },
    })
    const whole = [...files].flatMap(([name, text]) => (name === 'README.txt' ? [] : [text])).join('')
    expect(whole).not.toContain(eve.id)
    expect(whole).not.toMatch(/argon2|token/i)
  })

  it('is to be had for five minutes, by nobody who is gone', async () => {
    const { id, token } = await member('Dan')
    const downloads = new Downloads(new Keys(app.parts.data))
    const old = await downloads.seal({ userId: id, deviceId: 'd' }, new Date(Date.now() - 6 * 60_000))
    expect(await app.call('GET', `/exports/${old}`)).toMatchObject({ status: 403, body: { code: 'download-expired' } })
    expect(await app.call('GET', '/exports/made-up')).toMatchObject({ status: 404 })
    const { body } = await app.call('POST', '/me/export', { token })
    await app.call('POST', '/me/erasure', { token, body: { password: 'battery staple' } })
    expect(await app.call('GET', (body as { url: string }).url.replace('/api', ''))).toMatchObject({ status: 404 })
  })
})
