import { join } from 'node:path'
import { z } from 'zod'
import { jobType, Jobs } from '../../platform/jobs/jobs.js'
import { Keys } from '../../platform/keys.js'
import { MediaEngine } from '../../platform/media/media-engine.js'
import { Settings } from '../../platform/settings.js'
import { MediaTokens } from './media-tokens.js'
import { WorkerSeal } from './worker-seal.js'

const ENQUEUE_PATIENCE_MS = 1000

/** Asks a worker to serve a playback session. A hint: what counts is the session's row. */
export const serveSession = jobType('serve-session', 'session', z.object({ sessionId: z.uuid(), epoch: z.int().nonnegative() }))

/** What starting and serving sessions stand on together. */
export class PlaybackParts {
  private constructor(
    readonly engine: MediaEngine,
    readonly tokens: MediaTokens,
    readonly seal: WorkerSeal,
    /** Passing files of this node: segments, links. */
    readonly folder: string,
    private readonly jobs: Jobs,
  ) {}

  static async make(engine: MediaEngine, keys: Keys, settings: Settings, jobs: Jobs): Promise<PlaybackParts> {
    const [media, workers] = await Promise.all([keys.get('media-links'), keys.get('workers')])
    return new PlaybackParts(engine, new MediaTokens(media), new WorkerSeal(workers), join(settings.home, 'segments', settings.node), jobs)
  }

  /** Does not wait for a Redis that does not answer: whoever fetches a segment asks again. */
  async enqueue(sessionId: string, epoch: number): Promise<void> {
    const added = this.jobs.add(serveSession, `${sessionId}-${epoch}`, { sessionId, epoch }, 'now').catch(() => undefined)
    await new Promise<void>(resolve => {
      const late = setTimeout(resolve, ENQUEUE_PATIENCE_MS)
      void added.then(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }
}
