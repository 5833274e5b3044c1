import { reportProgress, startPlayback, stopSession } from '@projectionist/shared/api/playback'
import { call } from '../lib/api.js'
import { thisDevice } from '../lib/device.js'
import { ApiError } from '../lib/problem.js'
import { browserProfile } from './browser-capabilities.js'
import { narrow, offsetMs, type ClockOffset } from './clock-offset.js'
import { createEngine, type Engine } from './engine.js'
import type { EnginePorts } from './engine-core.js'
import { PlaybackRefused } from './failure.js'
import { createProgressReporter, type Outcome, type ReporterPorts } from './progress-reporter.js'

const start: EnginePorts['start'] = async (id, request, signal) => {
  try {
    return await call(startPlayback, { params: { id }, body: { ...request, device: thisDevice() }, signal })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { problem, code } = error
    throw new PlaybackRefused({
      code: code === 'unreachable' ? (navigator.onLine ? 'network' : 'offline') : code,
      ...(problem.detail !== undefined && { detail: problem.detail }),
    })
  }
}

const send: ReporterPorts['send'] = async (id, body, { keepalive }): Promise<Outcome> => {
  try {
    await call(reportProgress, { params: { id }, body, keepalive })
    return 'stored'
  } catch (error) {
    if (error instanceof ApiError && error.passing) return 'unreachable'
    return error instanceof ApiError && error.status === 404 ? 'gone' : 'stored'
  }
}

let clock: ClockOffset | undefined
let asked = -Infinity
const oftenMs = 10 * 60_000
/** Asks the server for its time, once in a while. */
function measureClock() {
  if (performance.now() - asked < oftenMs) return
  asked = performance.now()
  const sentMs = Date.now()
  fetch('/api/health', { cache: 'no-store' }).then(
    answer => (clock = narrow(clock, answer.headers.get('date'), sentMs, Date.now())),
    () => (asked = -Infinity),
  )
}

const sequenceKey = 'progress-sequence'
function nextSequence(): number {
  const next = (Number(localStorage.getItem(sequenceKey)) || 0) + 1
  localStorage.setItem(sequenceKey, String(next))
  return next
}

export interface Playback {
  readonly engine: Engine
  /** Ids of the sessions this page has had; what live messages say of others comes from elsewhere. */
  readonly ownSessions: ReadonlySet<string>
  readonly destroy: () => void
}

/** An engine for `media` that plays from this server and reports to it, also when the page is hidden, left, or comes back online. */
export function connectPlayback(media: HTMLMediaElement): Playback {
  const ownSessions = new Set<string>()
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
      clockOffsetMs: () => clock && offsetMs(clock),
      gone: sessionId => engine.renew(sessionId),
    },
    () => (engine.hasPlayed() ? engine.playhead() : null),
  )
  // The place is stored before the session ends, else it would be lost with it.
  const endSession = (id: string) => void reporter.settled().then(() => call(stopSession, { params: { id } }).catch(() => {}))
  const engine: Engine = createEngine(media, {
    start: async (itemId, request, signal) => {
      const session = await start(itemId, request, signal)
      ownSessions.add(session.sessionId)
      return session
    },
    discard: endSession,
    profile: browserProfile,
    moment: (moment, head) => {
      measureClock()
      reporter.note(moment, head)
      if (moment === 'stop') endSession(head.sessionId)
    },
    online: () => navigator.onLine,
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
    ownSessions,
    destroy: () => {
      engine.destroy()
      reporter.dispose()
      life.abort()
    },
  }
}
