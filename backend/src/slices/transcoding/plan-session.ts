import type { MediaInfo } from '@projectionist/shared/events/media'
import { copiedAudioCuts, copiedVideoCuts, encodedAudioCuts, encodedVideoCuts } from '../../platform/media/cut-list.js'
import { languageOf } from '../../platform/media/languages.js'
import type { AudioPlan, CutList, VideoPlan } from '../../platform/media/stream-plan.js'
import { audioCodecString, videoCodecString } from './codec-strings.js'
import type { PlaybackDecision } from './decide-playback.js'
import { shownSize } from './device-limits.js'
import { audioName, audioTrackName } from './names.js'
import type { Variant } from './playlists.js'

/** All that playlists and workers need of a session that is cut into segments. */
export interface StreamPlan {
  readonly video: { readonly plan: VideoPlan; readonly cuts: CutList } | null
  readonly audio: { readonly plan: AudioPlan; readonly cuts: CutList } | null
  readonly variant: Variant
}

/** Lays out the segments of a decision that is not direct. `keyframes` in seconds, needed when the picture is copied. */
export function planStreams(decision: PlaybackDecision, media: MediaInfo, keyframes: readonly number[] | null): StreamPlan {
  const durationMs = media.durationMs ?? 0
  const { video, audio, chosen } = decision
  const videoCuts = !video ? null : video.action === 'copy' ? copiedVideoCuts(durationMs, keyframes ?? []) : encodedVideoCuts(durationMs, video.frameRate)
  const audioCuts = !audio ? null : audio.action === 'copy' ? copiedAudioCuts(durationMs, videoCuts) : encodedAudioCuts(durationMs, audio.sampleRate, videoCuts)
  return {
    video: video && videoCuts && { plan: video, cuts: videoCuts },
    audio: audio && audioCuts && { plan: audio, cuts: audioCuts },
    variant: {
      ...bitRates(decision, media),
      video: video && chosen.video ? { codec: videoCodecString(video, chosen.video), ...picture(video, chosen.video) } : null,
      audio:
        audio && chosen.audio
          ? {
              codec: audioCodecString(audio, chosen.audio),
              name: audioTrackName(chosen.audio),
              language: (chosen.audio.language && languageOf(chosen.audio.language)) ?? null,
              channels: audio.action === 'encode' ? audio.channels : chosen.audio.channels,
            }
          : null,
    },
  }
}

function picture(plan: VideoPlan, source: NonNullable<PlaybackDecision['chosen']['video']>) {
  if (plan.action === 'encode') return { width: plan.width, height: plan.height, frameRate: plan.frameRate.num / plan.frameRate.den }
  const [width, height] = shownSize(source)
  return { width, height, frameRate: source.frameRate ?? null }
}

/** Estimates for the player's meter; what is made anew keeps to its limit, what is copied varies as it likes. */
function bitRates({ video, audio, chosen }: PlaybackDecision, media: MediaInfo): { peakBitRate: number; averageBitRate: number } {
  const sound = !audio ? 0 : audio.action === 'encode' ? audio.bitRate : (chosen.audio?.bitRate ?? 256_000)
  if (!video) return { peakBitRate: sound * 1.2, averageBitRate: sound }
  const copied = chosen.video?.bitRate ?? media.bitRate ?? 8_000_000
  const average = (video.action === 'encode' ? video.bitRate : copied) + sound
  return { peakBitRate: average * (video.action === 'encode' ? 1.2 : 2), averageBitRate: average }
}

/** `H.264 1080p` and `AAC stereo`: what arrives at the device. */
export function sentSound(plan: AudioPlan | null, source: PlaybackDecision['chosen']['audio']): string | null {
  if (!source) return null
  return plan?.action === 'encode' ? audioName(plan) : audioName(source)
}
