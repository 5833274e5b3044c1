import type { DeviceProfile } from '@projectionist/shared/api/playback'

/** The largest picture a device decodes without dropping frames, where it says so. */
export interface DecodeLimit {
  readonly maxWidth?: number
  readonly maxHeight?: number
  readonly maxFrameRate?: number
}

/** What a browser says of itself; the whole input of `deviceProfile`. */
export interface Capabilities {
  readonly name: string
  /** Whether a file of this MIME type (RFC 6381) can be opened by address. */
  readonly playsFile: (mime: string) => boolean
  /** Whether a segment stream of this MIME type can be fed, by Media Source Extensions or the browser's own HLS. */
  readonly playsStream: (mime: string) => boolean
  /** The screen shows high dynamic range. */
  readonly hdrScreen: boolean
  /** By FFmpeg codec name. */
  readonly limits: Readonly<Record<string, DecodeLimit>>
}

interface VideoProbe {
  readonly codec: string
  /** RFC 6381 names of which one has to be taken. */
  readonly names: readonly string[]
  readonly tenBit?: readonly string[]
  /** From the most to the least demanding; levels as FFmpeg counts them. */
  readonly levels?: readonly (readonly [name: string, level: number])[]
  /** FFmpeg's names of the profiles with 8 bits, and those with 10. */
  readonly profiles?: readonly string[]
  readonly tenBitProfiles?: readonly string[]
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(2, '0')

/** RFC 6381 names: ISO 14496-15 for H.264 and HEVC, the AV1 and VP9 bindings for theirs. */
export const videoProbes: readonly VideoProbe[] = [
  {
    codec: 'h264',
    names: ['avc1.640028', 'avc1.4D401F', 'avc1.42E01E'],
    tenBit: ['avc1.6E0028'],
    levels: [62, 61, 60, 52, 51, 50, 42, 41, 40, 31].map(level => [`avc1.6400${hex(level)}`, level] as const),
    profiles: ['Constrained Baseline', 'Baseline', 'Main', 'Extended', 'High', 'Constrained High', 'Progressive High'],
    tenBitProfiles: ['High 10', 'High 10 Intra'],
  },
  {
    codec: 'hevc',
    names: ['hvc1.1.6.L120.90', 'hev1.1.6.L120.90'],
    tenBit: ['hvc1.2.4.L120.90', 'hev1.2.4.L120.90'],
    levels: [186, 183, 180, 156, 153, 150, 123, 120, 93].map(level => [`hvc1.1.6.L${level}.90`, level] as const),
    profiles: ['Main', 'Main Still Picture'],
    tenBitProfiles: ['Main 10'],
  },
  { codec: 'av1', names: ['av01.0.08M.08'], tenBit: ['av01.0.08M.10'], profiles: ['Main'] },
  {
    codec: 'vp9',
    names: ['vp09.00.41.08', 'vp9'],
    tenBit: ['vp09.02.41.10'],
    profiles: ['Profile 0'],
    tenBitProfiles: ['Profile 2'],
  },
  { codec: 'vp8', names: ['vp8', 'vp08.00.41.08'] },
  { codec: 'theora', names: ['theora'] },
  { codec: 'mpeg4', names: ['mp4v.20.9'] },
]

const audioProbes: readonly (readonly [codec: string, names: readonly string[]])[] = [
  ['aac', ['mp4a.40.2']],
  ['mp3', ['mp3', 'mp4a.69', 'mp4a.6B']],
  ['opus', ['opus', 'Opus']],
  ['vorbis', ['vorbis']],
  ['flac', ['flac', 'fLaC']],
  ['alac', ['alac']],
  ['ac3', ['ac-3']],
  ['eac3', ['ec-3']],
  ['dts', ['dtsc']],
]

/** Containers by FFmpeg's name, with their MIME types. What is asked of each is every codec. */
const containers: readonly (readonly [container: string, videoMime: string | null, audioMime: string])[] = [
  ['mp4', 'video/mp4', 'audio/mp4'],
  ['mov', 'video/quicktime', 'video/quicktime'],
  ['webm', 'video/webm', 'audio/webm'],
  ['matroska', 'video/x-matroska', 'video/x-matroska'],
  ['ogg', 'video/ogg', 'audio/ogg'],
]
/** Files of one audio codec, asked for by their bare MIME type. */
const audioFiles: readonly (readonly [container: string, codecs: readonly string[], mime: string])[] = [
  ['mp3', ['mp3'], 'audio/mpeg'],
  ['flac', ['flac'], 'audio/flac'],
  ['aac', ['aac'], 'audio/aac'],
  ['wav', ['pcm_s16le', 'pcm_u8', 'pcm_s24le', 'pcm_f32le'], 'audio/wav'],
]

const plays = (can: (mime: string) => boolean, mime: string, names: readonly string[]) =>
  names.some(name => can(`${mime}; codecs="${name}"`))

/**
 * What the browser plays, in FFmpeg's names, for `POST /items/:id/playback`. Pure: everything known of the browser comes in
 * `capabilities`.
 */
export function deviceProfile({ name, playsFile, playsStream, hdrScreen, limits }: Capabilities): DeviceProfile {
  const inStream = (names: readonly string[]) => plays(playsStream, 'video/mp4', names)
  const direct = [
    ...containers.map(([container, videoMime, audioMime]) => ({
      container,
      video:
        videoMime === null ? [] : videoProbes.filter(probe => plays(playsFile, videoMime, probe.names)).map(probe => probe.codec),
      audio: audioProbes.filter(([, names]) => plays(playsFile, audioMime, names)).map(([codec]) => codec),
    })),
    ...audioFiles
      .filter(([, , mime]) => playsFile(mime))
      .map(([container, codecs]) => ({ container, video: [], audio: [...codecs] })),
  ].filter(entry => entry.video.length + entry.audio.length > 0)

  const can = (mime: string) => playsFile(mime) || playsStream(mime)
  const anywhere = (names: readonly string[]) => ['video/mp4', 'video/webm'].some(mime => plays(can, mime, names))

  const video = videoProbes.flatMap(probe => {
    if (!anywhere(probe.names)) return []
    const tenBit = probe.tenBit !== undefined && anywhere(probe.tenBit)
    const level = probe.levels?.find(([codecName]) => anywhere([codecName]))?.[1]
    return {
      codec: probe.codec,
      ...(probe.profiles && { profiles: [...probe.profiles, ...(tenBit ? (probe.tenBitProfiles ?? []) : [])] }),
      ...(level !== undefined && { maxLevel: level }),
      maxBitDepth: tenBit ? 10 : 8,
      ranges: tenBit && hdrScreen ? (['sdr', 'hdr10', 'hlg'] as const).slice() : (['sdr'] as const).slice(),
      ...limits[probe.codec],
    }
  })
  const audio = [...new Set(direct.flatMap(entry => entry.audio))].map(codec => ({ codec }))
  return {
    name,
    direct,
    hls: {
      video: videoProbes.filter(probe => inStream(probe.names)).map(probe => probe.codec),
      audio: audioProbes.filter(([, names]) => plays(playsStream, 'audio/mp4', names)).map(([codec]) => codec),
    },
    video,
    audio,
    subtitles: ['webvtt'],
    switchesAudio: false,
  }
}

/**
 * A profile that asks for less, for a file which the browser promised to play and then did not: first not as a file,
 * then only as the plainest stream there is.
 */
export function cautious(profile: DeviceProfile, step: 0 | 1 | 2): DeviceProfile {
  if (step === 0) return profile
  if (step === 1) return { ...profile, direct: [] }
  return {
    ...profile,
    direct: [],
    hls: {
      video: profile.hls.video.filter(codec => codec === 'h264'),
      audio: profile.hls.audio.filter(codec => codec === 'aac'),
    },
    video: profile.video
      .filter(entry => entry.codec === 'h264')
      .map(entry => ({
        ...entry,
        profiles: ['Constrained Baseline', 'Baseline', 'Main', 'High'],
        maxBitDepth: 8,
        ranges: ['sdr' as const],
      })),
  }
}
