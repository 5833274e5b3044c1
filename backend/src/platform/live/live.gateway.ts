import { WebSocketGateway, type OnGatewayConnection, type OnGatewayDisconnect } from '@nestjs/websockets'
import { ClientMessage, type ServerMessage } from '@projectionist/shared/live/messages'
import type { WebSocket } from 'ws'
import { summarise, Announcer, type Change } from '../eventing/projector/announcer.js'
import { Callers, type Caller } from '../http/caller.js'
import { LiveBus, type Audience } from './live-bus.js'

const PATIENCE_MS = 5000
const GOODBYE_MS = 1000
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
      if (changes.some(({ topic }) => topic === 'users')) void this.#checkRights()
      this.#changes.push(...changes)
      this.#position = Math.max(...positions.values())
      if (!this.#telling) setTimeout(() => this.#tell(), TELL_CHANGES_EVERY_MS)
      this.#telling = true
    })
  }

  handleConnection(socket: WebSocket): void {
    const impatience = setTimeout(() => refuse(socket, 'authenticate first'), PATIENCE_MS)
    socket.on('error', () => socket.terminate())
    socket.on('message', (raw: Buffer) => {
      const message = parse(raw)
      if (!message) return send(socket, { type: 'refused', code: 'invalid-request' })
      if (message.type === 'ping') return send(socket, { type: 'pong' })
      clearTimeout(impatience)
      this.#authenticate(socket, message.accessToken).catch(() => socket.terminate())
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
      return refuse(socket, 'not signed in')
    }
    await this.#admit(socket, caller)
    send(socket, { type: 'authenticated', userId: caller.userId })
  }

  /** Rights are those of this moment: whoever has lost theirs hears nothing more. */
  async #checkRights(): Promise<void> {
    // Whoever remembers rights hears of the same change, perhaps after us.
    await Promise.resolve()
    for (const [socket, { caller }] of [...this.#clients]) {
      const now = await this.callers.find(caller).catch(() => caller)
      if (now) await this.#admit(socket, now).catch(() => socket.terminate())
      else refuse(socket, 'not signed in')
    }
  }

  async #admit(socket: WebSocket, caller: Caller): Promise<void> {
    const known = this.#clients.get(socket)
    if (known && known.caller.userId === caller.userId && known.caller.role === caller.role) known.caller = caller
    else {
      this.handleDisconnect(socket)
      const client: Client = { caller, leave: [] }
      this.#clients.set(socket, client)
      const audiences: Audience[] = ['everyone', { userId: caller.userId }, ...(caller.role === 'admin' ? (['admins'] as const) : [])]
      for (const audience of audiences) {
        const leave = await this.bus.subscribe(audience, message => send(socket, message))
        // It may have gone, or become somebody else's, while we were subscribing.
        if (this.#clients.get(socket) !== client) return leave()
        client.leave.push(leave)
      }
    }
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

/** Says goodbye, and does not wait long for an answer to it. */
function refuse(socket: WebSocket, why: string): void {
  socket.close(4401, why)
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref()
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
