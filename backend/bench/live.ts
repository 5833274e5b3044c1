import { randomUUID } from 'node:crypto'
import pg from 'pg'
import WebSocket from 'ws'
import { benchLibrary } from './support/made-up-media.js'
import { whenAlone } from './support/alone.js'
import { openPlace, type Place } from './support/place.js'
import { startProgram, type Running } from './support/program.js'
import { ms, percentile, printTable } from './support/table.js'

const DEVICES = 8
const REPORTS = 500

/** From a progress report in one browser to the message in another: over HTTP, PostgreSQL, Redis and WebSocket, as people have it. */
export async function run(): Promise<void> {
  const place = await openPlace()
  try {
    const program = await startProgram({ PROJECTIONIST_HOME: place.home, DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl })
    try {
      printTable('From a progress report to another device of the same person', ['', 'p50 ms', 'p99 ms'], [
        await measure(place, program, 1, 'playing'),
        await measure(place, program, DEVICES, 'playing'),
        await measure(place, program, 1, 'paused'),
      ])
    } finally {
      await program.stop()
    }
  } finally {
    await place.remove()
  }
}

/** `playing` writes the session's row; `paused` appends an event too. */
async function measure(place: Place, { url, token }: Running, devices: number, state: 'playing' | 'paused'): Promise<string[]> {
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string }
  const sessions = await Promise.all(Array.from({ length: devices }, () => session(place.pool, sub)))
  const waiting = new Map<string, (at: number) => void>()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`)
  await new Promise(resolve => socket.once('open', resolve))
  const ready = new Promise(resolve => socket.once('message', resolve))
  socket.send(JSON.stringify({ type: 'authenticate', accessToken: token }))
  await ready
  socket.on('message', (raw: Buffer) => {
    const message = JSON.parse(raw.toString()) as { type: string; sessionId?: string; positionMs?: number }
    if (message.type === 'progress') waiting.get(`${message.sessionId} ${message.positionMs}`)?.(performance.now())
  })
  const times: number[] = []
  await Promise.all(
    sessions.map(async ({ sessionId, itemId }) => {
      for (let sequence = 1; sequence <= REPORTS / devices; sequence++) {
        const positionMs = sequence * 1000
        const heard = new Promise<number>(resolve => waiting.set(`${sessionId} ${positionMs}`, resolve))
        const before = performance.now()
        // Every other one is a change of state, so that each pause is one worth recording.
        const now = state === 'paused' && sequence % 2 === 0 ? 'paused' : 'playing'
        await fetch(`${url}/api/items/${itemId}/progress`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ sessionId, positionMs, state: now, sequence }),
        })
        const after = await heard
        if (state === 'playing' || now === 'paused') times.push(after - before)
      }
    }),
  )
  socket.close()
  const what = state === 'playing' ? 'while playing' : 'a pause, recorded as an event'
  return [`${what}, ${devices} ${devices === 1 ? 'device' : 'devices'} at once`, ms(percentile(times, 0.5)), ms(percentile(times, 0.99))]
}

async function session(pool: pg.Pool, userId: string): Promise<{ sessionId: string; itemId: string }> {
  const [sessionId, itemId] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into live.playback_sessions (session_id, play_id, user_id, device_id, device_name, item_id, library_id, file_id, method, reasons, duration_ms, recorded_at)
     values ($1, $2, $3, 'bench-device', 'Bench', $4, $5, $6, 'direct', '[]', 7200000, now())`,
    [sessionId, randomUUID(), userId, itemId, benchLibrary, randomUUID()],
  )
  return { sessionId, itemId }
}

await whenAlone(import.meta, run)
