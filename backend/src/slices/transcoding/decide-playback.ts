import type { DeviceProfile, PlaybackReason, Quality } from '@projectionist/shared/api/playback'
import type { AudioStream, MediaInfo, SubtitleStream, VideoStream } from '@projectionist/shared/events/media'
import type { AudioPlan, VideoPlan } from '../../platform/media/stream-plan.js'
import { chooseAudio, chooseSubtitle, type TrackWishes } from './choose-tracks.js'
import { audioReasons, shownSize, videoReasons } from './device-limits.js'
import { encodeAudio, encodeVideo } from './encode-targets.js'
import { nominalHeight } from './names.js'
import { ladder, ORIGINAL, type Rung, rungs, soundLadder, soundRungs } from './qualities.js'

export interface PlaybackQuestion extends TrackWishes {
  readonly media: MediaInfo
  readonly profile: DeviceProfile
  /** `Quality.id`; absent, unknown or of no use here: `original`. */
  readonly quality?: string | undefined
  /** Bits a second that the connection, the person's limits and the server allow; the least of them. */
  readonly maxBitRate?: number | undefined
  /** Whether the file's keyframes are known, without which its picture cannot be copied into segments. */
  readonly keyframes: boolean
}

/** What is sent. `impossible`: the device takes nothing that can be made of this file. */
export type PlaybackMethod = 'direct' | 'remux' | 'transcode' | 'impossible'

export interface PlaybackDecision {
  readonly method: PlaybackMethod
  /** Why the file is not sent as it is; empty when it is. */
  readonly reasons: readonly PlaybackReason[]
  /** Null when sent as a file, or without picture. */
  readonly video: VideoPlan | null
  readonly audio: AudioPlan | null
  /** The streams chosen, sent whichever way. */
  readonly chosen: { readonly video: VideoStream | undefined; readonly audio: AudioStream | undefined; readonly subtitle: SubtitleStream | undefined }
  readonly qualities: readonly Quality[]
  readonly quality: string
}

/** Codecs that can be put into fragmented MP4 as they are. */
const packable = { video: ['h264', 'hevc', 'av1', 'vp9'], audio: ['aac', 'mp3', 'opus', 'flac', 'ac3', 'eac3', 'alac'] }

/**
 * Decides how a file is played on a device: as it is, its streams in another container, or made anew, stream by stream. Pure:
 * the same question has the same answer. A device that can do more never gets less.
 */
export function decidePlayback(question: PlaybackQuestion): PlaybackDecision {
  const { media, profile, maxBitRate } = question
  const video = media.video.find(stream => stream.default) ?? media.video[0]
  const audio = chooseAudio(media, question)
  const subtitle = chooseSubtitle(media, question, audio)
  const burn = video !== undefined && subtitle?.form === 'image' && !profile.subtitles.includes('pgs') ? subtitle : undefined
  const bitRate = knownBitRate(media, video, audio)
  const qualities = video ? ladder(nominalHeight(...shownSize(video)), bitRate) : soundLadder(bitRate)
  const quality = qualities.some(({ id }) => id === question.quality) ? question.quality! : ORIGINAL
  const rung = [...rungs, ...soundRungs].find(({ id }) => id === quality)

  const limits = limitReasons(bitRate, maxBitRate, profile, rung)
  const ofVideo = video ? videoReasons(video, profile) : []
  const ofAudio = audio ? audioReasons(audio, profile) : []
  const burning: readonly PlaybackReason[] = burn ? [{ subject: 'subtitle', code: 'subtitle-burnt-in', detail: burn.codec }] : []
  const base = { chosen: { video, audio, subtitle }, qualities, quality }

  const ofFile = [...containerReasons(media, profile, video, audio, ofVideo.length + ofAudio.length > 0), ...trackReasons(media, profile, audio)]
  const against = [...ofFile, ...ofVideo, ...ofAudio, ...burning, ...limits]
  if (against.length === 0 && (video || audio)) return { ...base, method: 'direct', reasons: [], video: null, audio: null }

  const ceiling = least(maxBitRate, profile.maxBitRate)
  const total = limits.length > 0 ? least(rung?.bitRate, ceiling) : undefined
  // Beside a picture that has to be small, sound has to be modest too.
  const audioPlan = audio ? planAudio(audio, profile, ofAudio, total !== undefined && video ? total / 6 : total) : null
  const turned: readonly PlaybackReason[] = video && (video.rotation ?? 0) !== 0 ? [{ subject: 'video', code: 'video-rotated', detail: `${video.rotation}°` }] : []
  const unknown: readonly PlaybackReason[] = video && !question.keyframes ? [{ subject: 'video', code: 'keyframes-unknown' }] : []
  const picture = [...ofVideo, ...burning, ...limits, ...turned]
  const copiesVideo = video && picture.length === 0 && question.keyframes && takes(profile.hls.video, packable.video, video.codec)
  const videoPlan: VideoPlan | null = !video
    ? null
    : copiesVideo
      ? { action: 'copy', index: video.index, codec: video.codec }
      : profile.hls.video.includes('h264')
        ? encodeVideo(video, profile, { rung, maxBitRate: ceiling, audioBitRate: audioPlan?.action === 'encode' ? audioPlan.bitRate : audio ? bitsOf(audio) : 0, burn: burn ? { index: burn.index } : null })
        : null
  const reasons = distinct([...against, ...(copiesVideo ? [] : turned), ...(picture.length === 0 && !copiesVideo ? unknown : [])])
  const impossible = !media.durationMs || (video && !videoPlan) || (audio && !audioPlan) || (!video && !audio)
  if (impossible) return { ...base, method: 'impossible', reasons, video: null, audio: null }
  const method = videoPlan?.action === 'encode' || audioPlan?.action === 'encode' ? 'transcode' : 'remux'
  return { ...base, method, reasons, video: videoPlan, audio: audioPlan }
}

