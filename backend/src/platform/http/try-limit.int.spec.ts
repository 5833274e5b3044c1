import { createConnection, createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { redisUrl } from '../../../test/redis.js'
import { TryLimit } from './try-limit.js'

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const connect = (url: string): Redis => {
  const redis = new Redis(url, { commandTimeout: 100, maxRetriesPerRequest: 1 })
  redis.on('error', () => {})
  closing.push(() => redis.disconnect())
  return redis
}
/** A way to Redis that can be frozen: from then on it takes what it is told and never answers. */
async function freezable(url: string): Promise<{ url: string; freeze: () => void; asked: () => number }> {
  const { pathname, search } = new URL(url)
  let frozen = false
  let heard = ''
  const server = createServer(near => {
    const far = createConnection(pathname)
    near.on('data', data => (frozen ? (heard += data.toString()) : far.write(data))).on('close', () => far.destroy())
    far.on('data', data => near.write(data))
    for (const socket of [near, far]) socket.on('error', () => {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close())
  const own = `redis://127.0.0.1:${(server.address() as AddressInfo).port}${search}`
  return { url: own, freeze: () => void (frozen = true), asked: () => heard.split('tries:ada').length - 1 }
}
const tries = async (limit: TryLimit, count: number): Promise<string[]> => {
  const results: string[] = []
  for (let n = 0; n < count; n++) results.push(await limit.count('ada').then(() => 'ok', (error: { code: string }) => error.code))
  return results
}

describe('a limit of tries', () => {
  it('counts over all nodes, and forgets', async () => {
    const url = await redisUrl()
    const [here, there] = [new TryLimit(connect(url), 2, 60), new TryLimit(connect(url), 2, 60)]
    expect([...(await tries(here, 1)), ...(await tries(there, 2)), ...(await tries(here, 1))]).toEqual(['ok', 'ok', 'too-many-tries', 'too-many-tries'])
    await here.forget('ada')
    expect(await tries(there, 1)).toEqual(['ok'])
  })

  it('holds on one node while Redis is frozen, which is not asked again at once', async () => {
    const { url, freeze, asked } = await freezable(await redisUrl())
    const redis = connect(url)
    await redis.ping()
    freeze()
    const limit = new TryLimit(redis, 2, 60)
    expect(await tries(limit, 3)).toEqual(['ok', 'ok', 'too-many-tries'])
    expect(asked()).toBe(2)
    await limit.forget('ada')
    expect(await tries(limit, 1)).toEqual(['ok'])
    expect(asked()).toBe(2)
  })
})
