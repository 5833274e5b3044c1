import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventTypes } from '@projectionist/shared/events/all'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { expect, it, vi } from 'vitest'
import { anyEvent } from '../../test/any-event.js'
import { startApp, type TestApp } from '../../test/app.js'
import { freshDatabase } from '../../test/postgres.js'
import { redisUrl } from '../../test/redis.js'
import { newEvent } from '../../test/events.js'
import { nameOf } from '../platform/eventing/projector/projection-schema.js'
import { publicationOf } from '../platform/eventing/projector/publication.js'
import { verify } from '../platform/eventing/projector/verify.js'

const WAIT = { timeout: 60_000, interval: 100 }

/** Hash of the rows of every table that serves. */
async function hashes({ parts: { sql, projections } }: TestApp): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const projection of projections) {
    const { schema } = (await publicationOf(sql, projection))!
    for (const table of projection.tables) {
      const [row] = await sql.query<{ hash: string }>(
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as hash from ${nameOf(schema, table)} t`,
      )
      all[`${projection.name}.${table.name}`] = row!.hash
    }
  }
  return all
}

async function untilLive({ parts }: TestApp): Promise<void> {
  const head = await parts.store.head()
  await vi.waitFor(
    () => expect(parts.projector.states.filter(({ state }) => state.state !== 'live' || state.position < head)).toEqual([]),
    WAIT,
  )
}

/** Things of many kinds that happened in streams of people and items that nobody else has. Nobody leaves: that deletes streams, as work of its own. */
async function appendAnything({ parts: { store } }: TestApp): Promise<void> {
  const revisions = new Map<string, number>()
  const calm = anyEvent().filter(({ streamId }) => !/^(library|scan|user|erasure)-/.test(streamId))
  for (const { streamId, event } of fc.sample(calm, { numRuns: 300, seed: 4 })) {
    const revision = revisions.get(streamId) ?? -1
    revisions.set(streamId, revision + 1)
    await store.append({ streamId, expected: revision < 0 ? 'no-stream' : revision, events: [newEvent(event, eventTypes.get(event.type)!.version)] })
  }
}

it('comes back equal when every read model was dropped and Redis was wiped', { timeout: 180_000 }, async () => {
  const database = await freshDatabase()
  const servers = { databaseUrl: database.url, redisUrl: await redisUrl() }
  const folder = await mkdtemp(join(tmpdir(), 'projectionist-films-'))
  const before = await startApp('api,projector,worker', servers)
  const token = await before.setUp()
  const { body } = await before.call('POST', '/libraries', { token, body: { name: 'Films', kind: 'films', folders: [folder] } })
  await vi.waitFor(async () => {
    const { body: scans } = await before.call('GET', `/scans?library=${String(body.id)}`, { token })
    expect((scans as { scans: { state: string }[] }).scans.map(({ state }) => state)).toEqual(['done'])
  }, WAIT)
  await before.close()

  // Nobody works on what is owed now, so that the log stays as it is.
  const still = await startApp('api,projector', servers)
  await appendAnything(still)
  await untilLive(still)
  const [expected, head] = [await hashes(still), await still.parts.store.head()]
  expect(
    (await verify(still.parts.projections, still.parts)).map(({ projection, differing }) => [projection, differing]),
  ).toEqual(still.parts.projections.map(({ name }) => [name, 0]))
  const { sql } = still.parts
  const made = await sql.query<{ name: string }>(`select nspname as name from pg_namespace where nspname ~ '_v[0-9]+(_b)?$'`)
  expect(made).toHaveLength(still.parts.projections.length)
  for (const { name } of [...made, { name: 'read' }]) await sql.query(`drop schema ${name} cascade`)
  await sql.query('truncate live.projections')
  await still.close()
  const redis = new Redis(servers.redisUrl)
  await redis.flushdb()
  redis.disconnect()

  const after = await startApp('api,projector', servers)
  await untilLive(after)
  expect(await hashes(after)).toEqual(expected)
  expect(await after.parts.store.head()).toBe(head)
  const { body: me } = await after.call('POST', '/auth/login', {
    body: { name: 'Ada', password: 'correct horse', tokens: 'body', device: { id: 'ada-device', name: 'Sofa' } },
  })
  const { body: libraries } = await after.call('GET', '/libraries', { token: (me as { accessToken: string }).accessToken })
  expect((libraries as { libraries: { name: string }[] }).libraries.map(({ name }) => name)).toEqual(['Films'])
  await after.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
