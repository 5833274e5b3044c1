import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.js'
import { startEmbeddedRedis } from '../../src/embedded/redis.js'

export interface Place {
  readonly home: string
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly pool: pg.Pool
  remove(): Promise<void>
}

/** Embedded servers as the program starts them, synced to disk, in a folder of their own. */
export async function openPlace(): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), 'projectionist-bench-'))
  const log = { info: () => {}, warn: (message: string) => console.warn(message) }
  const [postgres, redis] = await Promise.all([startEmbeddedPostgres({ home, log }), startEmbeddedRedis({ home, log })])
  const pool = new pg.Pool({ connectionString: postgres.url, max: 10 })
  pool.on('error', () => {})
  return {
    home,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    pool,
    async remove() {
      await pool.end()
      await Promise.all([postgres.stop(), redis.stop()])
      await rm(home, { recursive: true, force: true })
    },
  }
}
