import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findSession } from '../../platform/live/playback-sessions.js'
import type { MediaEngine, OpenMedia } from '../../platform/media/media-engine.js'
import type { SessionPlan, VideoPlan } from '../../platform/media/stream-plan.js'
import { isConnectionLoss, type Query } from '../../platform/sql/sql.js'
import { sourcePath } from './source-path.js'
import { planOf, type StoredPlan } from './stored-plan.js'
import { claim, release, renew, RENEW_EVERY_MS } from './worker-lease.js'

/** A session from which nobody fetches for so long is given back; its row, and the person's place, stay. */
const IDLE_MS = 60_000

/** A session used within this time counts as one that is being watched. */
const ACTIVE_MS = 15_000

interface Open {
  readonly media: OpenMedia
  readonly encodes: boolean
  /** Segments made by workers that had the session earlier. */
  readonly before: number
  lastUsed: number
}

export interface WorkerOptions {
  readonly engine: MediaEngine
  readonly sql: Query
  /** Folder for segments; ours alone, emptied at start. */
  readonly folder: string
  /** Where our server is reached from other nodes, `http://host:port`. */
  readonly address: () => string
  /** Pictures made anew at the same time, at most. */
  readonly encodes: number
  readonly idleMs?: number
}

/** How it ended: nobody fetched any more, its row is gone, another worker took it, we shut down; or it never began. */
export type Ending = 'idle' | 'gone' | 'taken' | 'shutdown' | 'not-ours' | 'busy'

/** How a session's time with a worker ended, and the segments made of it so far. */
export interface Kept {
  readonly ending: Ending
  readonly segments: number
}

const made = ({ media, before }: Open): number => before + media.segmentsMade
const encodesPicture = ({ streams }: StoredPlan): boolean => streams?.video?.plan.action === 'encode'

/** Serves playback sessions on this machine, each for as long as it is used and the lease is ours. */
export class SegmentWorker {
  private readonly sessions = new Map<string, Open>()
  private readonly holding = new Set<string>()

  constructor(private readonly options: WorkerOptions) {}

  /** The open media of a session, which counts as used by this. Undefined: it is not (any more) here. */
  media(sessionId: string): OpenMedia | undefined {
    const held = this.sessions.get(sessionId)
    if (held) held.lastUsed = performance.now()
    return held?.media
  }

  /** Claims a session and keeps it until it ends. What was made for it is removed then, and its FFmpeg ended. */
  async hold(sessionId: string, epoch: number, signal: AbortSignal): Promise<Kept> {
    // A job may come twice; the second must not take the first one's place here.
    if (this.holding.has(sessionId)) return { ending: 'not-ours', segments: 0 }
    this.holding.add(sessionId)
    try {
      return await this.holdOnce(sessionId, epoch, signal)
    } finally {
      this.holding.delete(sessionId)
    }
  }

  private async holdOnce(sessionId: string, epoch: number, signal: AbortSignal): Promise<Kept> {
    const { sql, engine, address, folder } = this.options
    const row = await findSession(sql, sessionId)
    if (!row || row.worker_epoch !== epoch) return { ending: 'not-ours', segments: 0 }
    const plan = planOf(row)
    if (encodesPicture(plan) && this.encoding() >= this.options.encodes) return { ending: 'busy', segments: row.segments }
    const media = engine.open(await this.enginePlan(plan), join(folder, `${sessionId}-${epoch}`))
    const held: Open = { media, encodes: encodesPicture(plan), before: row.segments, lastUsed: performance.now() }
    // Before the claim tells others where to ask: who asks must find it.
    this.sessions.set(sessionId, held)
    try {
      if (!(await claim(sql, sessionId, epoch, address()))) return { ending: 'not-ours', segments: row.segments }
      if (plan.streams) media.prepare(Math.max(plan.startMs, row.position_ms) / 1000)
      const ending = await this.keep(sessionId, epoch, held, signal)
      if (ending === 'idle' || ending === 'shutdown') await release(sql, sessionId, epoch, made(held)).catch(() => undefined)
      return { ending, segments: made(held) }
    } finally {
      this.sessions.delete(sessionId)
      await media.close()
    }
  }

  /** Sessions whose picture is being made right now: what a machine can bear only so many of. */
  private encoding(): number {
    const recently = performance.now() - ACTIVE_MS
    return [...this.sessions.values()].filter(held => held.encodes && held.lastUsed > recently).length
  }

  private async keep(sessionId: string, epoch: number, held: Open, signal: AbortSignal): Promise<Ending> {
    while (!signal.aborted) {
      if (performance.now() - held.lastUsed > (this.options.idleMs ?? IDLE_MS)) return 'idle'
      try {
        const state = await renew(this.options.sql, sessionId, epoch, held.media.speed(), made(held))
        if (state !== 'ours') return state
      } catch (error) {
        // While the database is away nobody else can claim the session either.
        if (!isConnectionLoss(error)) throw error
      }
      await delay(RENEW_EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
    return 'shutdown'
  }

  private async enginePlan({ root, relative, streams, subtitles }: StoredPlan): Promise<SessionPlan> {
    const path = (name: string): Promise<string> => sourcePath(root, name, join(this.options.folder, 'links'))
    return {
      path: await path(relative),
      video: streams?.video ? { ...streams.video, plan: await this.withPaths(streams.video.plan, path) } : null,
      audio: streams?.audio ?? null,
      subtitles: await Promise.all(subtitles.map(async ({ index, external }) => ({ index, ...(external !== null && { path: await path(external) }) }))),
    }
  }
  /** A subtitle in a file of its own is named relative to the root, as the media is. */
  private async withPaths(plan: VideoPlan, path: (name: string) => Promise<string>): Promise<VideoPlan> {
    if (plan.action === 'copy' || plan.burn?.path === undefined) return plan
    return { ...plan, burn: { ...plan.burn, path: await path(plan.burn.path) } }
  }
}
