import { randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource } from 'typeorm'
import { FfmpegEngine } from '../src/adapters/ffmpeg/ffmpeg-engine.js'
import { segmentFacts, trackOf } from '../src/adapters/ffmpeg/testing/segment-facts.js'
import { picture, type TestMedia, testMedia, tone } from '../src/adapters/ffmpeg/testing/test-media.js'
import { findSession } from '../src/platform/live/playback-sessions.js'
import { openDataSource, poolOf } from '../src/platform/sql/data-source.js'
import { Sql } from '../src/platform/sql/sql.js'
import { decidePlayback } from '../src/slices/transcoding/decide-playback.js'
import { deviceProfiles } from '../src/slices/transcoding/device-profiles.js'
import { planStreams } from '../src/slices/transcoding/plan-session.js'
import { SegmentClient } from '../src/slices/transcoding/segment-client.js'
import { pathOf, SegmentServer } from '../src/slices/transcoding/segment-server.js'
import { type Kept, SegmentWorker } from '../src/slices/transcoding/segment-worker.js'
import type { StoredPlan } from '../src/slices/transcoding/stored-plan.js'
import { CALL_HEADER, WorkerSeal } from '../src/slices/transcoding/worker-seal.js'
import { freshDatabase, type TestDatabase } from './postgres.js'

/** Playback sessions between API and workers: a real database, real FFmpeg, real connections; only the queue is the test's own. */

const SECONDS = 20
const seal = new WorkerSeal(randomBytes(32))
const forever = new AbortController().signal

let media: TestMedia
let database: TestDatabase
let data: DataSource
let sql: Sql
let plan: StoredPlan
beforeAll(async () => {
  ;[media, database] = await Promise.all([testMedia(), freshDatabase()])
  data = await openDataSource(database.url, 5, [])
  sql = new Sql(poolOf(data))
  await media.make('film.avi', ...picture('320x180', '25', SECONDS), ...tone(SECONDS), '-c:v', 'mpeg4', '-c:a', 'ac3')
  const info = {
    container: 'avi', durationMs: SECONDS * 1000, subtitles: [],
    video: [{ index: 0, codec: 'mpeg4', width: 320, height: 180, frameRate: 25 }],
    audio: [{ index: 1, codec: 'ac3', channels: 1, sampleRate: 48_000 }],
  }
  const decision = decidePlayback({ media: info, profile: deviceProfiles.chrome, keyframes: false })
  plan = { root: media.folder, relative: 'film.avi', mimeType: 'video/x-msvideo', streams: planStreams(decision, info, null), subtitles: [], startMs: 0 }
})
afterAll(async () => {
  await data.destroy()
  await Promise.all([database.drop(), media.remove()])
})

interface Node {
  readonly worker: SegmentWorker
  readonly folder: string
  readonly endings: Promise<Kept>[]
  hold(sessionId: string, epoch: number): void
  /** Its server is gone, as when the process died; it does not give its sessions back. */
  crash(): Promise<void>
  stop(): Promise<void>
}
const nodes: Node[] = []
afterEach(async () => {
  await Promise.all(nodes.splice(0).map(node => node.stop()))
})

