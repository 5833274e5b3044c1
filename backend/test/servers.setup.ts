import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/embedded/postgres.js'
import { startEmbeddedRedis } from '../src/embedded/redis.js'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string
    readonly redisUrl: string
  }
}

/** One PostgreSQL and one Redis for all `.int.spec.ts` files of a run, in a temporary folder; without syncing to disk. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'projectionist-test-'))
  const log = { info: () => undefined, warn: console.warn }
  const unsafe = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({ home, log, settings: unsafe }),
    startEmbeddedRedis({ home, log, settings: { databases: '512' } }),
  ])
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  return async () => {
    await Promise.all([postgres.stop(), redis.stop()])
    await rm(home, { recursive: true, force: true })
  }
}
