import { Redis } from 'ioredis'
import { Logger } from '../telemetry/logger.js'

/** The process's Redis connection for small passing things. Everything in it may be gone at any moment. */
export class PassingState {
  readonly redis: Redis

  constructor(redisUrl: string, log: Logger) {
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: 500, enableOfflineQueue: false })
    this.redis.on('error', (error: Error) => log.debug({ err: error }, 'Redis is away'))
  }

  close(): void {
    this.redis.disconnect()
  }
}
