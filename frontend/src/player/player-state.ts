import type { PlaybackSession } from '@projectionist/shared/api/playback'
import type { Failure, FailureCode } from './failure.js'
import type { Range } from './scrubber.js'

/** Why the picture does not move although it should; null when it does, or nobody wants it to. */
export type Waiting =
  | { readonly for: 'decision' }
  | { readonly for: 'first-picture' }
  | { readonly for: 'seek'; readonly toMs: number }
  | { readonly for: 'data' }
  | { readonly for: 'network' }
  | { readonly for: 'retry'; readonly attempt: number; readonly of: number; readonly after: FailureCode }
  | { readonly for: 'change' }
  | { readonly for: 'repair' }

/** Something the person should know that does not end playback. */
export type Notice =
  | { readonly about: 'change-refused'; readonly failure: Failure }
  | { readonly about: 'subtitle-unreadable'; readonly label: string }
  | { readonly about: 'slow'; readonly offer: PlaybackSession['qualities'][number] }

export interface PlayerState {
  readonly phase: 'idle' | 'starting' | 'ready' | 'ended' | 'failed'
  readonly itemId: string | null
  readonly session: PlaybackSession | null
  /** What the person wants; the picture moves when also `waiting` is null. */
  readonly playing: boolean
  readonly waiting: Waiting | null
  /** The browser plays only after a touch or a key. */
  readonly needsGesture: boolean
  readonly positionMs: number
  readonly durationMs: number
  readonly buffered: readonly Range[]
  /** From 0 to 1, as the person set it; `gain` is on top. */
  readonly volume: number
  readonly muted: boolean
  readonly rate: number
  /** Stream index of the subtitles shown, -1 for none. */
  readonly subtitleIndex: number
  readonly cues: readonly VTTCue[]
  readonly failure: Failure | null
  readonly notice: Notice | null
}

export const initialState: PlayerState = {
  phase: 'idle',
  itemId: null,
  session: null,
  playing: false,
  waiting: null,
  needsGesture: false,
  positionMs: 0,
  durationMs: 0,
  buffered: [],
  volume: 1,
  muted: false,
  rate: 1,
  subtitleIndex: -1,
  cues: [],
  failure: null,
  notice: null,
}

/** Stream index of the audio that is heard, -1 when there is none. */
export const audioIndex = (session: PlaybackSession | null) => session?.audio.find(track => track.selected)?.index ?? -1

/** Subtitles that are part of the picture and cannot be taken out without a new session. */
export const burntIn = (session: PlaybackSession) => session.subtitles.find(track => track.selected && track.url === null) ?? null

/** A lower quality to offer when the data kept running out: the best that needs at most 60% of the present bit rate. */
export function slower(session: PlaybackSession): PlaybackSession['qualities'][number] | null {
  const now = session.qualities.find(quality => quality.id === session.quality)?.bitRate ?? session.original.bitRate
  const lower = session.qualities.filter(({ bitRate }) => bitRate !== null && (now === null || bitRate <= now * 0.6))
  return lower.toSorted((a, b) => (b.bitRate ?? 0) - (a.bitRate ?? 0))[0] ?? null
}

/** The element of a wrapping row after `current`: subtitles, audio. */
export function cycle<T>(row: readonly T[], current: T): T | undefined {
  return row[(row.indexOf(current) + 1) % row.length]
}

/**
 * Stream indexes of subtitles in the order in which one asks for them: those in a language of the person's, as the browser
 * knows them, then those in the language of the sound, then the others; none at all is at the front.
 */
export function subtitleRow(session: PlaybackSession | null, languages: readonly string[]): readonly number[] {
  const sound = session?.audio.find(track => track.selected)?.language ?? null
  const wanted = [...languages, ...(sound === null ? [] : [sound])].map(baseLanguage)
  const rank = (language: string | null) => {
    const at = language === null ? -1 : wanted.indexOf(baseLanguage(language))
    return at < 0 ? wanted.length : at
  }
  const tracks = (session?.subtitles ?? []).toSorted((a, b) => rank(a.language) - rank(b.language))
  return [-1, ...tracks.map(({ index }) => index)]
}

const baseLanguage = (tag: string): string => {
  try {
    return new Intl.Locale(tag).language
  } catch {
    return tag
  }
}
