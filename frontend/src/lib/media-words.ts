import type { AudioStream, MediaInfo, SubtitleStream, VideoStream } from '@projectionist/shared/events/media'
import { bitRate } from './words.js'

/** Bibliographic codes of ISO 639-2 that browsers do not know, in their other form. */
const bibliographic: Readonly<Record<string, string>> = {
  alb: 'sq',
  arm: 'hy',
  baq: 'eu',
  bur: 'my',
  chi: 'zh',
  cze: 'cs',
  dut: 'nl',
  fre: 'fr',
  geo: 'ka',
  ger: 'de',
  gre: 'el',
  ice: 'is',
  mac: 'mk',
  mao: 'mi',
  may: 'ms',
  per: 'fa',
  rum: 'ro',
  slo: 'sk',
  tib: 'bo',
  wel: 'cy',
}

/** Name of a language from its code, in the person's language: `German`; null for none, or `und`. */
export function languageName(code: string | undefined | null, locale?: string): string | null {
  if (!code || code === 'und' || code === 'mul' || code === 'zxx') return null
  try {
    const name = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(bibliographic[code] ?? code)
    return name ? name.charAt(0).toLocaleUpperCase(locale) + name.slice(1) : code
  } catch {
    return code
  }
}

const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  vp8: 'VP8',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  vc1: 'VC-1',
  theora: 'Theora',
  aac: 'AAC',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital+',
  truehd: 'TrueHD',
  dts: 'DTS',
  flac: 'FLAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  alac: 'ALAC',
  pcm_s16le: 'PCM',
  pcm_s24le: 'PCM',
  wmav2: 'WMA',
  subrip: 'SRT',
  ass: 'ASS',
  ssa: 'SSA',
  webvtt: 'WebVTT',
  mov_text: 'Text',
  hdmv_pgs_subtitle: 'PGS',
  dvd_subtitle: 'VobSub',
  dvb_subtitle: 'DVB',
  matroska: 'Matroska',
  'matroska,webm': 'Matroska',
  mp4: 'MP4',
  'mov,mp4,m4a,3gp,3g2,mj2': 'MP4',
  mpegts: 'MPEG-TS',
  avi: 'AVI',
  webm: 'WebM',
  jpeg: 'JPEG',
  png: 'PNG',
  heic: 'HEIC',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  ogg: 'Ogg',
  wav: 'WAV',
  asf: 'WMV',
}
export const codecName = (codec: string): string => codecNames[codec] ?? codec.toUpperCase()

const rangeNames = { sdr: null, hdr10: 'HDR10', hlg: 'HLG', 'dolby-vision': 'Dolby Vision' } as const
export const rangeName = (stream: Pick<VideoStream, 'range'>): string | null => (stream.range ? rangeNames[stream.range] : null)

/** `4K`, `1080p`, by what the picture is wide or high enough for. */
export function resolutionName({ width, height }: Pick<VideoStream, 'width' | 'height'>): string {
  if (width >= 3200 || height >= 1800) return '4K'
  if (width >= 1800 || height >= 1000) return '1080p'
  if (width >= 1200 || height >= 700) return '720p'
  return `${height}p`
}

/** `mono`, `stereo`, `5.1`, `7.1`. */
export const channelsName = ({ channels, layout }: Pick<AudioStream, 'channels' | 'layout'>): string =>
  channels === 1
    ? 'mono'
    : channels === 2
      ? 'stereo'
      : channels === 6
        ? '5.1'
        : channels === 8
          ? '7.1'
          : (layout ?? `${channels} channels`)

const isAtmos = ({ profile }: AudioStream) => /atmos/i.test(profile ?? '')
const audioFormat = (stream: AudioStream) => {
  const name = stream.codec === 'dts' && /hd ma/i.test(stream.profile ?? '') ? 'DTS-HD MA' : codecName(stream.codec)
  return `${name}${isAtmos(stream) ? ' Atmos' : ''} ${channelsName(stream)}`
}

/** What one chooses an audio track by: `English · TrueHD Atmos 7.1`. */
export const audioLabel = (stream: AudioStream): string =>
  [languageName(stream.language), stream.title, audioFormat(stream)].filter(Boolean).join(' · ')

/** What one chooses subtitles by: `German · forced`. */
export const subtitleLabel = (stream: SubtitleStream): string =>
  [
    languageName(stream.language) ?? (stream.title ? null : 'Unknown language'),
    stream.title,
    stream.forced && 'forced',
    stream.hearingImpaired && 'for the hard of hearing',
  ]
    .filter(Boolean)
    .join(' · ')

/** A version of an item in a few words: `4K HDR10 · HEVC · Matroska`. */
export function versionLabel(media: MediaInfo, edition: string | null): string {
  const video = media.video[0]
  const picture = video ? [resolutionName(video), rangeName(video)].filter(Boolean).join(' ') : null
  const audio = media.audio[0]
  const format = video ? codecName(video.codec) : audio ? codecName(audio.codec) : null
  return [edition, picture, format, codecName(media.container)].filter(Boolean).join(' · ')
}

/** Technical facts of a stream, for people who want to know. */
export const videoFacts = (stream: VideoStream): string =>
  [
    codecName(stream.codec),
    stream.profile,
    `${stream.width}×${stream.height}`,
    stream.frameRate && `${Math.round(stream.frameRate * 1000) / 1000} fps`,
    stream.bitDepth && `${stream.bitDepth}-bit`,
    rangeName(stream) ?? 'SDR',
    stream.interlaced && 'interlaced',
    stream.bitRate && bitRate(stream.bitRate),
  ]
    .filter(Boolean)
    .join(' · ')
export const audioFacts = (stream: AudioStream): string =>
  [
    languageName(stream.language),
    stream.title,
    audioFormat(stream),
    `${Math.round(stream.sampleRate / 100) / 10} kHz`,
    stream.bitRate && bitRate(stream.bitRate),
    stream.default && 'default',
  ]
    .filter(Boolean)
    .join(' · ')
export const subtitleFacts = (stream: SubtitleStream): string =>
  [subtitleLabel(stream), codecName(stream.codec), stream.external && 'beside the file', stream.default && 'default']
    .filter(Boolean)
    .join(' · ')
