import type { ClientMessage, ServerMessage } from '@projectionist/shared/live/messages'

export type MessageType = ServerMessage['type']
export type MessageOf<T extends MessageType> = Extract<ServerMessage, { type: T }>
/** `waiting`: lost, or never had, until it is there; also while it is being tried again, so that who shows it does not flicker. */
export type LiveState = 'idle' | 'connecting' | 'connected' | 'waiting'

/** The part of a WebSocket that is used. */
export interface Socket {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
  send(text: string): void
  close(): void
}

export interface LiveParts {
  readonly open: () => Socket
  /** A good token, another than the one refused; null when signed out. */
  readonly token: (refused?: string) => Promise<string | null>
  /** Runs `work` after `ms`; the result calls it off. */
  readonly after: (ms: number, work: () => void) => () => void
  /** From 0 to 1. */
  readonly random: () => number
}

/** A connection that says nothing this long, though asked, is taken for dead. */
const pingMs = 25_000
const patienceMs = 10_000
const firstDelayMs = 500
const longestDelayMs = 30_000

/** How long to wait before try `tries` (from 1): doubling, capped, spread over half of it so that clients do not return at once. */
export const delayBefore = (tries: number, random: number): number => {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (tries - 1))
  return full / 2 + (full / 2) * random
}

export type LiveConnection = ReturnType<typeof createLiveConnection>

/**
 * Keeps one authenticated connection to `/api/live` while started. Comes back by itself after a loss, and then tells the
 * `onCaughtUp` handlers, since messages in between are gone.
 */
export function createLiveConnection({ open, token, after, random }: LiveParts) {
  const handlers = new Map<string, Set<(message: never) => void>>()
  const caughtUp = new Set<() => void>()
  const watchers = new Set<() => void>()
  let socket: Socket | null = null
  let state: LiveState = 'idle'
  let tries = 0
  let hadBefore = false
  let used: string | undefined
  let callOff = () => {}

  const become = (next: LiveState) => {
    state = next
    for (const watcher of watchers) watcher()
  }
  const schedule = (ms: number, work: () => void) => {
    callOff()
    callOff = after(ms, work)
  }
  const drop = () => {
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
    socket = null
  }
  const say = (message: ClientMessage) => socket?.send(JSON.stringify(message))

  const lose = () => {
    drop()
    tries++
    become('waiting')
    schedule(delayBefore(tries, random()), () => void connect())
  }
  const listen = () =>
    schedule(pingMs, () => {
      say({ type: 'ping' })
      schedule(patienceMs, lose)
    })

  async function authenticate(refused?: string) {
    const current = socket
    const good = await token(refused).catch(() => undefined)
    if (current !== socket || !socket) return
    if (good === undefined) return lose()
    if (good === null) return stop()
    used = good
    say({ type: 'authenticate', accessToken: good })
  }

  async function connect() {
    drop()
    if (state !== 'waiting') become('connecting')
    const mine = (socket = open())
    schedule(patienceMs, lose)
    mine.onopen = () => void authenticate()
    mine.onclose = lose
    mine.onmessage = ({ data }) => {
      const message = parse(data)
      if (message) receive(message)
    }
  }

  function receive(message: ServerMessage) {
    if (message.type === 'refused') return void authenticate(used)
    if (message.type === 'authenticated') {
      tries = 0
      become('connected')
      if (hadBefore) for (const handler of caughtUp) handler()
      hadBefore = true
    }
    listen()
    for (const handler of handlers.get(message.type) ?? []) handler(message as never)
  }

  function stop() {
    callOff()
    drop()
    tries = 0
    hadBefore = false
    become('idle')
  }

  return {
    state: () => state,
    watch(watcher: () => void) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    start() {
      if (state === 'idle') void connect()
    },
    stop,
    /** The network or the page came back: try now instead of waiting. */
    wake() {
      if (state === 'waiting' && !socket) void connect()
    },
    /** A new token was issued: the connection goes on under it. */
    renew: () => void (state === 'connected' && authenticate()),
    /** Handles every message of a type until the returned function is called. */
    subscribe<T extends MessageType>(type: T, handler: (message: MessageOf<T>) => void): () => void {
      const set = handlers.get(type) ?? new Set()
      handlers.set(type, set.add(handler as (message: never) => void))
      return () => void set.delete(handler as (message: never) => void)
    },
    /** Called when the connection is back after a loss: what is shown may be out of date. */
    onCaughtUp(handler: () => void) {
      caughtUp.add(handler)
      return () => void caughtUp.delete(handler)
    },
  }
}

/** A message of the server; null for what is not one, such as one of a newer version. */
function parse(data: unknown): ServerMessage | null {
  try {
    const message = JSON.parse(String(data)) as unknown
    return typeof message === 'object' && message !== null && 'type' in message ? (message as ServerMessage) : null
  } catch {
    return null
  }
}
