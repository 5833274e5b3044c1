import type { SubtitleStream } from '@projectionist/shared/events/media'
import { nameOf, readableName } from '../../platform/media/file-location.js'
import { languageOf } from '../../platform/media/languages.js'
import { extensionOf, stemOf } from '../../platform/media/media-types.js'

const CODECS: Readonly<Record<string, readonly [codec: string, form: 'text' | 'image']>> = {
  srt: ['subrip', 'text'], ass: ['ass', 'text'], ssa: ['ass', 'text'], vtt: ['webvtt', 'text'], sub: ['microdvd', 'text'], idx: ['dvd_subtitle', 'image'],
  sup: ['hdmv_pgs_subtitle', 'image'], smi: ['sami', 'text'], ttml: ['ttml', 'text'], dfxp: ['ttml', 'text'], mpl: ['mpl2', 'text'], usf: ['text', 'text'],
}
const FORCED = /^(?:forced|foreign|zwang)$/i
const HEARING = /^(?:sdh|cc|hi|hoh)$/i
const NOISE = /^(?:default|full|sub|subs|subtitles?|utf-?8|track\d*|\d+)$/i

/**
 * Subtitle files as streams of the media file they lie beside, after `streams` of its own. What stands between the
 * media's name and the extension tells language and kind: `Film.de.forced.srt`, `Film.English (SDH).srt`, `2_German.srt`.
 */
export function externalSubtitles(media: string, files: readonly string[], streams: number): SubtitleStream[] {
  const stem = stemOf(readableName(nameOf(media)))
  return files.map((external, index) => {
    const name = stemOf(readableName(nameOf(external)))
    const words = (name.startsWith(stem) ? name.slice(stem.length) : name).split(/[._()[\],]+|\s+-\s+|\s+(?=sdh\b|cc\b|forced\b)/i).map(word => word.trim()).filter(word => word !== '' && word !== '-')
    const [codec, form] = CODECS[extensionOf(external)] ?? ['text', 'text']
    const spoken = words.map(word => (HEARING.test(word) && word.toLowerCase() !== 'hi' ? undefined : languageOf(word.replace(/^-/, ''))))
    // `hi` is Hindi unless a language stands there already.
    const at = spoken.findIndex(language => language !== undefined)
    const language = at >= 0 ? spoken[at] : undefined
    const rest = words.filter((word, place) => place !== at && !FORCED.test(word) && !HEARING.test(word) && !NOISE.test(word) && languageOf(word) === undefined)
    const hearing = words.some((word, place) => place !== at && HEARING.test(word))
    return {
      index: streams + index,
      codec,
      form,
      external,
      ...(language !== undefined && { language }),
      ...(rest.length > 0 && { title: rest.join(' ').slice(0, 200) }),
      ...(words.some(word => FORCED.test(word)) && { forced: true }),
      ...(hearing && { hearingImpaired: true }),
      ...(words.some(word => /^default$/i.test(word)) && { default: true }),
    }
  })
}
