import type { AudioStream, MediaInfo, SubtitleStream } from '@projectionist/shared/events/media'
import { languageOf } from '../../platform/media/languages.js'

/** What a person asked for, where they did. */
export interface TrackWishes {
  /** Stream index in the file. */
  readonly audioIndex?: number | undefined
  /** Stream index in the file; -1: none. */
  readonly subtitleIndex?: number | undefined
  /** Languages preferred for sound, best first, in BCP 47 or ISO 639-2. */
  readonly languages?: readonly string[]
}

/** The sound to play: the one asked for, else by language, else the file's default, else its first. */
export function chooseAudio({ audio }: MediaInfo, { audioIndex, languages = [] }: TrackWishes): AudioStream | undefined {
  const preferred = languages.flatMap(language => inOrder(audio.filter(stream => sameLanguage(stream.language, language))))
  return audio.find(({ index }) => index === audioIndex) ?? preferred[0] ?? inOrder(audio)[0]
}

const inOrder = (streams: readonly AudioStream[]): readonly AudioStream[] => streams.toSorted((a, b) => Number(b.default ?? false) - Number(a.default ?? false))

/** The subtitle to show: the one asked for, else forced ones that go with the sound: what its listeners would not understand. */
export function chooseSubtitle({ subtitles }: MediaInfo, { subtitleIndex }: TrackWishes, audio: AudioStream | undefined): SubtitleStream | undefined {
  if (subtitleIndex !== undefined) return subtitles.find(({ index }) => index === subtitleIndex)
  const forced = subtitles.filter(subtitle => subtitle.forced)
  return forced.find(({ language }) => sameLanguage(language, audio?.language)) ?? forced.find(({ language }) => language === undefined)
}

/** `de`, `deu`, `ger` and `de-AT` are one language. */
function sameLanguage(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && baseOf(a) === baseOf(b)
}

const baseOf = (code: string): string => (languageOf(code) ?? code).split('-', 1)[0]!
