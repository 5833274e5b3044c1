import type { Tokens } from '@projectionist/shared/api/accounts'
import { describe, expect, test } from 'vitest'
import { createSession, type Access } from './session.js'

const me = { id: 'a3bb189e-8bf9-4888-9912-ace4e6543002', name: 'Anna', role: 'admin' as const, libraries: 'all' as const }
const tokens = (accessToken: string, expiresIn = 900): Tokens => ({ accessToken, expiresIn, user: me })

function start(answers: readonly (Tokens | null | Error)[], clock = { now: 0 }) {
  const waiting = [...answers]
  const log = { refreshes: 0, announced: [] as (Access | null)[] }
  const session = createSession({
    async refresh() {
      log.refreshes++
      const answer = waiting.shift()
      if (answer === undefined) throw new Error('refreshed once too often')
      if (answer instanceof Error) throw answer
      return answer
    },
    exclusively: work => work(),
    announce: access => log.announced.push(access),
    now: () => clock.now,
  })
  return { session, log, clock }
}

describe('a session', () => {
  test('is restored by the cookie', async () => {
    const { session } = start([tokens('one')])
    expect(session.state()).toEqual({ status: 'unknown' })
    expect(await session.token()).toBe('one')
    expect(session.state()).toEqual({ status: 'signed-in', me })
  })

  test('refreshes once for all who ask at the same time', async () => {
    const { session, log } = start([tokens('one')])
    expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual(['one', 'one', 'one'])
    expect(log.refreshes).toBe(1)
  })

  test('refreshes once for any number of refusals of one token', async () => {
    const { session, log } = start([tokens('one'), tokens('two')])
    await session.token()
    expect(await Promise.all([session.token('one'), session.token('one')])).toEqual(['two', 'two'])
    expect(await session.token('one')).toBe('two')
    expect(log.refreshes).toBe(2)
  })

  test('renews a token before it lapses', async () => {
    const { session, clock } = start([tokens('one', 900), tokens('two', 900)])
    await session.token()
    clock.now = 860_000
    expect(await session.token()).toBe('one')
    clock.now = 871_000
    expect(await session.token()).toBe('two')
  })

  test('takes what another tab has got instead of refreshing', async () => {
    const { session, log, clock } = start([])
    session.adopt({ accessToken: 'theirs', expiresAt: clock.now + 900_000, me })
    expect(await session.token()).toBe('theirs')
    expect(log.refreshes).toBe(0)
  })

  test('ends when the server says so, here and in other tabs, and asks no more', async () => {
    const { session, log } = start([null])
    expect(await session.token()).toBeNull()
    expect(session.state()).toEqual({ status: 'signed-out' })
    expect(log.announced).toEqual([null])
    expect(await session.token()).toBeNull()
    expect(log.refreshes).toBe(1)
  })

  test('is not ended by a server that is away', async () => {
    const { session } = start([new Error('unreachable'), tokens('one')])
    await expect(session.token()).rejects.toThrow('unreachable')
    expect(session.state()).toEqual({ status: 'unknown' })
    expect(await session.token()).toBe('one')
  })

  test('keeps the same state object while the person is the same', async () => {
    const { session, clock } = start([tokens('one'), tokens('two')])
    await session.token()
    const before = session.state()
    clock.now = 900_000
    await session.token()
    expect(session.state()).toBe(before)
  })
  test('hears what has changed about the person, and tells other tabs', async () => {
    const { session, log } = start([tokens('one')])
    expect(session.meet(me)).toBe(false)
    await session.token()
    expect(session.meet({ ...me })).toBe(false)
    expect(session.meet({ ...me, libraries: [] })).toBe(true)
    expect(session.state()).toEqual({ status: 'signed-in', me: { ...me, libraries: [] } })
    expect(log.announced.at(-1)?.me.libraries).toEqual([])
    expect(await session.token()).toBe('one')
  })
})
