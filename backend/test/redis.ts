import { Redis } from 'ioredis'
import { inject } from 'vitest'

/** Where the next free database's number is counted, in database 0. */
const COUNTER = 'test-databases'

/** The address of an empty Redis database of the test's own, on the server that the run has started. */
export async function redisUrl(): Promise<string> {
  const server = inject('redisUrl')
  const redis = new Redis(server)
  try {
    return `${server}?db=${await redis.incr(COUNTER)}`
  } finally {
    redis.disconnect()
  }
}
