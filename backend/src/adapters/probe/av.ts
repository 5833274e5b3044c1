import type { AudioStream, MediaInfo, SubtitleStream, VideoStream } from '@projectionist/shared/events/media'
import {
  AV_DISPOSITION_ATTACHED_PIC, AV_DISPOSITION_DEFAULT, AV_DISPOSITION_FORCED, AV_DISPOSITION_HEARING_IMPAIRED, AV_LOG_QUIET, AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_DATA_DOVI_CONF, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_SUBTITLE, AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { avChannelLayoutDefault, avChannelLayoutDescribe, avGetCodecName, avGetPixFmtName, Codec, Dictionary, FormatContext, Log, type Stream } from 'node-av/lib'
import { languageOf } from '../../platform/media/languages.js'
import { cleanText, defined } from './clean.js'
import { readCodecConfig, type CodecConfig } from './codec-config.js'

Log.setLevel(AV_LOG_QUIET)

/** FFmpeg could not read the file. `recognised`: its container is one FFmpeg knows, so it is damaged rather than no media. */
export class AvError extends Error {
  override readonly name = 'AvError'
  constructor(
    message: string,
    readonly recognised: boolean,
  ) {
    super(message)
  }
}

export interface AvProbe {
  readonly media: MediaInfo
  /** The container's own tags, keys in lower case. */
  readonly tags: Readonly<Record<string, string>>
}

// Playlists and the like would make FFmpeg open other files and addresses: only formats that hold media themselves.
const FORMATS =
  'matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,mpegvideo,asf,flv,ogg,flac,mp3,wav,w64,aiff,aac,ape,wv,tta,dsf,iff,mpc,mpc8,rm,ivf,nut,' +
  'h264,hevc,m4v,dv,gxf,mxf,wtv,caf,amr,ac3,eac3,dts,dtshd,truehd,tak,shn,au,alac'
const NO_TIME = -(2n ** 63n)
const TRANSFER_PQ = 16
const TRANSFER_HLG = 18
const UNSPECIFIED = 2
const IMAGE_SUBTITLES = new Set(['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle', 'xsub'])

/**
 * Reads streams and tags of a media file by libav. MP4 and Matroska by their headers alone where these say all there is to
 * know, which spares decoding; everything else by looking into its streams. `path` has to be absolute. Throws `AvError`.
 */
export async function probeAv(path: string, sizeBytes: number): Promise<AvProbe> {
  const input = new FormatContext()
  const options = Dictionary.fromObject({ format_whitelist: FORMATS, protocol_whitelist: 'file' })
  try {
    const opened = await input.openInput(path, null, options)
    if (opened < 0) throw new AvError('FFmpeg cannot make sense of it.', false)
    try {
      const container = containerOf(input, path)
      let configs = headerSuffices(input)
      if (!configs) {
        if ((await input.findStreamInfo()) < 0) throw new AvError('FFmpeg finds no streams in it.', true)
        configs = new Map()
      }
      return { media: describe(input, container, configs, sizeBytes), tags: lowerCased(input.metadata?.getAll() ?? {}) }
    } finally {
      await input.closeInput()
    }
  } finally {
    options.free()
  }
}

/** The cover picture stored in a media file, if there is one. */
export async function readEmbeddedPicture(path: string): Promise<Buffer | undefined> {
  const input = new FormatContext()
  const options = Dictionary.fromObject({ format_whitelist: FORMATS, protocol_whitelist: 'file' })
  try {
    if ((await input.openInput(path, null, options)) < 0) return undefined
    try {
      const picture = input.streams.find(stream => (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0)
      const data = picture?.attachedPic?.data
      return data && data.length > 0 ? Buffer.from(data) : undefined
    } finally {
      await input.closeInput()
    }
  } finally {
    options.free()
  }
}

function containerOf(input: FormatContext, path: string): string {
  const names = input.iformat?.name?.split(',') ?? []
  if (names.includes('matroska')) return path.toLowerCase().endsWith('.webm') ? 'webm' : 'matroska'
  if (names.includes('mp4')) return input.metadata?.get('major_brand')?.trim() === 'qt' ? 'mov' : 'mp4'
  return names[0] ?? 'unknown'
}

const codecOf = (stream: Stream): string => avGetCodecName(stream.codecpar.codecId) ?? 'unknown'
const isPicture = (stream: Stream): boolean => (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0
const has = (stream: Stream, flag: number): boolean => (stream.disposition & flag) !== 0

/** Configurations of the video streams when header and configuration records tell everything, else undefined. */
function headerSuffices(input: FormatContext): ReadonlyMap<number, CodecConfig> | undefined {
  const names = input.iformat?.name ?? ''
  if (!names.includes('matroska') && !names.includes('mp4')) return undefined
  const configs = new Map<number, CodecConfig>()
  if (input.streams.length === 0) return undefined
  for (const stream of input.streams) {
    const { codecType, width, channels, sampleRate, extradata, colorTrc } = stream.codecpar
    if (codecType === AVMEDIA_TYPE_VIDEO && !isPicture(stream)) {
      const config = extradata ? readCodecConfig(codecOf(stream), extradata) : undefined
      if (!config || width <= 0 || stream.avgFrameRate.num <= 0) return undefined
      // The transfer may stand in the stream alone.
      if (config.bitDepth > 8 && colorTrc === UNSPECIFIED) return undefined
      configs.set(stream.index, config)
    } else if (codecType === AVMEDIA_TYPE_AUDIO && (channels <= 0 || sampleRate <= 0 || codecOf(stream) === 'dts')) return undefined
  }
  return configs
}

function describe(input: FormatContext, container: string, configs: ReadonlyMap<number, CodecConfig>, sizeBytes: number): MediaInfo {
  const streams = input.streams
  const of = (type: number): Stream[] => streams.filter(stream => stream.codecpar.codecType === type && !isPicture(stream))
  const durationMs = durationOf(input, streams)
  const bitRate = input.bitRate > 0n ? Number(input.bitRate) : durationMs ? Math.round((sizeBytes * 8000) / durationMs) : 0
  return {
    container,
    ...(durationMs !== undefined && { durationMs }),
    ...(bitRate > 0 && { bitRate }),
    video: of(AVMEDIA_TYPE_VIDEO).flatMap(stream => video(stream, configs.get(stream.index))),
    audio: of(AVMEDIA_TYPE_AUDIO).flatMap(audio),
    subtitles: of(AVMEDIA_TYPE_SUBTITLE).map(subtitle),
    ...(streams.some(isPicture) && { embeddedArtwork: true }),
  }
}

function durationOf(input: FormatContext, streams: readonly Stream[]): number | undefined {
  if (input.duration !== NO_TIME && input.duration > 0n) return Math.round(Number(input.duration) / 1000)
  const longest = Math.max(
    0,
    ...streams.filter(stream => !isPicture(stream) && stream.duration !== NO_TIME).map(stream => (Number(stream.duration) * stream.timeBase.num) / stream.timeBase.den),
  )
  return longest > 0 ? Math.round(longest * 1000) : undefined
}

function named(stream: Stream): { language?: string; title?: string; default?: boolean } {
  const tags = lowerCased(stream.metadata?.getAll() ?? {})
  return defined({
    language: languageOf(tags['language'] ?? ''),
    title: cleanText(tags['title'], 200),
    default: has(stream, AV_DISPOSITION_DEFAULT) ? true : undefined,
  })
}

function video(stream: Stream, config: CodecConfig | undefined): VideoStream[] {
  const { codecId, width, height, profile, level, format, bitRate, colorTrc } = stream.codecpar
  if (width <= 0 || height <= 0) return []
  const pixelFormat = config?.pixelFormat ?? avGetPixFmtName(format as never) ?? undefined
  const depth = /(?:p|gray|rgb|bgr|p0)(\d\d)(?:le|be)$/.exec(pixelFormat ?? '')?.[1]
  const rate = stream.avgFrameRate.num > 0 ? stream.avgFrameRate : stream.rFrameRate
  const fieldOrder = (stream.codecpar.toJSON() as { fieldOrder?: number }).fieldOrder ?? 0
  const range = stream.codecpar.getCodedSideData(AV_PKT_DATA_DOVI_CONF) ? 'dolby-vision' : colorTrc === TRANSFER_PQ ? 'hdr10' : colorTrc === TRANSFER_HLG ? 'hlg' : 'sdr'
  return [
    {
      index: stream.index,
      codec: codecOf(stream),
      width,
      height,
      range,
      ...defined({
        profile: config?.profile ?? profileName(codecId, profile),
        level: config?.level ?? (level > 0 ? level : undefined),
        rotation: rotationOf(stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)),
        bitDepth: config?.bitDepth ?? (pixelFormat === undefined ? undefined : depth === undefined ? 8 : Number(depth)),
        pixelFormat,
        frameRate: rate.num > 0 && rate.den > 0 ? Math.round((rate.num / rate.den) * 1000) / 1000 : undefined,
        interlaced: fieldOrder > 1 ? true : undefined,
        bitRate: bitRate > 0n ? Number(bitRate) : undefined,
      }),
      ...named(stream),
    },
  ]
}

function profileName(codecId: Parameters<typeof Codec.findDecoder>[0], profile: number): string | undefined {
  return profile < 0 ? undefined : (Codec.findDecoder(codecId)?.profiles?.find(one => (one.profile as number) === profile)?.name ?? undefined)
}

/** Degrees clockwise from the display matrix (ISO/IEC 14496-12, 8.5.2), in quarter turns; undefined when upright. */
function rotationOf(matrix: Buffer | null): number | undefined {
  if (!matrix || matrix.length < 36) return undefined
  const degrees = (Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) * 180) / Math.PI
  const turned = (((Math.round(degrees / 90) * 90) % 360) + 360) % 360
  return turned === 0 ? undefined : turned
}

function audio(stream: Stream): AudioStream[] {
  const { codecId, channels, sampleRate, profile, bitRate, channelLayout } = stream.codecpar
  if (channels <= 0 || sampleRate <= 0) return []
  return [
    {
      index: stream.index,
      codec: codecOf(stream),
      channels,
      sampleRate,
      ...defined({
        profile: profileName(codecId, profile),
        layout: layoutOf(channelLayout, channels),
        bitRate: bitRate > 0n ? Number(bitRate) : undefined,
      }),
      ...named(stream),
    },
  ]
}

/** A header that gives only a number of channels means the usual layout of so many. */
function layoutOf(layout: Parameters<typeof avChannelLayoutDescribe>[0], channels: number): string | undefined {
  const described = avChannelLayoutDescribe(layout) ?? undefined
  return described?.endsWith(' channels') ? (avChannelLayoutDescribe(avChannelLayoutDefault(channels)) ?? undefined) : described
}

function subtitle(stream: Stream): SubtitleStream {
  const codec = codecOf(stream)
  const tags = named(stream)
  const says = (pattern: RegExp): boolean => pattern.test(tags.title ?? '')
  return {
    index: stream.index,
    codec,
    form: IMAGE_SUBTITLES.has(codec) ? 'image' : 'text',
    ...tags,
    ...((has(stream, AV_DISPOSITION_FORCED) || says(/\bforced\b/i)) && { forced: true }),
    ...((has(stream, AV_DISPOSITION_HEARING_IMPAIRED) || says(/\b(sdh|cc|hearing impaired)\b/i)) && { hearingImpaired: true }),
  }
}

const lowerCased = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))
