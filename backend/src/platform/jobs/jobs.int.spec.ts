import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { redisUrl } from '../../../test/redis.js'
import { Jobs, jobType, type JobHandler } from './jobs.js'

const types = (['disk', 'cpu', 'network'] as const).map(queue => jobType(`close ${queue}`, queue, z.object({ n: z.number() })))

describe('jobs', () => {
  const opened = (url: string): Jobs => new Jobs(url, pino({ level: 'silent' }))

  it('lets jobs under way finish when it closes, and starts no other', async () => {
    const url = await redisUrl()
    const jobs = opened(url)
    const done: number[] = []
    const begun = Promise.withResolvers<void>()
    const [type] = types as [(typeof types)[number]]
    const handler: JobHandler<{ n: number }> = {
      type,
      concurrency: 1,
      async handle({ n }) {
        begun.resolve()
        await delay(200)
        done.push(n)
      },
    }
    jobs.work([handler as JobHandler])
    for (const n of [1, 2]) await jobs.add(type, `close ${n}`, { n })
    await begun.promise
    await jobs.close()
    expect(done).toEqual([1])

    const later = opened(url)
    onTestFinished(() => later.close())
    later.work([handler as JobHandler])
    await expect.poll(() => done, { timeout: 20_000 }).toEqual([1, 2])
  })

  it('closes at any moment without a failure that nobody hears', async () => {
    const url = await redisUrl()
    const unheard: unknown[] = []
    const hear = (error: unknown): unknown => unheard.push(error)
    process.on('unhandledRejection', hear)
    onTestFinished(() => void process.off('unhandledRejection', hear))
    for (let turn = 0; turn < 30; turn++) {
      const jobs = opened(url)
      jobs.work(types.map(type => ({ type, concurrency: 2, handle: () => delay(5) }) as JobHandler))
      if (turn % 3 > 0) await Promise.all(types.map(type => jobs.add(type, `turn ${turn}`, { n: turn })))
      await delay(turn % 2 === 0 ? turn : 0)
      await jobs.close()
    }
    await delay(100)
    expect(unheard).toEqual([])
  })
})
