import type { AudioStream, SubtitleStream, VideoStream } from '@projectionist/shared/events/media'

/** Words for what people read about streams. */

const codecs: Readonly<Record<string, string>> = {
  h264: 'H.264', hevc: 'HEVC', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', mpeg4: 'MPEG-4', mpeg2video: 'MPEG-2', mpeg1video: 'MPEG-1', vc1: 'VC-1',
  wmv3: 'WMV', msmpeg4v3: 'DivX 3', theora: 'Theora', prores: 'ProRes', mjpeg: 'Motion JPEG', dvvideo: 'DV',
  aac: 'AAC', ac3: 'AC-3', eac3: 'E-AC-3', dts: 'DTS', truehd: 'TrueHD', mp3: 'MP3', mp2: 'MP2', flac: 'FLAC', alac: 'ALAC', opus: 'Opus',
  vorbis: 'Vorbis', wmav2: 'WMA', wmapro: 'WMA Pro', ape: 'Monkey’s Audio', wavpack: 'WavPack', dsd_lsbf: 'DSD', dsd_msbf: 'DSD',
}
export const codecName = (codec: string): string => codecs[codec] ?? (codec.startsWith('pcm_') ? 'PCM' : codec.toUpperCase())

const STANDARD_HEIGHTS = [4320, 2160, 1440, 1080, 720, 576, 480, 360, 240]

/**
 * The height by which people call a picture: 1080 for 1920×1080, also for 1920×800 with its bars cut off, and for 1080×1920.
 * Small deviations from a standard are forgiven.
 */
export function nominalHeight(width: number, height: number): number {
  const [short, long] = width < height ? [width, height] : [height, width]
  const fitted = Math.max(short, Math.round((long * 9) / 16))
  return STANDARD_HEIGHTS.find(standard => fitted >= standard * 0.95 && fitted <= standard * 1.1) ?? fitted
}

export const heightName = (height: number): string => (height === 4320 ? '8K' : height === 2160 ? '4K' : `${height}p`)

const ranges = { hdr10: 'HDR10', hlg: 'HLG', 'dolby-vision': 'Dolby Vision' }
export const videoName = ({ codec, width, height, range }: Pick<VideoStream, 'codec' | 'width' | 'height' | 'range'>): string =>
  [codecName(codec), heightName(nominalHeight(width, height)), ...(range && range !== 'sdr' ? [ranges[range]] : [])].join(' ')

const channelNames: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1', 7: '6.1', 8: '7.1' }
export const audioName = ({ codec, channels }: Pick<AudioStream, 'codec' | 'channels'>): string =>
  `${codecName(codec)} ${channelNames[channels] ?? `${channels} channels`}`

const languages = new Intl.DisplayNames(['en'], { type: 'language' })
/** `German` for `de`, `deu` and `ger`; null for none, and for codes that say there is none. */
export function languageName(code: string | undefined): string | null {
  if (!code || ['und', 'mis', 'mul', 'zxx'].includes(code.toLowerCase())) return null
  try {
    return languages.of(code) ?? code
  } catch {
    return code
  }
}

export function audioTrackName(stream: AudioStream): string {
  const facts = audioName(stream)
  const name = [languageName(stream.language), stream.title].filter(part => part && part !== facts)
  return [...name, facts].join(' · ')
}

export function subtitleTrackName({ language, title, codec, forced, hearingImpaired }: SubtitleStream): string {
  const marks = [forced && 'forced', hearingImpaired && 'for the hard of hearing'].filter(mark => typeof mark === 'string')
  const name = [languageName(language), title].filter(Boolean).join(' · ') || subtitleCodecs[codec] || codec
  return marks.length > 0 ? `${name} (${marks.join(', ')})` : name
}
const subtitleCodecs: Readonly<Record<string, string>> = {
  subrip: 'SRT', ass: 'ASS', ssa: 'SSA', webvtt: 'WebVTT', mov_text: 'Text', hdmv_pgs_subtitle: 'PGS', dvd_subtitle: 'DVD', dvb_subtitle: 'DVB',
}
