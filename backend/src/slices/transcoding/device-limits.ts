import type { DeviceProfile, PlaybackReason } from '@projectionist/shared/api/playback'
import type { AudioStream, VideoStream } from '@projectionist/shared/events/media'

/** Whether a device decodes a stream at all, however it is sent. Each gives the reasons why not, none when it does. */

type VideoLimit = DeviceProfile['video'][number]

const reason = (subject: PlaybackReason['subject'], code: PlaybackReason['code'], detail?: string): PlaybackReason => ({
  subject, code, ...(detail !== undefined && { detail }),
})
const beyond = (actual: number | undefined, most: number | undefined): actual is number => actual !== undefined && most !== undefined && actual > most

export function videoReasons(stream: VideoStream, profile: DeviceProfile): readonly PlaybackReason[] {
  const limits = profile.video.filter(({ codec }) => codec === stream.codec)
  if (limits.length === 0) return [reason('video', 'video-codec-not-supported', stream.codec)]
  // A codec may be listed several times; the entry that comes nearest counts.
  return limits.map(limit => exceeded(stream, limit)).reduce((best, other) => (other.length < best.length ? other : best))
}

function exceeded(stream: VideoStream, limit: VideoLimit): readonly PlaybackReason[] {
  const { profile, level, bitDepth, frameRate } = stream
  const [width, height] = shownSize(stream)
  const range = stream.range ?? 'sdr'
  const found: PlaybackReason[] = []
  if (profile !== undefined && limit.profiles && !limit.profiles.includes(profile)) found.push(reason('video', 'video-profile-not-supported', profile))
  if (beyond(level, limit.maxLevel)) found.push(reason('video', 'video-level-not-supported', `${level} > ${limit.maxLevel}`))
  if (beyond(bitDepth, limit.maxBitDepth)) found.push(reason('video', 'video-bit-depth-not-supported', `${bitDepth} > ${limit.maxBitDepth}`))
  if (!fits(width, height, limit)) found.push(reason('video', 'video-resolution-not-supported', `${width}×${height}`))
  if (beyond(frameRate, limit.maxFrameRate)) found.push(reason('video', 'video-frame-rate-not-supported', `${frameRate} > ${limit.maxFrameRate}`))
  if (limit.ranges && !limit.ranges.includes(range)) found.push(reason('video', 'video-range-not-supported', range))
  if (stream.interlaced && !limit.interlaced) found.push(reason('video', 'video-interlaced'))
  return found
}

/** A limit counts for both ways up: a device that shows 1920×1080 shows 1080×1920. */
const fits = (width: number, height: number, { maxWidth = Infinity, maxHeight = Infinity }: VideoLimit): boolean =>
  (width <= maxWidth && height <= maxHeight) || (height <= maxWidth && width <= maxHeight)

/** Width and height as shown, after turning. */
export const shownSize = ({ width, height, rotation }: VideoStream): readonly [number, number] =>
  rotation === 90 || rotation === 270 ? [height, width] : [width, height]

export function audioReasons(stream: AudioStream, profile: DeviceProfile): readonly PlaybackReason[] {
  const limits = profile.audio.filter(({ codec }) => codec === stream.codec)
  if (limits.length === 0) return [reason('audio', 'audio-codec-not-supported', stream.codec)]
  const each = limits.map(({ maxChannels, maxSampleRate }) => {
    const channels = Math.min(maxChannels ?? Infinity, profile.maxAudioChannels ?? Infinity)
    const found: PlaybackReason[] = []
    if (stream.channels > channels) found.push(reason('audio', 'audio-channels-not-supported', `${stream.channels} > ${channels}`))
    if (beyond(stream.sampleRate, maxSampleRate)) found.push(reason('audio', 'audio-sample-rate-not-supported', `${stream.sampleRate} > ${maxSampleRate}`))
    return found
  })
  return each.reduce((best, other) => (other.length < best.length ? other : best))
}
