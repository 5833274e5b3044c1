import type { ServerMessage } from '@projectionist/shared/live/messages'
import { Redis } from 'ioredis'
import { Logger } from '../telemetry/logger.js'

/** Whom a message is for: everyone signed in, all admins, or one person. */
export type Audience = 'everyone' | 'admins' | { readonly userId: string }
type Hearing = (message: ServerMessage) => void

const channelOf = (audience: Audience): string => (typeof audience === 'string' ? `live:${audience}` : `live:user:${audience.userId}`)

/** Carries live messages between nodes over Redis. A message that finds nobody, or Redis away, is gone: pages fetch again. */
export class LiveBus {
  readonly #publisher: Redis
  readonly #subscriber: Redis
  readonly #hearings = new Map<string, Set<Hearing>>()

  constructor(redisUrl: string, log: Logger) {
    const options = { maxRetriesPerRequest: 1, enableOfflineQueue: true, lazyConnect: true } as const
    this.#publisher = new Redis(redisUrl, options)
    this.#subscriber = new Redis(redisUrl, { ...options, maxRetriesPerRequest: null })
    for (const client of [this.#publisher, this.#subscriber])
      client.on('error', (error: Error) => log.debug({ err: error }, 'Redis is away'))
    this.#subscriber.on('message', (channel: string, text: string) => {
      const message = JSON.parse(text) as ServerMessage
      for (const hear of this.#hearings.get(channel) ?? []) hear(message)
    })
  }

  publish(audience: Audience, message: ServerMessage): void {
    this.#publisher.publish(channelOf(audience), JSON.stringify(message)).catch(() => {})
  }

  /** Resolves when messages published from now on are heard. */
  async subscribe(audience: Audience, hear: Hearing): Promise<() => void> {
    const channel = channelOf(audience)
    const hearings = this.#hearings.get(channel) ?? new Set()
    this.#hearings.set(channel, hearings)
    hearings.add(hear)
    if (hearings.size === 1) await this.#subscriber.subscribe(channel)
    return () => {
      hearings.delete(hear)
      if (hearings.size > 0 || this.#hearings.get(channel) !== hearings) return
      this.#hearings.delete(channel)
      this.#subscriber.unsubscribe(channel).catch(() => {})
    }
  }

  async ping(): Promise<boolean> {
    return (await this.#publisher.ping().catch(() => '')) === 'PONG'
  }

  close(): void {
    this.#publisher.disconnect()
    this.#subscriber.disconnect()
  }
}