async function startNode(options: { idleMs?: number; encodes?: number } = {}): Promise<Node> {
  const folder = join(media.folder, `node-${randomUUID()}`)
  const ending = new AbortController()
  let address = ''
  const worker = new SegmentWorker({ engine: new FfmpegEngine({ configured: media.ffmpeg }), sql, folder, address: () => address, encodes: 4, ...options })
  const server = new SegmentServer(id => worker.media(id), seal)
  address = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`
  const endings: Promise<Kept>[] = []
  const node: Node = {
    worker, folder, endings,
    hold: (sessionId, epoch) => void endings.push(worker.hold(sessionId, epoch, ending.signal)),
    crash: () => server.close(),
    async stop() {
      ending.abort()
      await Promise.all(endings)
      await server.close()
    },
  }
  nodes.push(node)
  return node
}

async function newSession(): Promise<string> {
  const id = randomUUID()
  await sql.query(
    `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, plan, duration_ms)
     values ($1, $1, $1, 'device', 'Test', $1, $1, $1, 'transcode', '[]', $2, $3)`,
    [id, JSON.stringify(plan), SECONDS * 1000],
  )
  return id
}
const client = (queue: (sessionId: string, epoch: number) => void, patienceMs = 20_000) =>
  new SegmentClient({ sql, seal, patienceMs, enqueue: async (sessionId, epoch) => queue(sessionId, epoch) })
const segment = (number: number) => ({ kind: 'segment', rendition: 'video', number }) as const

describe('a playback session', () => {
  it('is served by the worker that takes it', async () => {
    const node = await startNode()
    const session = await newSession()
    const api = client((id, epoch) => node.hold(id, epoch))
    const init = await api.fetch(session, { kind: 'init', rendition: 'video' }, forever)
    const { timescale } = await trackOf(init)
    expect((await segmentFacts(await api.fetch(session, segment(3), forever), timescale)).decodeTime).toBe(5)
    expect((await api.fetch(session, { kind: 'init', rendition: 'audio' }, forever)).length).toBeGreaterThan(400)
    expect(await findSession(sql, session)).toMatchObject({ worker_epoch: 0, worker_address: expect.stringContaining('http://127.0.0.1:') })
  })

  it('goes on with another worker when its own is gone, with the same times', async () => {
    const [first, second] = [await startNode(), await startNode()]
    const session = await newSession()
    const api = client((id, epoch) => (epoch === 0 ? first : second).hold(id, epoch))
    const { timescale } = await trackOf(await api.fetch(session, { kind: 'init', rendition: 'video' }, forever))
    const before = await segmentFacts(await api.fetch(session, segment(1), forever), timescale)
    await first.crash()
    const again = await segmentFacts(await api.fetch(session, segment(1), forever), timescale)
    const after = await segmentFacts(await api.fetch(session, segment(2), forever), timescale)
    expect(again.times).toEqual(before.times)
    expect(after.decodeTime).toBe(before.end)
    expect((await findSession(sql, session))?.worker_epoch).toBe(1)
    expect(await first.endings[0]).toMatchObject({ ending: 'taken' })
  })

  it('goes on when its worker is frozen and lets the lease run out', async () => {
    const [first, second] = [await startNode(), await startNode()]
    const session = await newSession()
    const api = client((id, epoch) => (epoch === 0 ? first : second).hold(id, epoch))
    await api.fetch(session, segment(0), forever)
    await sql.query('update live.playback_sessions set worker_until = now() - interval \'1 second\' where session_id = $1', [session])
    expect((await api.fetch(session, segment(1), forever)).length).toBeGreaterThan(1000)
    expect((await findSession(sql, session))?.worker_epoch).toBe(1)
  })

  it('is given back when nobody fetches, and found a worker when somebody does again', async () => {
    const node = await startNode({ idleMs: 900 })
    const session = await newSession()
    const api = client((id, epoch) => node.hold(id, epoch))
    await api.fetch(session, segment(0), forever)
    const { ending, segments } = (await node.endings[0])!
    expect(ending).toBe('idle')
    expect(segments).toBeGreaterThan(0)
    expect(await readdir(node.folder).catch(() => [])).toEqual([])
    expect(await findSession(sql, session)).toMatchObject({ worker_epoch: 1, worker_address: null })
    await api.fetch(session, segment(1), forever)
  })

  it('ends at the worker when its row is gone', async () => {
    const node = await startNode()
    const session = await newSession()
    const api = client((id, epoch) => node.hold(id, epoch))
    await api.fetch(session, segment(0), forever)
    await sql.query('delete from live.playback_sessions where session_id = $1', [session])
    expect(await node.endings[0]).toMatchObject({ ending: 'gone' })
    expect(await readdir(node.folder).catch(() => [])).toEqual([])
    await expect(api.fetch(session, segment(1), forever)).rejects.toMatchObject({ code: 'session-not-found' })
  })

  it('is one worker’s only, however often it is enqueued', async () => {
    const [first, second] = [await startNode(), await startNode()]
    const session = await newSession()
    const api = client((id, epoch) => [first, second, first].forEach(node => node.hold(id, epoch)))
    await api.fetch(session, segment(0), forever)
    expect([first, second].filter(node => node.worker.media(session))).toHaveLength(1)
  })

  it('waits for a worker no longer than it is patient, and not at all for one who left', async () => {
    const session = await newSession()
    await expect(client(() => undefined, 200).fetch(session, segment(0), forever)).rejects.toMatchObject({ code: 'no-worker' })
    await expect(client(() => undefined).fetch(session, segment(0), AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
  })

  it('is not taken by a worker that has its hands full', async () => {
    const [small, large] = [await startNode({ encodes: 0 }), await startNode()]
    const session = await newSession()
    let tries = 0
    const api = client((id, epoch) => (tries++ === 0 ? small : large).hold(id, epoch))
    await api.fetch(session, segment(0), forever)
    expect(await small.endings[0]).toMatchObject({ ending: 'busy' })
  })
})

describe('a worker', () => {
  it('answers nobody without the key', async () => {
    const node = await startNode()
    const session = await newSession()
    const api = client((id, epoch) => node.hold(id, epoch))
    await api.fetch(session, segment(0), forever)
    const address = (await findSession(sql, session))!.worker_address!
    const path = pathOf(session, segment(0))
    const stranger = new WorkerSeal(randomBytes(32)).call(path, new Date()).header
    const old = seal.call(path, new Date(Date.now() - 60_000)).header
    const other = seal.call(pathOf(session, segment(1)), new Date()).header
    for (const header of [stranger, old, other, ''])
      expect((await fetch(`${address}${path}`, { headers: { [CALL_HEADER]: header } })).status).toBe(403)
  })

  it('is not believed without the key', async () => {
    const node = await startNode()
    const session = await newSession()
    const stranger = new SegmentClient({ sql, seal: new WorkerSeal(randomBytes(32)), enqueue: async (id, epoch) => node.hold(id, epoch), patienceMs: 1500 })
    await expect(stranger.fetch(session, segment(0), forever)).rejects.toMatchObject({ code: 'no-worker' })
  })
})
