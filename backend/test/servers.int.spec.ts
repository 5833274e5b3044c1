import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from './postgres.js'
import { redisUrl } from './redis.js'

const databases: TestDatabase[] = []
afterAll(() => Promise.all(databases.map(database => database.drop())))

it('gives each test an empty database of its own', async () => {
  for (let round = 0; round < 2; round++) {
    const database = await freshDatabase()
    databases.push(database)
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query('create table seen (n int)')
    await client.end()
  }
})

it('gives each test an empty Redis database of its own', async () => {
  for (let round = 0; round < 2; round++) {
    const redis = new Redis(await redisUrl())
    expect(await redis.dbsize()).toBe(0)
    await redis.set('seen', '1')
    redis.disconnect()
  }
})
