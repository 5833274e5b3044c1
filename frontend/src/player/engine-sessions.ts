import type { PlaybackSession } from '@projectionist/shared/api/playback'
import { cautious } from './device-profile.js'
import {
  applyVolume,
  begin,
  detach,
  fail,
  position,
  watchForStall,
  type Choice,
  type Core,
  type PlaybackCall,
} from './engine-core.js'
import { failureOf, type FailureCode } from './failure.js'
import { attachSource } from './media-source.js'
import type { Waiting } from './player-state.js'
import { startAgainAfterMs, type Trouble } from './recovery.js'

const unanswered: ReadonlySet<FailureCode> = new Set<FailureCode>(['network', 'offline', 'unavailable'])
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Asks for a session, again after refusals that pass; `patient`: for as long as the server is away. Null when a later load took over.
 * @throws PlaybackRefused
 */
export async function ask(core: Core, itemId: string, request: PlaybackCall, patient: boolean): Promise<PlaybackSession | null> {
  const { signal } = core.run
  for (let attempts = 0; ;) {
    try {
      const session = await core.ports.start(itemId, request, signal)
      if (!signal.aborted) return session
      core.ports.discard(session.sessionId)
      return null
    } catch (error) {
      if (signal.aborted) return null
      const { code } = failureOf(error)
      if (patient && unanswered.has(code) && core.ports.away() !== null) {
        core.set({ waiting: { for: 'network' } })
        await core.ports.backAgain(signal)
        continue
      }
      const afterMs = startAgainAfterMs(code, attempts)
      if (afterMs === null) throw error
      core.set({ waiting: { for: 'retry', attempt: ++attempts, of: 3, after: code } })
      await pause(afterMs)
      if (signal.aborted) return null
    }
  }
}

/** Puts a session's media into the element, in place of what was there. */
export async function open(core: Core, session: PlaybackSession, startMs: number): Promise<void> {
  const { signal } = core.run
  core.swapping = true
  core.settled = false
  core.seekTargetMs = null
  core.goodSince = null
  core.moved = null
  core.endsEarly = null
  const subtitleIndex = session.subtitles.find(track => track.selected)?.index ?? -1
  core.set({
    session,
    subtitleIndex,
    positionMs: startMs,
    durationMs: session.durationMs,
    buffered: [],
    waiting: { for: 'first-picture' },
  })
  // After the state: who keeps the last picture on the screen takes it now.
  detach(core)
  core.tracks.offer(session.subtitles)
  const onTrouble = (trouble: Trouble) => {
    // While another session is on its way, the server may already have ended this one.
    if (core.state.get().session === session && !core.replacing) core.onTrouble(trouble)
  }
  const source = await attachSource(core.media, { url: session.url, mimeType: session.mimeType, startMs, onTrouble })
  if (signal.aborted) return source.detach()
  core.source = source
  core.tracks.choose(subtitleIndex)
  core.media.playbackRate = core.state.get().rate
  applyVolume(core)
  watchForStall(core)
  if (core.state.get().playing) begin(core)
}

/**
 * A new session in place of the present one, at the same place. When a change is refused the present one goes on and the
 * person is told; when a repair is refused playback has failed.
 */
export async function replace(core: Core, why: Waiting, changed: Choice = {}): Promise<void> {
  const { session, itemId } = core.state.get()
  if (!session || !itemId) return
  core.run.abort()
  const { signal } = (core.run = new AbortController())
  clearTimeout(core.retryTimer)
  core.replacing = true
  core.set({ waiting: why })
  try {
    const choice = { ...core.choice, ...changed }
    const profile = cautious(await core.ports.profile(), core.caution)
    const startMs = Math.round(position(core))
    const next = await ask(core, itemId, { profile, ...choice, startMs, replaces: session.sessionId }, why.for !== 'change')
    if (!next) return
    core.choice = choice
    core.replacing = false
    core.set({ failure: null, ...(core.state.get().phase === 'failed' && { phase: 'ready' }) })
    // What was played since the server was asked is not played twice.
    await open(core, next, position(core))
  } catch (error) {
    if (signal.aborted) return
    core.replacing = false
    if (why.for !== 'change') return fail(core, failureOf(error))
    core.set({ waiting: null, notice: { about: 'change-refused', failure: failureOf(error) } })
    // The server may have ended the old session all the same; loading on shows it.
    if (core.media.readyState <= 2) core.source?.reload(position(core))
  }
}
