/** A rate of frames a second as a fraction: `{ num: 24000, den: 1001 }`. `num` is also the timescale its pictures are timed in. */
export interface FrameRate {
  readonly num: number
  readonly den: number
}

/**
 * Where a stream is cut: the start of every segment, then the end of the last one, in ticks of 1/`timescale` second from the
 * start of the presentation. Grows strictly; `times[0]` is 0.
 */
export interface CutList {
  readonly timescale: number
  readonly times: readonly number[]
}

/** Where a subtitle is: in a file of its own, when there is a `path`, else the stream `index` of the media. */
export interface SubtitleSource {
  readonly index: number
  readonly path?: string
}

/** A picture stream passed on as it is, cut at its own keyframes. */
export interface VideoCopy {
  readonly action: 'copy'
  readonly index: number
  readonly codec: string
}

/** A picture stream made anew. Width and height are those shown, after turning; both even. */
export interface VideoEncode {
  readonly action: 'encode'
  readonly index: number
  readonly codec: 'h264'
  /** Level of H.264 times ten: 41 is level 4.1. */
  readonly level: number
  readonly width: number
  readonly height: number
  /** Bits a second at most, over a second or two. */
  readonly bitRate: number
  readonly frameRate: FrameRate
  readonly deinterlace: boolean
  /** The range the picture is brought down from, or null when it is standard already. */
  readonly toneMap: 'hdr10' | 'hlg' | null
  /** A picture subtitle laid over, or null. */
  readonly burn: SubtitleSource | null
}
export type VideoPlan = VideoCopy | VideoEncode

export interface AudioCopy {
  readonly action: 'copy'
  readonly index: number
  readonly codec: string
}

export interface AudioEncode {
  readonly action: 'encode'
  readonly index: number
  readonly codec: 'aac'
  readonly sampleRate: number
  readonly channels: number
  readonly bitRate: number
}
export type AudioPlan = AudioCopy | AudioEncode

/** All a machine with FFmpeg needs to know to make a session's segments, the same ones on every machine. */
export interface SessionPlan {
  /** Absolute path of the media file. */
  readonly path: string
  readonly video: { readonly plan: VideoPlan; readonly cuts: CutList } | null
  readonly audio: { readonly plan: AudioPlan; readonly cuts: CutList } | null
  /** Text subtitles that can be asked for as WebVTT. */
  readonly subtitles: readonly SubtitleSource[]
}

export type RenditionName = 'video' | 'audio'
