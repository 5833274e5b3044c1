import { begin, fail, position, watchForStall, type Core } from './engine-core.js'
import { replace } from './engine-sessions.js'
import { slower, type Waiting } from './player-state.js'
import { forgottenAfterMs, remedy, type Trouble } from './recovery.js'

const slowStalls = 3
const slowWithinMs = 60_000

/** Does what `remedy` says about something that went wrong. */
export function treat(core: Core, trouble: Trouble): void {
  const { signal } = core.run
  clearTimeout(core.retryTimer)
  core.coming?.abort()
  core.goodSince = null
  if (core.ports.away() !== null) {
    core.set({ waiting: { for: 'network' } })
    core.coming = new AbortController()
    void core.ports.backAgain(AbortSignal.any([signal, core.coming.signal])).then(() => resume(core))
    return
  }
  const action = remedy(core.troubles, trouble, core.caution < 2)
  core.troubles = [...core.troubles, trouble]
  if (action.do === 'give-up') {
    // What has arrived of a film that breaks off is worth seeing to where it does.
    if (action.failure.code === 'file-incomplete' && core.media.readyState > 2 && !core.swapping) core.endsEarly = action.failure
    else fail(core, action.failure)
    return
  }
  if (action.do === 'convert') {
    core.caution = core.caution === 0 && core.state.get().session?.method === 'direct' ? 1 : 2
    return void replace(core, { for: 'repair' })
  }
  const waiting: Waiting =
    action.do === 'repair'
      ? { for: 'repair' }
      : { for: 'retry', attempt: action.attempt, of: action.of, after: action.do === 'renew' ? 'session-not-found' : 'network' }
  core.set({ waiting })
  core.retryTimer = setTimeout(() => {
    if (signal.aborted) return
    if (action.do === 'renew') return void replace(core, waiting)
    if (action.do === 'reload') return resume(core)
    const at = position(core)
    renewed(core, at)
    core.source?.repair(at)
    if (core.state.get().playing) begin(core)
  }, action.afterMs)
}

/** The element begins anew at `ms`; until it tells its metadata, what it says of itself means nothing. */
function renewed(core: Core, ms: number) {
  core.swapping = true
  core.settled = false
  core.seekTargetMs = null
  core.set({ positionMs: ms })
}

function resume(core: Core) {
  const at = position(core)
  if (core.source?.reload(at)) renewed(core, at)
  watchForStall(core)
  if (core.state.get().playing) begin(core)
}

/**
 * The server has forgotten the session while its media plays. A file that is sent as it is plays on, and its session is made to be
 * there again; what cannot be now is tried with the next report.
 */
export function renew(core: Core, sessionId: string): void {
  const { session, phase } = core.state.get()
  if (session?.sessionId !== sessionId || phase === 'failed' || core.replacing) return
  const refused: Trouble = { kind: 'refused', detail: 'session-not-found' }
  if (session.method !== 'direct') return core.onTrouble(refused)
  core.ports.revive(session).catch(() => {})
}

/** The media moves: earlier trouble is forgotten after a while of that. */
export function noteMoving(core: Core): void {
  clearTimeout(core.stallTimer)
  if (!core.replacing) core.set({ waiting: null })
  core.goodSince ??= performance.now()
  if (core.troubles.length > 0 && performance.now() - core.goodSince > forgottenAfterMs) core.troubles = []
}

/** The data ran out while playing. When that happens often, a lower quality is offered. */
export function noteStall(core: Core): void {
  if (core.endsEarly !== null && !core.swapping && !core.media.seeking) return fail(core, core.endsEarly)
  const { waiting, session } = core.state.get()
  if (core.swapping || core.media.seeking || core.seekTargetMs !== null || waiting !== null) return
  core.set({ waiting: { for: core.ports.away() === null ? 'data' : 'network' } })
  watchForStall(core)
  const now = performance.now()
  core.stalls = [...core.stalls.filter(at => now - at < slowWithinMs), now]
  const offer = session && core.stalls.length >= slowStalls ? slower(session) : null
  if (!offer) return
  core.stalls = []
  core.set({ notice: { about: 'slow', offer } })
}
