import { playhead, tell, type Core } from './engine-core.js'
import { noteMoving, noteStall } from './engine-recovery.js'

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

  const listeners: Readonly<Record<string, () => void>> = {
    loadedmetadata: () => {
      core.swapping = false
      if (get().phase === 'starting') set({ phase: 'ready' })
      if (Number.isFinite(media.duration) && media.duration > 0) set({ durationMs: Math.round(media.duration * 1000) })
    },
    timeupdate: () => {
      if (core.swapping || media.seeking) return
      set({ positionMs: now() })
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
      // Told first: who watches the state may take the media out at once.
      const head = playhead(core)
      if (head && core.played) core.ports.moment('end', { ...head, positionMs: head.durationMs })
      set({ phase: 'ended', playing: false, waiting: null, positionMs: get().durationMs })
    },
    volumechange: () => set({ muted: media.muted }),
    ratechange: () => {
      if (!core.swapping && media.playbackRate > 0) set({ rate: media.playbackRate })
    },
  }
  for (const [event, listener] of Object.entries(listeners)) media.addEventListener(event, listener, { signal })
}
