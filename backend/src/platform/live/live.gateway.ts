import { WebSocketGateway, type OnGatewayConnection, type OnGatewayDisconnect } from '@nestjs/websockets'
import { ClientMessage, type ServerMessage } from '@projectionist/shared/live/messages'
import type { WebSocket } from 'ws'
import { summarise, Announcer, type Change } from '../eventing/projector/announcer.js'
import { Callers, type Caller } from '../http/caller.js'
import { LiveBus, type Audience } from './live-bus.js'

const PATIENCE_MS = 5000
const TELL_CHANGES_EVERY_MS = 250
/** A client that takes nothing any more is cut off rather than filled up. */
const MOST_BUFFERED = 1 << 20

interface Client {
  caller: Caller
  readonly leave: (() => void)[]
}

/** `/api/live`: tells signed-in browsers what changes. The first message authenticates; later ones renew. */
@WebSocketGateway({ path: '/api/live', maxPayload: 16_384 })
export class LiveGateway implements OnGatewayConnection<WebSocket>, OnGatewayDisconnect<WebSocket> {
  readonly #clients = new Map<WebSocket, Client>()
  #changes: Change[] = []
  #position = 0
  #telling = false

  constructor(
    private readonly bus: LiveBus,
    private readonly callers: Callers,
    announcer: Announcer,
  ) {
    announcer.onChange((changes, positions) => {
      if (changes.length === 0 || this.#clients.size === 0) return
      this.#changes.push(...changes)
      this.#position = Math.max(...positions.values())
      if (!this.#telling) setTimeout(() => this.#tell(), TELL_CHANGES_EVERY_MS)
      this.#telling = true
    })
  }

  handleConnection(socket: WebSocket): void {
    const impatience = setTimeout(() => socket.close(4401, 'authenticate first'), PATIENCE_MS)
    socket.on('error', () => socket.terminate())
    socket.on('message', (raw: Buffer) => {
      const message = parse(raw)
      if (!message) return send(socket, { type: 'refused', code: 'invalid-request' })
      if (message.type === 'ping') return send(socket, { type: 'pong' })
      clearTimeout(impatience)
      void this.#authenticate(socket, message.accessToken)
    })
    socket.on('close', () => clearTimeout(impatience))
  }

  handleDisconnect(socket: WebSocket): void {
    for (const leave of this.#clients.get(socket)?.leave ?? []) leave()
    this.#clients.delete(socket)
  }

  async #authenticate(socket: WebSocket, token: string): Promise<void> {
    const caller = await this.callers.verify(token).catch(() => undefined)
    if (!caller) {
      send(socket, { type: 'refused', code: 'not-signed-in' })
      return socket.close(4401, 'not signed in')
    }
    const known = this.#clients.get(socket)
    if (known && known.caller.userId === caller.userId && known.caller.role === caller.role) known.caller = caller
    else {
      this.handleDisconnect(socket)
      const client: Client = { caller, leave: [] }
      this.#clients.set(socket, client)
      const audiences: Audience[] = ['everyone', { userId: caller.userId }, ...(caller.role === 'admin' ? (['admins'] as const) : [])]
      for (const audience of audiences) client.leave.push(await this.bus.subscribe(audience, message => send(socket, message)))
      // It may have gone while we were subscribing.
      if (socket.readyState !== socket.OPEN) return this.handleDisconnect(socket)
    }
    send(socket, { type: 'authenticated', userId: caller.userId })
  }

  #tell(): void {
    this.#telling = false
    const changes = summarise(this.#changes)
    this.#changes = []
    for (const [socket, { caller }] of this.#clients) {
      const concern = changes.filter(({ userId }) => !userId || userId === caller.userId || caller.role === 'admin')
      if (concern.length === 0) continue
      const topics = [...new Set(concern.map(({ topic }) => topic))]
      const items = concern.some(({ itemId }) => !itemId) ? undefined : concern.map(({ itemId }) => itemId!)
      send(socket, { type: 'changed', topics, ...(items && { items }), position: String(this.#position) })
    }
  }
}

function parse(raw: Buffer): ClientMessage | undefined {
  try {
    return ClientMessage.safeParse(JSON.parse(raw.toString())).data
  } catch {
    return undefined
  }
}

function send(socket: WebSocket, message: ServerMessage): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > MOST_BUFFERED) return socket.terminate()
  socket.send(JSON.stringify(message))
}
