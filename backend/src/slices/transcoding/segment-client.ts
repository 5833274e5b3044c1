import { setTimeout as delay } from 'node:timers/promises'
import { MediaError, type MediaFailure } from '../../platform/media/media-engine.js'
import { DomainError } from '../../platform/eventing/decider.js'
import type { Query } from '../../platform/sql/sql.js'
import { type Piece, pathOf } from './segment-server.js'
import { type LeasedSession, lookUp, takeBack } from './worker-lease.js'
import { ANSWER_HEADER, CALL_HEADER, type WorkerSeal } from './worker-seal.js'

/** So long a request waits for a worker to take the session and make what is asked for. */
const PATIENCE_MS = 20_000
const LOOK_AGAIN_MS = 40
/** A session that waits so long for a worker is put into the queue again: the job may be lost, or its worker was busy. */
const ENQUEUE_AGAIN_MS = 1000

export interface ClientOptions {
  readonly sql: Query
  readonly seal: WorkerSeal
  /** Puts the session into the workers' queue. */
  readonly enqueue: (sessionId: string, epoch: number) => Promise<void>
  readonly patienceMs?: number
}

/** Fetches segments from whichever worker has the session, and finds it another when that one is gone. */
export class SegmentClient {
  constructor(private readonly options: ClientOptions) {}

  /**
   * A piece of a session's media. Rejects with `session-not-found`, `no-worker` when none takes it in time, or the worker's
   * `MediaError`.
   */
  async fetch(sessionId: string, piece: Piece, signal: AbortSignal): Promise<Buffer> {
    const { sql, patienceMs = PATIENCE_MS } = this.options
    const deadline = performance.now() + patienceMs
    const timely = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    let waitingFor: { epoch: number; since: number } | undefined
    while (performance.now() < deadline) {
      signal.throwIfAborted()
      const session = await lookUp(sql, sessionId)
      if (!session) throw new DomainError('session-not-found')
      if (session.worker_address !== null) {
        const bytes = session.alive ? await this.ask(session, piece, timely, signal) : undefined
        if (bytes) return bytes
        const epoch = await takeBack(sql, sessionId, session.worker_epoch)
        if (epoch !== undefined) await this.options.enqueue(sessionId, epoch)
        waitingFor = { epoch: epoch ?? session.worker_epoch + 1, since: performance.now() }
      } else if (!waitingFor || waitingFor.epoch !== session.worker_epoch || performance.now() - waitingFor.since > ENQUEUE_AGAIN_MS) {
        await this.options.enqueue(sessionId, session.worker_epoch)
        waitingFor = { epoch: session.worker_epoch, since: performance.now() }
      }
      await delay(LOOK_AGAIN_MS, undefined, { signal: timely }).catch(() => undefined)
    }
    signal.throwIfAborted()
    throw new DomainError('no-worker')
  }

  /** Undefined: the worker is not there, is not ours, or has not this session. */
  private async ask({ session_id, worker_address }: LeasedSession, piece: Piece, timely: AbortSignal, signal: AbortSignal): Promise<Buffer | undefined> {
    const { seal } = this.options
    const path = pathOf(session_id, piece)
    const { header, nonce } = seal.call(path, new Date())
    const answer = await fetch(`${worker_address}${path}`, { headers: { [CALL_HEADER]: header }, signal: timely, redirect: 'error' })
      .then(async response => ({ status: response.status, header: response.headers.get(ANSWER_HEADER), body: Buffer.from(await response.arrayBuffer()) }))
      .catch(() => undefined)
    signal.throwIfAborted()
    if (timely.aborted) throw new DomainError('no-worker')
    if (!answer || !seal.genuine(nonce, answer.status, answer.body, answer.header)) return undefined
    if (answer.status === 200) return answer.body
    const { code, detail } = JSON.parse(answer.body.toString()) as { code: MediaFailure; detail: string }
    if (code === 'closed') return undefined
    throw new MediaError(code, detail)
  }
}
