import type { PlaybackReason, PlaybackSession } from '@projectionist/shared/api/playback'
import { codecName } from './media-words.js'

/** How something is sent, in a word. */
export const methodWords: Readonly<Record<PlaybackSession['method'], string>> = {
  direct: 'As it is',
  remux: 'Repacked',
  transcode: 'Converted',
}

/** Why it is not sent as it is, one reason in plain words. */
export function reasonWords({ code, detail }: PlaybackReason): string {
  const codec = detail ? codecName(detail) : 'this format'
  switch (code) {
    case 'container-not-supported':
      return `the device does not open ${detail ? codecName(detail) : 'this kind of'} files`
    case 'video-codec-not-supported':
      return `the device does not play ${codec} pictures`
    case 'video-profile-not-supported':
    case 'video-level-not-supported':
      return 'the picture is encoded in a way the device does not play'
    case 'video-bit-depth-not-supported':
      return 'the picture has finer colours than the device plays'
    case 'video-resolution-not-supported':
      return 'the picture is larger than the device plays'
    case 'video-frame-rate-not-supported':
      return 'the picture has more frames a second than the device plays'
    case 'video-range-not-supported':
      return 'the device does not show HDR'
    case 'video-interlaced':
      return 'the picture is interlaced'
    case 'video-rotated':
      return 'the picture has to be turned'
    case 'audio-codec-not-supported':
      return `the device does not play ${codec} sound`
    case 'audio-channels-not-supported':
      return 'the sound has more channels than the device plays'
    case 'audio-sample-rate-not-supported':
      return 'the sound is finer than the device plays'
    case 'audio-track-chosen':
      return 'another audio track was chosen'
    case 'bit-rate-too-high':
      return 'the connection is too slow for the original'
    case 'quality-chosen':
      return 'a smaller quality was chosen'
    case 'subtitle-burnt-in':
      return 'these subtitles have to be drawn into the picture'
    case 'keyframes-unknown':
      return 'where the picture can be cut is not known yet'
    case 'several-audio-streams':
      return 'the file holds several audio tracks'
  }
}
