import { endedEarlyAt, isAsGoodAsWhole } from './early-end.js'
import { fail, playhead, tell, type Core } from './engine-core.js'
import { noteMoving, noteStall } from './engine-recovery.js'
import { clock } from './time-format.js'

/** A playhead that moves is seen every quarter of a second; in a hidden page, whose timers rest, once a minute. */
const unseenMs = 2_000
const hiddenUnseenMs = 60_000

/** Follows the element's events into the state until `signal` is aborted. */
export function followElement(core: Core, signal: AbortSignal): void {
  const { media, set } = core
  const get = core.state.get
  const now = () => Math.round(media.currentTime * 1000)

  const readBuffered = () =>
    set({
      buffered: Array.from({ length: media.buffered.length }, (_, at) => ({
        startMs: media.buffered.start(at) * 1000,
        endMs: media.buffered.end(at) * 1000,
      })),
    })

  /** Of sounds, lengths are often estimates (an MP3 at a variable bit rate without a header that says it): where they end is their end. */
  const endsTooSoon = () =>
    core.swapping || media instanceof HTMLAudioElement
      ? null
      : endedEarlyAt(core.moved, {
          durationMs: get().durationMs,
          endedMs: performance.now(),
          rate: media.playbackRate,
          unseenMs: document.hidden ? hiddenUnseenMs : unseenMs,
        })
  const breakOff = (atMs: number, durationMs: number) => {
    // From here on the place is the state's; the element's own says nothing true.
    core.swapping = true
    core.seekTargetMs = null
    set({ positionMs: atMs })
    fail(core, { code: 'file-incomplete', detail: `it ends at ${clock(atMs)} of ${clock(durationMs)}` })
  }

  const listeners: Readonly<Record<string, () => void>> = {
    loadedmetadata: () => {
      core.swapping = false
      if (get().phase === 'starting') set({ phase: 'ready' })
      if (Number.isFinite(media.duration) && media.duration > 0) set({ durationMs: Math.round(media.duration * 1000) })
    },
    timeupdate: () => {
      // At the end, browsers stand at the end that was promised, whatever there was.
      if (core.swapping || media.seeking || media.ended) return
      set({ positionMs: now() })
      core.moved = { positionMs: now(), atMs: performance.now() }
      if (!media.paused && media.readyState > 2) noteMoving(core)
    },
    progress: readBuffered,
    playing: () => {
      if (core.swapping) return
      core.settled = true
      core.played = true
      noteMoving(core)
      set({ playing: true, needsGesture: false, phase: 'ready' })
      tell(core, 'play')
    },
    canplay: () => {
      if (!media.seeking) core.settled = true
      if (!get().playing && !core.replacing) set({ waiting: null })
    },
    waiting: () => noteStall(core),
    pause: () => {
      // Chromium pauses an element that has failed; the person still wants it to play.
      if (core.swapping || media.ended || media.error) return
      set({ playing: false, ...(get().waiting?.for === 'data' && { waiting: null }) })
      tell(core, 'pause')
    },
    seeking: () => {
      if (!core.swapping && !core.replacing) set({ waiting: { for: 'seek', toMs: core.seekTargetMs ?? now() } })
    },
    seeked: () => {
      if (core.swapping) return
      core.seekTargetMs = null
      set({ positionMs: now(), ...(get().phase === 'ended' && { phase: 'ready' }) })
      if (!core.replacing) set({ waiting: media.paused || media.readyState > 2 ? null : { for: 'data' } })
      readBuffered()
      if (core.settled) tell(core, 'seek')
      core.settled = true
    },
    ended: () => {
      const { durationMs } = get()
      const earlyAt = endsTooSoon()
      if (earlyAt !== null && !isAsGoodAsWhole(earlyAt, durationMs)) return breakOff(earlyAt, durationMs)
      // Told first: who watches the state may take the media out at once.
      const head = playhead(core)
      if (head && core.played) core.ports.moment('end', { ...head, positionMs: earlyAt ?? durationMs })
      set({ phase: 'ended', playing: false, waiting: null, positionMs: durationMs })
    },
    volumechange: () => set({ muted: media.muted }),
    ratechange: () => {
      if (!core.swapping && media.playbackRate > 0) set({ rate: media.playbackRate })
    },
  }
  for (const [event, listener] of Object.entries(listeners)) media.addEventListener(event, listener, { signal })
}