/** Why the device cannot open the container with these streams in it, though it may decode each of them. */
function containerReasons(
  { container }: MediaInfo,
  profile: DeviceProfile,
  video: VideoStream | undefined,
  audio: AudioStream | undefined,
  streamsRefused: boolean,
): readonly PlaybackReason[] {
  const entries = profile.direct.filter(entry => entry.container === container)
  if (entries.some(entry => (!video || entry.video.includes(video.codec)) && (!audio || entry.audio.includes(audio.codec)))) return []
  if (entries.length > 0 && streamsRefused) return []
  return [{ subject: 'container', code: 'container-not-supported', detail: container }]
}

/** Players without a choice of tracks take the first one, or the one flagged; when these differ nobody knows which. */
function trackReasons(media: MediaInfo, profile: DeviceProfile, audio: AudioStream | undefined): readonly PlaybackReason[] {
  if (!audio || profile.switchesAudio) return []
  const first = media.audio[0]
  const flagged = media.audio.find(stream => stream.default)
  if (flagged && flagged !== first) return [{ subject: 'audio', code: 'several-audio-streams' }]
  return audio === first ? [] : [{ subject: 'audio', code: 'audio-track-chosen' }]
}

function limitReasons(bitRate: number | undefined, maxBitRate: number | undefined, profile: DeviceProfile, rung: Rung | undefined): readonly PlaybackReason[] {
  const found: PlaybackReason[] = rung ? [{ subject: 'session', code: 'quality-chosen', detail: rung.id }] : []
  const most = least(maxBitRate, profile.maxBitRate)
  if (bitRate !== undefined && most !== undefined && bitRate > most) found.push({ subject: 'session', code: 'bit-rate-too-high', detail: `${bitRate} > ${most}` })
  return found
}

function planAudio(audio: AudioStream, profile: DeviceProfile, against: readonly PlaybackReason[], most: number | undefined): AudioPlan | null {
  const copies = against.length === 0 && takes(profile.hls.audio, packable.audio, audio.codec) && bitsOf(audio) <= (most ?? Infinity)
  if (copies) return { action: 'copy', index: audio.index, codec: audio.codec }
  return profile.hls.audio.includes('aac') ? encodeAudio(audio, profile, most) : null
}

/** The file's bit rate, or the sum of what the streams played are known to take. */
function knownBitRate(media: MediaInfo, video: VideoStream | undefined, audio: AudioStream | undefined): number | undefined {
  const parts = [video, audio].filter(stream => stream !== undefined).map(stream => stream.bitRate)
  return media.bitRate ?? (parts.every(rate => rate !== undefined) && parts.length > 0 ? parts.reduce((sum, rate) => sum + rate, 0) : undefined)
}

/** What sound takes, estimated where the file does not say. */
const bitsOf = ({ bitRate, channels, codec }: AudioStream): number => bitRate ?? channels * (['flac', 'alac'].includes(codec) ? 400_000 : 80_000)

const takes = (device: readonly string[], possible: readonly string[], codec: string): boolean => device.includes(codec) && possible.includes(codec)
const least = (...values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter(value => value !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}
const distinct = (reasons: readonly PlaybackReason[]): readonly PlaybackReason[] =>
  reasons.filter((reason, index) => reasons.findIndex(other => other.code === reason.code) === index)
