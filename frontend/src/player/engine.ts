import type { Store } from '../lib/store.js'
import {
  applyVolume,
  begin,
  createCore,
  detach,
  fail,
  playhead,
  position,
  tell,
  type Choice,
  type Core,
  type EnginePorts,
} from './engine-core.js'
import { followElement } from './engine-events.js'
import { renew, treat } from './engine-recovery.js'
import { ask, open, replace } from './engine-sessions.js'
import { failureOf } from './failure.js'
import { burntIn, initialState, type PlayerState } from './player-state.js'
import type { Playhead } from './progress-reporter.js'
import { clamp } from './scrubber.js'

export interface LoadOptions extends Choice {
  readonly itemId: string
  /** Absent: where the person left off. */
  readonly startMs?: number
  readonly play: boolean
}

export interface Engine {
  readonly state: Store<PlayerState>
  readonly media: HTMLMediaElement
  /** Starts an item; what played before is reported as stopped. Failures are in the state. */
  readonly load: (options: LoadOptions) => Promise<void>
  readonly play: () => void
  readonly pause: () => void
  readonly toggle: () => void
  readonly seek: (ms: number) => void
  readonly seekBy: (ms: number) => void
  /** From 0 to 1. Anything but silence ends a mute. */
  readonly setVolume: (volume: number) => void
  readonly setMuted: (muted: boolean) => void
  readonly setRate: (rate: number) => void
  /** Loudness correction on top of the volume; the product is at most 1. */
  readonly setGain: (factor: number) => void
  readonly chooseSubtitle: (index: number) => void
  readonly chooseAudio: (index: number) => void
  readonly chooseQuality: (id: string) => void
  /** After a failure: once more, from where it was. */
  readonly retry: () => void
  /** The server has forgotten the session: it is made anew, without interrupting what can play on. */
  readonly renew: (sessionId: string) => void
  readonly dismissNotice: () => void
  readonly playhead: () => Playhead | null
  /** Something of the item was seen or heard. */
  readonly hasPlayed: () => boolean
  /** Reports the stop and takes the media out. The engine can be loaded again. */
  readonly stop: () => void
  /** Stops, and lets go of the element for good. */
  readonly destroy: () => void
}

/** Plays sessions in a media element. The element's attributes are the engine's while it lives. */
export function createEngine(media: HTMLMediaElement, ports: EnginePorts): Engine {
  const core = createCore(media, ports)
  const life = new AbortController()
  const { set } = core
  const get = core.state.get
  core.onTrouble = trouble => treat(core, trouble)
  followElement(core, life.signal)

  async function load({ itemId, startMs, play, ...choice }: LoadOptions) {
    stop()
    const { signal } = (core.run = new AbortController())
    core.choice = choice
    core.caution = 0
    set({ phase: 'starting', itemId, playing: play, waiting: { for: 'decision' }, positionMs: startMs ?? 0 })
    try {
      const profile = await ports.profile()
      const session = await ask(core, itemId, { profile, ...choice, ...(startMs !== undefined && { startMs }) }, true)
      if (session) await open(core, session, session.startMs)
    } catch (error) {
      if (!signal.aborted) fail(core, failureOf(error))
    }
  }

  function stop() {
    core.run.abort()
    const { phase, session, volume, muted, rate } = get()
    if (phase === 'ready' && core.played) tell(core, 'stop')
    else if (session) ports.discard(session.sessionId)
    Object.assign(core, {
      swapping: true,
      played: false,
      replacing: false,
      seekTargetMs: null,
      troubles: [],
      stalls: [],
    } satisfies Partial<Core>)
    // First of all, so that nobody who watches takes what follows for the end of the media.
    set({ ...initialState, volume, muted, rate })
    detach(core)
    core.tracks.clear()
  }

  function play() {
    if (get().phase === 'failed') return retry()
    if (get().phase === 'ended') seek(0)
    set({ playing: true })
    if (core.source) begin(core)
  }

  function pause() {
    set({ playing: false })
    media.pause()
  }

  function seek(ms: number) {
    const { durationMs, session, phase } = get()
    if (!session || phase === 'failed') return set({ positionMs: Math.max(0, ms) })
    // The very end would end playback at once, before anyone sees where they are.
    const target = Math.round(clamp(ms, 0, durationMs - 100))
    set({ positionMs: target })
    if (core.swapping) return core.source?.reload(target)
    core.seekTargetMs = target
    core.moved = null
    if (core.endsEarly !== null) {
      core.endsEarly = null
      core.source?.reload(target)
    }
    media.currentTime = target / 1000
  }

  function chooseSubtitle(index: number) {
    const { session, subtitleIndex } = get()
    if (!session || index === subtitleIndex) return
    const needsPicture = burntIn(session) !== null || session.subtitles.find(track => track.index === index)?.url === null
    if (needsPicture) return void replace(core, { for: 'change' }, { subtitleIndex: index })
    core.choice = { ...core.choice, subtitleIndex: index }
    set({ subtitleIndex: index })
    core.tracks.choose(index)
  }

  function retry() {
    const { session, itemId, positionMs } = get()
    if (!itemId) return
    core.troubles = []
    set({ playing: true })
    if (session) return void replace(core, { for: 'decision' })
    void load({ ...core.choice, itemId, play: true, ...(positionMs > 0 && { startMs: positionMs }) })
  }

  return {
    state: core.state,
    media,
    load,
    play,
    pause,
    toggle: () => (get().playing ? pause() : play()),
    seek,
    seekBy: ms => seek(position(core) + ms),
    setVolume: volume => {
      set({ volume: clamp(volume, 0, 1), ...(volume > 0 && { muted: false }) })
      applyVolume(core)
    },
    setMuted: muted => {
      set({ muted })
      applyVolume(core)
    },
    setRate: rate => {
      set({ rate })
      media.playbackRate = rate
    },
    setGain: factor => {
      core.gain = factor
      applyVolume(core)
    },
    chooseSubtitle,
    chooseAudio: audioIndex => void replace(core, { for: 'change' }, { audioIndex, subtitleIndex: get().subtitleIndex }),
    chooseQuality: quality => void replace(core, { for: 'change' }, { quality, subtitleIndex: get().subtitleIndex }),
    retry,
    renew: sessionId => renew(core, sessionId),
    dismissNotice: () => set({ notice: null }),
    playhead: () => playhead(core),
    hasPlayed: () => core.played,
    stop,
    destroy: () => {
      stop()
      life.abort()
    },
  }
}
