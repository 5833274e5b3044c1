import { reportProgress, startPlayback, stopSession, type PlaybackSession } from '@projectionist/shared/api/playback'
import { call } from '../lib/api.js'
import { away, backAgain } from '../lib/away.js'
import { clockOffsetMs, measureClock, nextSequence } from '../lib/device-clock.js'
import { thisDevice } from '../lib/device.js'
import { randomId } from '../lib/exclusive.js'
import { outbox } from '../lib/kept-intents.js'
import { live } from '../lib/live.js'
import type { KeptIntent } from '../lib/outbox.js'
import { noteOwnSession } from '../lib/playing-elsewhere.js'
import { ApiError } from '../lib/problem.js'
import { browserProfile } from './browser-capabilities.js'
import { createEngine, type Engine } from './engine.js'
import type { PlaybackCall } from './engine-core.js'
import { PlaybackRefused } from './failure.js'
import { createProgressReporter, type Outcome, type ProgressBody, type ReporterPorts } from './progress-reporter.js'

interface Start {
  readonly itemId: string
  readonly request: PlaybackCall
  /** Asked again under the same, the server gives the same session. */
  readonly commandId: string
}

const start = async ({ itemId, request, commandId }: Start, signal?: AbortSignal): Promise<PlaybackSession> => {
  try {
    return await call(startPlayback, { params: { id: itemId }, body: { ...request, device: thisDevice() }, commandId, signal })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { problem, code } = error
    throw new PlaybackRefused({
      code: code === 'unreachable' ? (navigator.onLine ? 'network' : 'offline') : code === 'preparing' ? 'unavailable' : code,
      ...(problem.detail !== undefined && { detail: problem.detail }),
    })
  }
}

const send: ReporterPorts['send'] = async (id, body, { keepalive }): Promise<Outcome> => {
  try {
    await call(reportProgress, { params: { id }, body, keepalive })
    // Who answers is there.
    live.wake()
    return 'stored'
  } catch (error) {
    if (error instanceof ApiError && error.passing) return 'unreachable'
    return error instanceof ApiError && error.status === 404 ? 'gone' : 'stored'
  }
}

/** What a report means, for when there is no session any more to report to. */
function intentOf(itemId: string, session: PlaybackSession, body: ProgressBody): KeptIntent {
  const { playId, fileId, method } = session
  const {
    positionMs,
    durationMs = session.durationMs,
    state,
    cause,
    sequence = nextSequence(),
    deviceTime,
    clockOffsetMs: offset,
  } = body
  return {
    kind: 'progress',
    ...{ itemId, playId, fileId, method, positionMs, sequence },
    durationMs: Math.max(1, durationMs),
    cause: state === 'stopped' ? 'stop' : cause === 'seek' ? 'seek' : state === 'paused' ? 'pause' : 'minute',
    deviceTime: deviceTime ?? new Date().toISOString(),
    ...(offset !== undefined && { clockOffsetMs: offset }),
  }
}

export interface Playback {
  readonly engine: Engine
  readonly destroy: () => void
}

/** An engine for `media` that plays from this server and reports to it, also when the page is hidden, left, or comes back online. */
export function connectPlayback(media: HTMLMediaElement): Playback {
  const starts = new Map<string, Start>()
  const sessions = new Map<string, PlaybackSession>()
  const ofOwn = (body: ProgressBody, act: (session: PlaybackSession) => void) => {
    const session = sessions.get(body.sessionId)
    if (session) act(session)
  }
  const life = new AbortController()
  const reporter = createProgressReporter(
    {
      send,
      now: Date.now,
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      nextSequence,
      clockOffsetMs,
      keep: (itemId, body) => ofOwn(body, session => outbox.keep(intentOf(itemId, session, body))),
      arrived: body => ofOwn(body, session => outbox.arrived(session.playId, body.sequence ?? 0)),
      gone: sessionId => engine.renew(sessionId),
    },
    () => (engine.hasPlayed() ? engine.playhead() : null),
  )
  // The place is stored before the session ends, else it would be lost with it.
  const endSession = (id: string) => void reporter.settled().then(() => call(stopSession, { params: { id } }).catch(() => {}))
  const engine: Engine = createEngine(media, {
    start: async (itemId, request, signal) => {
      const asked = { itemId, request, commandId: randomId() }
      const session = await start(asked, signal)
      noteOwnSession(session.sessionId)
      starts.set(session.sessionId, asked)
      sessions.set(session.sessionId, session)
      return session
    },
    discard: endSession,
    profile: browserProfile,
    moment: (moment, head) => {
      measureClock()
      reporter.note(moment, head)
      if (moment === 'stop') endSession(head.sessionId)
    },
    revive: async ({ sessionId }) => void (await start(starts.get(sessionId)!)),
    away,
    backAgain,
  })

  const { signal } = life
  const here = () => (engine.state.get().phase === 'ready' && engine.hasPlayed() ? engine.playhead() : null)
  addEventListener('online', reporter.online, { signal })
  const leave = ({ persisted }: PageTransitionEvent) => {
    reporter.leave(here(), !persisted)
    // A session of which nothing was played has nothing to report; it would linger until the server misses it.
    const session = engine.state.get().session
    if (session && !engine.hasPlayed() && !persisted)
      call(stopSession, { params: { id: session.sessionId }, keepalive: true }).catch(() => {})
  }
  addEventListener('pagehide', leave, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && reporter.leave(here(), false), {
    signal,
  })
  return {
    engine,
    destroy: () => {
      engine.destroy()
      reporter.dispose()
      life.abort()
    },
  }
}
