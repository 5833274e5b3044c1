import type { DeviceProfile, PlaybackRequest, PlaybackSession } from '@projectionist/shared/api/playback'
import type { z } from 'zod'
import type { Away } from '../lib/away.js'
import { createStore, type Store } from '../lib/store.js'
import type { Failure } from './failure.js'
import type { AttachedSource } from './attached-source.js'
import { initialState, type PlayerState } from './player-state.js'
import type { Moved } from './early-end.js'
import type { Moment, Playhead } from './progress-reporter.js'
import type { Trouble } from './recovery.js'
import { clamp } from './scrubber.js'
import { subtitleTracks, type SubtitleTracks } from './subtitle-tracks.js'

export type PlaybackCall = z.input<typeof PlaybackRequest>

/** What the engine needs of the outside. */
export interface EnginePorts {
  /** Asks the server for a session. @throws PlaybackRefused */
  readonly start: (itemId: string, request: PlaybackCall, signal: AbortSignal) => Promise<PlaybackSession>
  /** Gives a session back that will not be played. Never rejects. */
  readonly discard: (sessionId: string) => void
  readonly profile: () => Promise<DeviceProfile>
  /** Hears of everything that has to be reported. */
  readonly moment: (moment: Moment, playhead: Playhead) => void
  /** Makes a session that the server has forgotten be there again, as it was. @throws PlaybackRefused when it cannot be as it was. */
  readonly revive: (session: PlaybackSession) => Promise<void>
  /** What is out of reach, if anything. */
  readonly away: () => Away
  /** Resolves when nothing is away any more, or it is time to try all the same; never once the signal is aborted. */
  readonly backAgain: (signal: AbortSignal) => Promise<void>
}

/** What a person chose before or during play; absent parts are left to the server. */
export interface Choice {
  readonly fileId?: string
  readonly audioIndex?: number
  readonly subtitleIndex?: number
  readonly quality?: string
}

/** The engine's insides, shared by its parts and seen by nobody else. */
export interface Core {
  readonly media: HTMLMediaElement
  readonly ports: EnginePorts
  readonly state: Store<PlayerState>
  readonly set: (patch: Partial<PlayerState>) => void
  readonly tracks: SubtitleTracks
  /** What is done about trouble; set by the engine, so that its parts need not know each other. */
  onTrouble: (trouble: Trouble) => void
  /** Aborted as soon as another load or replacement takes over. */
  run: AbortController
  source: AttachedSource | null
  choice: Choice
  /** How much less than the browser's profile is asked for; see `cautious`. */
  caution: 0 | 1 | 2
  troubles: readonly Trouble[]
  /** When the data ran out lately, by `performance.now()`. */
  stalls: readonly number[]
  /** Loudness correction on top of the volume. */
  gain: number
  /** The element's events are about media that is on its way out, or not in yet. */
  swapping: boolean
  /** Something of the item was seen or heard; before that there is nothing to report. */
  played: boolean
  /** The seek to where a session starts is over; later ones are the person's. */
  settled: boolean
  /** A session is being asked for in place of the present one. */
  replacing: boolean
  seekTargetMs: number | null
  /** Since when the media moves without trouble; null while it does not. */
  goodSince: number | null
  /** Where the playhead was last seen to move; of the media that is in. */
  moved: Moved | null
  /** The file ends before it should: told when what is there has been played. */
  endsEarly: Failure | null
  retryTimer: ReturnType<typeof setTimeout> | undefined
  /** Aborted when what was away is no longer waited for. */
  coming: AbortController | null
  stallTimer: ReturnType<typeof setTimeout> | undefined
}

export function createCore(media: HTMLMediaElement, ports: EnginePorts): Core {
  const state = createStore<PlayerState>({ ...initialState, volume: media.volume, muted: media.muted })
  const set = (patch: Partial<PlayerState>) =>
    state.set(now =>
      (Object.keys(patch) as (keyof PlayerState)[]).every(key => Object.is(now[key], patch[key])) ? now : { ...now, ...patch },
    )
  const tracks = subtitleTracks(media, {
    cues: cues => set({ cues }),
    failed: index => {
      const { session, subtitleIndex } = state.get()
      const label = session?.subtitles.find(track => track.index === index)?.label ?? 'Subtitles'
      if (subtitleIndex === index) set({ subtitleIndex: -1, notice: { about: 'subtitle-unreadable', label } })
    },
  })
  return {
    media,
    ports,
    state,
    set,
    tracks,
    onTrouble: () => {},
    run: new AbortController(),
    source: null,
    choice: {},
    caution: 0,
    troubles: [],
    stalls: [],
    gain: 1,
    swapping: true,
    played: false,
    settled: false,
    replacing: false,
    seekTargetMs: null,
    goodSince: null,
    moved: null,
    endsEarly: null,
    retryTimer: undefined,
    coming: null,
    stallTimer: undefined,
  }
}

/** Where the person is, also while a seek or a change of session is under way. */
export function position({ seekTargetMs, swapping, media, state }: Core): number {
  return seekTargetMs ?? (swapping || media.readyState === 0 ? state.get().positionMs : Math.round(media.currentTime * 1000))
}

export function playhead(core: Core): Playhead | null {
  const { session, itemId, durationMs } = core.state.get()
  return session && itemId ? { itemId, sessionId: session.sessionId, positionMs: position(core), durationMs } : null
}

/** Lets the reporter know, once something was played. */
export function tell(core: Core, moment: Moment): void {
  const head = playhead(core)
  if (head && core.played) core.ports.moment(moment, head)
}

export function detach(core: Core): void {
  clearTimeout(core.retryTimer)
  clearTimeout(core.stallTimer)
  core.coming?.abort()
  core.source?.detach()
  core.source = null
}

export function fail(core: Core, failure: Failure): void {
  tell(core, 'pause')
  core.swapping = true
  detach(core)
  core.set({ phase: 'failed', failure, playing: false, waiting: null })
}

/** Plays as soon as there is something to play. */
export function begin({ media, set }: Core): void {
  media.play().then(
    () => set({ needsGesture: false }),
    (error: unknown) => {
      // AbortError: another load or a pause came first. Everything else is told by the `error` event.
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        set({ needsGesture: true, playing: false, waiting: null })
    },
  )
}

export function applyVolume({ media, state, gain }: Core): void {
  media.volume = clamp(state.get().volume * gain, 0, 1)
  media.muted = state.get().muted
}

const stalledMs = 25_000
/** Some browsers wait for ever on a dead connection without a word. */
export function watchForStall(core: Core): void {
  clearTimeout(core.stallTimer)
  core.stallTimer = setTimeout(() => {
    const { waiting, playing, phase } = core.state.get()
    if (waiting === null || !playing || phase === 'failed' || core.replacing) return
    core.onTrouble({ kind: 'network', detail: `nothing arrived for ${stalledMs / 1000} s` })
  }, stalledMs)
}
