import { segmentSeconds } from '../../platform/media/cut-list.js'
import type { CutList, RenditionName } from '../../platform/media/stream-plan.js'

/** HLS playlists (RFC 8216 and its second edition), complete before a single segment is made. */

export interface Variant {
  /** Bits a second: the most of any segment, and over all. */
  readonly peakBitRate: number
  readonly averageBitRate: number
  readonly video: { readonly codec: string; readonly width: number; readonly height: number; readonly frameRate: number | null } | null
  readonly audio: { readonly codec: string; readonly name: string; readonly language: string | null; readonly channels: number } | null
}

/** The playlist that names the renditions; its addresses are relative to its own. */
export function multivariantPlaylist({ peakBitRate, averageBitRate, video, audio }: Variant): string {
  const attributes = [
    `BANDWIDTH=${Math.ceil(peakBitRate)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(averageBitRate)}`,
    `CODECS="${[video?.codec, audio?.codec].filter(Boolean).join(',')}"`,
    ...(video ? [`RESOLUTION=${video.width}x${video.height}`] : []),
    ...(video?.frameRate ? [`FRAME-RATE=${video.frameRate.toFixed(3)}`] : []),
    ...(video && audio ? ['AUDIO="sound"'] : []),
  ]
  return lines(
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    video &&
      audio &&
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME=${quoted(audio.name)}${audio.language ? `,LANGUAGE=${quoted(audio.language)}` : ''},` +
        `DEFAULT=YES,AUTOSELECT=YES,CHANNELS="${audio.channels}",URI="audio.m3u8"`,
    `#EXT-X-STREAM-INF:${attributes.join(',')}`,
    video ? 'video.m3u8' : 'audio.m3u8',
  )
}

/** The playlist of one rendition: every segment there will be. */
export function mediaPlaylist(name: RenditionName, cuts: CutList, independent: boolean): string {
  const lengths = segmentSeconds(cuts)
  return lines(
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(Math.max(...lengths)))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    independent && '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${name}/init.mp4"`,
    ...lengths.flatMap((seconds, number) => [`#EXTINF:${seconds.toFixed(6)},`, `${name}/${number}.m4s`]),
    '#EXT-X-ENDLIST',
  )
}

const lines = (...all: readonly (string | false | null | undefined)[]): string => `${all.filter(Boolean).join('\n')}\n`

/** Quoted strings cannot hold quotes or line breaks (RFC 8216, 4.2). */
const quoted = (text: string): string => `"${text.replaceAll('"', '’').replace(/\p{Cc}+/gu, ' ')}"`
