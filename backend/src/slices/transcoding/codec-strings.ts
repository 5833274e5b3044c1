import type { AudioStream, VideoStream } from '@projectionist/shared/events/media'
import type { AudioPlan, VideoPlan } from '../../platform/media/stream-plan.js'

/** Names of codecs for `CODECS` of HLS: RFC 6381 and the bindings of ISO/IEC 14496-15, AV1 and VP9 to ISO media files. */

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0')
const decimal = (value: number): string => String(value).padStart(2, '0')

/** Profile and constraint bytes of H.264 by FFmpeg's name of the profile. */
const h264Profiles: Readonly<Record<string, string>> = {
  Baseline: '4200', 'Constrained Baseline': '42E0', Main: '4D40', Extended: '5800', High: '6400', 'Constrained High': '640C',
  'Progressive High': '6408', 'High 10': '6E00', 'High 4:2:2': '7A00', 'High 4:4:4 Predictive': 'F400',
}

export function videoCodecString(plan: VideoPlan, source: VideoStream): string {
  if (plan.action === 'encode') return `avc1.6400${hex(plan.level)}`
  const { profile = '', level, bitDepth = 8, width, height } = source
  switch (source.codec) {
    case 'h264':
      return `avc1.${h264Profiles[profile] ?? '6400'}${hex(level ?? 40)}`
    case 'hevc':
      return profile.startsWith('Main 10') || bitDepth > 8 ? `hvc1.2.4.L${level ?? 120}.B0` : `hvc1.1.6.L${level ?? 120}.B0`
    case 'av1':
      return `av01.0.${decimal(level !== undefined && level >= 0 && level < 24 ? level : 8)}M.${decimal(bitDepth)}`
    case 'vp9':
      return `vp09.${decimal(Number(/\d/.exec(profile)?.[0] ?? 0))}.${width * height > 2_300_000 ? 51 : 41}.${decimal(bitDepth)}`
    default:
      return source.codec
  }
}

const audioStrings: Readonly<Record<string, string>> = { mp3: 'mp4a.40.34', opus: 'opus', flac: 'fLaC', ac3: 'ac-3', eac3: 'ec-3', alac: 'alac' }

export function audioCodecString(plan: AudioPlan, source: AudioStream): string {
  if (plan.action === 'copy' && source.codec !== 'aac') return audioStrings[source.codec] ?? source.codec
  if (plan.action === 'copy' && source.profile === 'HE-AAC') return 'mp4a.40.5'
  if (plan.action === 'copy' && source.profile === 'HE-AACv2') return 'mp4a.40.29'
  return 'mp4a.40.2'
}
