import type { PlaybackSession } from '@projectionist/shared/api/playback'
import type { MediaInfo } from '@projectionist/shared/events/media'
import type { PlaybackDecision } from './decide-playback.js'
import { audioName, audioTrackName, subtitleTrackName, videoName } from './names.js'

/** The parts of the answer that say in words what a session plays, and what else could be chosen. */
export function describeSession(decision: PlaybackDecision, media: MediaInfo, base: string) {
  const { video, audio, chosen } = decision
  const original = { video: chosen.video ? videoName(chosen.video) : null, audio: chosen.audio ? audioName(chosen.audio) : null }
  return {
    sends: {
      video: video?.action === 'encode' ? videoName(video) : original.video,
      audio: audio?.action === 'encode' ? audioName(audio) : original.audio,
    },
    original: { ...original, container: media.container, bitRate: media.bitRate ?? null },
    audio: media.audio.map(stream => ({
      index: stream.index,
      label: audioTrackName(stream),
      language: stream.language ?? null,
      selected: stream.index === chosen.audio?.index,
    })),
    subtitles: media.subtitles.map(stream => ({
      index: stream.index,
      label: subtitleTrackName(stream),
      language: stream.language ?? null,
      forced: stream.forced ?? false,
      selected: stream.index === chosen.subtitle?.index,
      url: stream.form === 'text' ? `${base}/subtitles/${stream.index}.vtt` : null,
    })),
    qualities: [...decision.qualities],
    quality: decision.quality,
    chapters: [...(media.chapters ?? [])],
  } satisfies Partial<PlaybackSession>
}

const types: Readonly<Record<string, readonly [video: string, audio: string]>> = {
  mp4: ['video/mp4', 'audio/mp4'], mov: ['video/quicktime', 'audio/mp4'], webm: ['video/webm', 'audio/webm'], matroska: ['video/x-matroska', 'audio/x-matroska'],
  avi: ['video/x-msvideo', 'audio/x-msvideo'], mpegts: ['video/mp2t', 'audio/mp2t'], mpeg: ['video/mpeg', 'audio/mpeg'], ogg: ['video/ogg', 'audio/ogg'],
  flv: ['video/x-flv', 'audio/x-flv'], asf: ['video/x-ms-wmv', 'audio/x-ms-wma'], mp3: ['audio/mpeg', 'audio/mpeg'], flac: ['audio/flac', 'audio/flac'],
  wav: ['audio/wav', 'audio/wav'], aac: ['audio/aac', 'audio/aac'], aiff: ['audio/aiff', 'audio/aiff'], caf: ['audio/x-caf', 'audio/x-caf'],
}
/** The type a file is sent with. */
export const mimeTypeOf = ({ container, video }: MediaInfo): string => types[container]?.[video.length > 0 ? 0 : 1] ?? 'application/octet-stream'
export const HLS_TYPE = 'application/vnd.apple.mpegurl'
