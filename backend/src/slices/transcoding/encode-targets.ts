import type { DeviceProfile } from '@projectionist/shared/api/playback'
import type { AudioStream, VideoStream } from '@projectionist/shared/events/media'
import type { AudioEncode, SubtitleSource, VideoEncode } from '../../platform/media/stream-plan.js'
import { shownSize } from './device-limits.js'
import { encodingRate } from './frame-rate.js'
import { h264Level } from './h264-level.js'
import { nominalHeight } from './names.js'
import { type Rung, rungs } from './qualities.js'

/** What a stream that has to be made anew becomes. */

/** Without being asked for more, pictures are made no higher than this: what a processor alone does in time. */
const MOST_UNASKED = 1080
const MOST_PICTURES_A_SECOND = 60
/** Tried next, before a smaller picture. */
const FEWER_PICTURES = 30
const LEAST_BIT_RATE = 200_000

export interface VideoTarget {
  /** Chosen by the person; undefined: as good as the source and the server allow. */
  readonly rung: Rung | undefined
  /** Bits a second for picture and sound together. */
  readonly maxBitRate: number | undefined
  readonly audioBitRate: number
  readonly burn: SubtitleSource | null
}

/** H.264 that the device decodes, as near to the source as the target allows; null when the device decodes none. */
export function encodeVideo(stream: VideoStream, profile: DeviceProfile, target: VideoTarget): VideoEncode | null {
  const limits = profile.video.filter(({ codec }) => codec === 'h264')
  if (limits.length === 0) return null
  const [width, height] = shownSize(stream)
  const own = nominalHeight(width, height)
  const most = Math.min(own, target.rung?.height ?? MOST_UNASKED)
  const heights = [most, ...rungs.map(({ height }) => height).filter(height => height < most)]
  const affordable = heights.filter(height => usualBits(height) * SQUEEZE <= (target.maxBitRate ?? Infinity))
  for (const nominal of affordable.length > 0 ? affordable : heights.slice(-1)) {
    const bitRate = pictureBits(nominal, target)
    const fitting = limits.flatMap(limit =>
      [MOST_PICTURES_A_SECOND, FEWER_PICTURES].flatMap(pictures => {
        const size = scaled(width, height, nominal, limit)
        const frameRate = encodingRate(stream.frameRate, Math.min(limit.maxFrameRate ?? Infinity, pictures))
        const level = h264Level(size.width, size.height, frameRate.num / frameRate.den, bitRate)
        return level === undefined || level > (limit.maxLevel ?? Infinity) ? [] : [{ ...size, frameRate, level }]
      }),
    )
    const best = fitting.toSorted((a, b) => b.height - a.height)[0]
    if (!best) continue
    const toneMap = !stream.range || stream.range === 'sdr' ? null : stream.range === 'hlg' ? 'hlg' : 'hdr10'
    return { action: 'encode', index: stream.index, codec: 'h264', ...best, bitRate, deinterlace: stream.interlaced ?? false, toneMap, burn: target.burn }
  }
  return null
}

/** A height still looks better than the one below it with this part of the bits it usually gets. */
const SQUEEZE = 0.6

const usualBits = (nominal: number): number => (rungs.find(({ height }) => height <= nominal) ?? rungs.at(-1)!).bitRate

function pictureBits(nominal: number, { rung, maxBitRate, audioBitRate }: VideoTarget): number {
  const total = Math.min(rung?.bitRate ?? Infinity, usualBits(nominal), maxBitRate ?? Infinity)
  return Math.max(LEAST_BIT_RATE, Math.round(total - audioBitRate))
}

/** The shown size brought down to a nominal height and into the device's limits, in its shape, in even numbers. */
function scaled(width: number, height: number, nominal: number, limit: DeviceProfile['video'][number]): { width: number; height: number } {
  const [short, long] = [nominal, Math.round((nominal * 16) / 9)]
  const upright = height > width
  const maxWidth = Math.min(limit.maxWidth ?? Infinity, upright ? short : long)
  const maxHeight = Math.min(limit.maxHeight ?? Infinity, upright ? long : short)
  const factor = Math.min(1, maxWidth / width, maxHeight / height)
  const even = (value: number): number => Math.max(2, 2 * Math.round((value * factor) / 2))
  return { width: even(width), height: even(height) }
}

/** Rates the AAC encoder and every player take; others become 48 kHz. */
const sampleRates = [32_000, 44_100, 48_000]

/** AAC that the device decodes; null when it decodes none. In stereo unless the device says that it has more speakers. */
export function encodeAudio(stream: AudioStream, profile: DeviceProfile, maxBitRate: number | undefined): AudioEncode | null {
  const limits = profile.audio.filter(({ codec }) => codec === 'aac')
  if (limits.length === 0) return null
  const most = Math.min(stream.channels, profile.maxAudioChannels ?? 2, Math.max(...limits.map(limit => limit.maxChannels ?? Infinity)))
  const channels = most >= 6 ? 6 : Math.min(most, 2)
  const wanted = channels === 6 ? 384_000 : channels === 2 ? 192_000 : 96_000
  const bitRate = Math.max(48_000, Math.min(wanted, maxBitRate ?? Infinity))
  const maxSampleRate = Math.max(...limits.map(limit => limit.maxSampleRate ?? Infinity))
  const fitting = sampleRates.filter(rate => rate <= maxSampleRate)
  const sampleRate = fitting.includes(stream.sampleRate) ? stream.sampleRate : (fitting.at(-1) ?? 48_000)
  return { action: 'encode', index: stream.index, codec: 'aac', sampleRate, channels, bitRate }
}
