import type { PlaybackReason } from '@projectionist/shared/api/playback'
import { bitRate } from '../lib/words.js'

type Code = PlaybackReason['code']
type Words = (detail: Detail, subject: PlaybackReason['subject']) => string

/** A reason's `detail`, taken apart: `hevc`, or `8000000 > 4000000`. */
interface Detail {
  readonly value: string | null
  readonly limit: string | null
}

const names: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  vp8: 'VP8',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4 Part 2',
  vc1: 'VC-1',
  wmv3: 'WMV 9',
  theora: 'Theora',
  prores: 'ProRes',
  mjpeg: 'Motion JPEG',
  aac: 'AAC',
  mp3: 'MP3',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital Plus',
  truehd: 'Dolby TrueHD',
  dts: 'DTS',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  alac: 'Apple Lossless',
  wmav2: 'Windows Media Audio',
  mp2: 'MPEG audio',
  matroska: 'Matroska (MKV)',
  mpegts: 'MPEG transport stream',
  avi: 'AVI',
  asf: 'Windows Media',
  mov: 'QuickTime',
  mp4: 'MP4',
  webm: 'WebM',
  ogg: 'Ogg',
  flv: 'Flash video',
  mpeg: 'MPEG program stream',
  hdr10: 'HDR10',
  hlg: 'HLG',
  'dolby-vision': 'Dolby Vision',
  sdr: 'standard range',
  hdmv_pgs_subtitle: 'PGS',
  dvd_subtitle: 'DVD',
  dvb_subtitle: 'DVB',
  ass: 'ASS',
  subrip: 'SubRip',
  pgs: 'PGS',
  pcm_s16le: 'PCM',
}
/** How people call a codec, container or range that FFmpeg knows by `name`. */
export const formatName = (name: string): string => names[name.toLowerCase()] ?? name.toUpperCase()

const named = (value: string | null, otherwise: string) => (value === null ? otherwise : formatName(value))
const rate = (value: string) => (Number.isFinite(Number(value)) ? bitRate(Number(value)) : value)
const hertz = (value: string) => (Number.isFinite(Number(value)) ? `${Number(value) / 1000} kHz` : value)
/** `has 8 channels; this device takes 6`, or the sentence without figures where there are none. */
const against = ({ value, limit }: Detail, plain: string, say: (value: string) => string, unit = (shown: string) => shown) =>
  value === null
    ? `${plain}.`
    : limit === null
      ? `${say(unit(value))}.`
      : `${say(unit(value))}; the limit here is ${unit(limit)}.`

const words: Readonly<Record<Code, Words>> = {
  'container-not-supported': ({ value }) =>
    `This device does not open ${named(value, 'this kind of')} files, so the streams are put into another wrapping.`,
  'video-codec-not-supported': ({ value }) => `This device does not play ${named(value, 'this kind of')} video.`,
  'video-profile-not-supported': ({ value }) =>
    `The video is made in a way${value === null ? '' : ` (${value})`} this device cannot decode.`,
  'video-level-not-supported': detail =>
    against(detail, 'The video is too demanding for this device', value => `The video is of level ${value}`),
  'video-bit-depth-not-supported': detail =>
    against(detail, 'The video has finer colour steps than this device decodes', value => `The video has ${value} bits a colour`),
  'video-resolution-not-supported': detail =>
    against(
      detail,
      'The picture is larger than this device decodes',
      value => `The picture is ${value.replace('x', ' × ')}`,
      value => value.replace('x', ' × '),
    ),
  'video-frame-rate-not-supported': detail =>
    against(
      detail,
      'There are more pictures a second than this device decodes',
      value => `The video has ${value} pictures a second`,
    ),
  'video-range-not-supported': ({ value }) =>
    `The picture is ${named(value, 'high dynamic range')}, and this screen is not; colours are adapted to it.`,
  'video-interlaced': () => 'The video is interlaced, as for old televisions; it is turned into whole pictures.',
  'video-rotated': () => 'The video was filmed turned, and is put upright.',
  'audio-codec-not-supported': ({ value }) => `This device does not play ${named(value, 'this kind of')} sound.`,
  'audio-channels-not-supported': detail =>
    against(detail, 'The sound has more channels than this device takes', value => `The sound has ${value} channels`),
  'audio-sample-rate-not-supported': detail =>
    against(detail, 'The sound has more samples a second than this device takes', value => `The sound has ${value}`, hertz),
  'audio-track-chosen': () => 'You chose another audio track, which browsers cannot pick from the file itself.',
  'bit-rate-too-high': detail =>
    against(detail, 'The file needs more bandwidth than is allowed here', value => `The file needs ${value}`, rate),
  'quality-chosen': ({ value }) =>
    `You chose a lower quality${value === null ? '' : `, ${/^\d+$/.test(value) ? rate(value) : value}`}.`,
  'subtitle-burnt-in': ({ value }) =>
    `${value === null ? 'These' : `These ${formatName(value)}`} subtitles are pictures or styled text, and are drawn into the video.`,
  'keyframes-unknown': () =>
    'It is not known yet where this video can be cut without converting. After a first look at the file it may play as it is.',
  'several-audio-streams': () => 'The file has several audio tracks, and this device cannot tell which one to play.',
}

/** Why a stream is not sent as it is, as a sentence for the person who watches. There are words for every code. */
export function reasonWords({ code, detail, subject }: PlaybackReason): string {
  const [value, limit] = (detail ?? '').split(/\s*>\s*/, 2)
  return words[code]({ value: value || null, limit: limit || null }, subject)
}

/** The codes there are words for. */
export const wordedCodes = Object.keys(words) as readonly Code[]

/** What is done to a file, in a few words. */
export const methodWords = {
  direct: { title: 'Playing the original', text: 'The file is sent exactly as it is.' },
  remux: {
    title: 'Repackaged',
    text: 'Picture and sound are those of the file, or nearly; only the wrapping is changed. This costs the server next to nothing.',
  },
  transcode: { title: 'Being converted', text: 'The server converts the video while you watch.' },
} as const
