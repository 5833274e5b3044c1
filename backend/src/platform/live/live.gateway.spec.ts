import { EventEmitter } from 'node:events'
import type { ServerMessage } from '@projectionist/shared/live/messages'
import { describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { Announcer, Change } from '../eventing/projector/announcer.js'
import { Callers, type Caller } from '../http/caller.js'
import type { Audience, LiveBus } from './live-bus.js'
import { LiveGateway } from './live.gateway.js'

const ada: Caller = { userId: 'ada', name: 'Ada', role: 'admin', libraries: 'all', deviceId: 'd' }

class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  readonly heard: ServerMessage[] = []
  readonly closed: number[] = []
  send(text: string): void {
    this.heard.push(JSON.parse(text) as ServerMessage)
  }
  close(code: number): void {
    this.closed.push(code)
  }
  terminate(): void {}
}

function house() {
  let rights: Caller | undefined = ada
  let announce: (changes: readonly Change[], positions: ReadonlyMap<string, number>) => void = () => {}
  const subscribed: Audience[] = []
  class Known extends Callers {
    verify = (token: string) => Promise.resolve(token === 'good' ? rights : undefined)
    find = () => Promise.resolve(rights)
  }
  const bus = {
    subscribe: (audience: Audience) => {
      subscribed.push(audience)
      return Promise.resolve(() => void subscribed.splice(subscribed.indexOf(audience), 1))
    },
  }
  const gateway = new LiveGateway(bus as unknown as LiveBus, new Known(), { onChange: (heard: typeof announce) => (announce = heard) } as unknown as Announcer)
  return {
    subscribed,
    becomes: (now: Caller | undefined) => {
      rights = now
      announce([{ topic: 'users', userId: 'ada' }], new Map([['users', 1]]))
    },
    async enter(...tokens: string[]) {
      const socket = new FakeSocket()
      socket.close = code => {
        socket.closed.push(code)
        socket.readyState = 2
        gateway.handleDisconnect(socket as unknown as WebSocket)
      }
      gateway.handleConnection(socket as unknown as WebSocket)
      for (const accessToken of tokens) socket.emit('message', Buffer.from(JSON.stringify({ type: 'authenticate', accessToken })))
      await vi.waitFor(() => expect(socket.heard.length).toBe(tokens.length))
      return socket
    },
  }
}

describe('who hears of changes', () => {
  it('is who shows a good token', async () => {
    const { enter, subscribed } = house()
    expect((await enter('good')).heard).toEqual([{ type: 'authenticated', userId: 'ada' }])
    expect(subscribed).toEqual(['everyone', { userId: 'ada' }, 'admins'])
    expect((await enter('bad')).closed).toEqual([4401])
  })
  it('subscribes once, however often it says who it is', async () => {
    const { enter, subscribed } = house()
    await enter(...Array.from({ length: 20 }, () => 'good'))
    expect(subscribed).toHaveLength(3)
  })
  it('is no admin any more once that was taken', async () => {
    const { enter, becomes, subscribed } = house()
    const socket = await enter('good')
    becomes({ ...ada, role: 'member' })
    await vi.waitFor(() => expect(subscribed).toEqual(['everyone', { userId: 'ada' }]))
    expect(socket.closed).toEqual([])
  })
  it('is nobody whose account is disabled', async () => {
    const { enter, becomes, subscribed } = house()
    const socket = await enter('good')
    becomes(undefined)
    await vi.waitFor(() => expect(socket.closed).toEqual([4401]))
    expect(subscribed).toEqual([])
  })
})
