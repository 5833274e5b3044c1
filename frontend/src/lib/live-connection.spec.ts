import type { ServerMessage } from '@projectionist/shared/live/messages'
import { describe, expect, test } from 'vitest'
import { createLiveConnection, delayBefore, type Socket } from './live-connection.js'

const userId = 'a3bb189e-8bf9-4888-9912-ace4e6543002'

class TestSocket implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  readonly sent: unknown[] = []
  closed = false
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed = true
  }
  say(message: ServerMessage | string) {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) })
  }
}

function start(tokens: (string | null | Error)[] = ['one']) {
  const sockets: TestSocket[] = []
  const timers: { ms: number; work: () => void; off: boolean }[] = []
  const refused: (string | undefined)[] = []
  const live = createLiveConnection({
    open() {
      sockets.push(new TestSocket())
      return sockets.at(-1)!
    },
    async token(last) {
      refused.push(last)
      const next = tokens.length > 1 ? tokens.shift()! : tokens[0]!
      if (next instanceof Error) throw next
      return next
    },
    after(ms, work) {
      const timer = { ms, work, off: false }
      timers.push(timer)
      return () => void (timer.off = true)
    },
    random: () => 1,
  })
  const due = () => timers.filter(timer => !timer.off).at(-1)!
  const settle = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    live,
    sockets,
    refused,
    due,
    settle,
    socket: () => sockets.at(-1)!,
    async connect() {
      live.start()
      sockets.at(-1)!.onopen!()
      await settle()
      sockets.at(-1)!.say({ type: 'authenticated', userId })
    },
    ring() {
      const timer = due()
      timer.off = true
      timer.work()
    },
  }
}

describe('the live connection', () => {
  test('says who one is first', async () => {
    const { live, socket, connect } = start()
    await connect()
    expect(socket().sent).toEqual([{ type: 'authenticate', accessToken: 'one' }])
    expect(live.state()).toBe('connected')
  })

  test('hands messages to those who subscribed, until they leave', async () => {
    const { live, socket, connect } = start()
    const heard: string[] = []
    const leave = live.subscribe('changed', message => heard.push(message.position))
    await connect()
    socket().say({ type: 'changed', topics: ['items'], position: '1' })
    socket().say('not json')
    socket().say('{"type":"of-a-newer-version"}')
    leave()
    socket().say({ type: 'changed', topics: ['items'], position: '2' })
    expect(heard).toEqual(['1'])
  })

  test('comes back after a loss, longer and longer apart, and says that it has caught up', async () => {
    const { live, sockets, socket, connect, due, ring, settle } = start()
    let caughtUp = 0
    live.onCaughtUp(() => caughtUp++)
    await connect()
    expect(caughtUp).toBe(0)
    socket().onclose!()
    expect([live.state(), due().ms]).toEqual(['waiting', 500])
    ring()
    expect(live.state()).toBe('waiting')
    socket().onclose!()
    expect(due().ms).toBe(1000)
    ring()
    socket().onopen!()
    await settle()
    socket().say({ type: 'authenticated', userId })
    expect(sockets).toHaveLength(3)
    expect([live.state(), caughtUp]).toEqual(['connected', 1])
    socket().onclose!()
    expect(due().ms).toBe(500)
  })

  test('gets another token when one is refused', async () => {
    const { live, socket, refused, settle } = start(['old', 'new'])
    live.start()
    socket().onopen!()
    await settle()
    socket().say({ type: 'refused', code: 'not-signed-in' })
    await settle()
    expect(socket().sent).toEqual([
      { type: 'authenticate', accessToken: 'old' },
      { type: 'authenticate', accessToken: 'new' },
    ])
    expect(refused).toEqual([undefined, 'old'])
  })

  test('rests when one is signed out', async () => {
    const { live, socket, settle } = start([null])
    live.start()
    socket().onopen!()
    await settle()
    expect([live.state(), socket().closed]).toEqual(['idle', true])
  })

  test('waits and tries again when no token can be had', async () => {
    const { live, socket, settle } = start([new Error('unreachable')])
    live.start()
    socket().onopen!()
    await settle()
    expect(live.state()).toBe('waiting')
  })

  test('takes a silent connection for dead', async () => {
    const { live, socket, connect, due, ring } = start()
    await connect()
    expect(due().ms).toBe(25_000)
    ring()
    expect(socket().sent.at(-1)).toEqual({ type: 'ping' })
    socket().say({ type: 'pong' })
    expect(due().ms).toBe(25_000)
    ring()
    ring()
    expect(live.state()).toBe('waiting')
  })

  test('tries at once when the network is back', async () => {
    const { live, sockets, socket, connect } = start()
    await connect()
    socket().onclose!()
    live.wake()
    expect(sockets).toHaveLength(2)
    live.wake()
    expect(sockets).toHaveLength(2)
  })

  test('a socket that was given up changes nothing any more', async () => {
    const { live, sockets, connect } = start()
    await connect()
    live.stop()
    expect(sockets[0]!.onclose).toBeNull()
    expect(live.state()).toBe('idle')
  })
})

test('delays double up to half a minute, spread over their upper half', () => {
  expect([1, 2, 3, 7, 50].map(tries => delayBefore(tries, 1))).toEqual([500, 1000, 2000, 30_000, 30_000])
  expect(delayBefore(3, 0)).toBe(1000)
})
