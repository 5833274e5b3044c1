import type { AudioPlan, CutList, VideoEncode, VideoPlan } from '../../platform/media/stream-plan.js'
import type { Capabilities } from './capabilities.js'
import { h264Encoder } from './video-encoder.js'
import { pictureFilters } from './picture-filters.js'

/**
 * Added to all times of FFmpeg's output and taken off again by us: decode times before the first picture would be
 * negative, which the MP4 muxer would "repair" by shifting everything.
 */
export const OUTPUT_SHIFT_SECONDS = 10

/** Reading starts this much before a cut, so that a picture or sound that lasts into the segment is there, and its keyframe. */
const VIDEO_PREROLL_SECONDS = 0.5
const AUDIO_PREROLL_SECONDS = 0.3
const SUBTITLE_PREROLL_SECONDS = 20
/** AAC frames encoded before the first one that is kept: the encoder's priming and the overlap of its transform. */
const AUDIO_PREROLL_FRAMES = 4
export const AAC_FRAME = 1024

/** One run makes at most this many segments: forced keyframes are listed on the command line, which has a limit. */
export const SEGMENTS_A_RUN = 1500

/** What a file may turn out to be. Playlists and scripts that name other files are not among it. */
const FORMATS = [
  'matroska,webm', 'mov,mp4,m4a,3gp,3g2,mj2', 'avi', 'mpegts', 'mpeg', 'mpegvideo', 'asf', 'flv', 'ogg', 'rm', 'm4v', 'h264', 'hevc', 'vc1', 'dv',
  'mxf', 'ivf', 'obu', 'wtv', 'nut', 'gif', 'mp3', 'flac', 'wav', 'w64', 'aac', 'ac3', 'eac3', 'dts', 'truehd', 'ape', 'wv', 'aiff', 'tta', 'caf',
  'dsf', 'mpc', 'mpc8', 'amr', 'au', 'srt', 'ass', 'webvtt', 'sami', 'microdvd', 'mpl2', 'subviewer', 'sup', 'vobsub', 'subrip',
].join(',')

/** Options before every input: local files only, and no guessing from playlists. The path is never taken for a protocol. */
export const input = (path: string): readonly string[] => [
  '-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS, '-i', `file:${path}`,
]
/** The last sample of a file that is cut off is half there, which stops a browser that is given it. */
const wholeSamples = (cutOff: boolean): readonly string[] => (cutOff ? ['-fflags', '+discardcorrupt'] : [])
export const quiet: readonly string[] = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-max_error_rate', '1']

/** Keeps source times, counted from the start of the file, wherever decoding starts. */
const from = (seconds: number): readonly string[] => ['-copyts', '-start_at_zero', ...seek(seconds)]
const seek = (seconds: number): readonly string[] => (seconds > 0 ? ['-ss', seconds.toFixed(6)] : [])

/** Every sample a fragment of its own, written at once, its times untouched. */
const samplesToPipe: readonly string[] = [
  '-map_metadata', '-1', '-map_chapters', '-1', '-output_ts_offset', String(OUTPUT_SHIFT_SECONDS), '-avoid_negative_ts', 'disabled',
  '-max_muxing_queue_size', '4096', '-flush_packets', '1', '-f', 'mp4', '-use_editlist', '0',
]
const sampleFlags = ['-movflags', 'empty_moov+default_base_moof+frag_every_frame+frag_discont', 'pipe:1']
/** The description waits for the first packet: some audio codecs have it only there. */
const delayedSampleFlags = ['-movflags', 'delay_moov+default_base_moof+frag_every_frame+frag_discont', 'pipe:1']

export interface VideoSurroundings {
  readonly can: Capabilities
  /** When the earliest subtitle of a file of its own comes up, seconds. */
  readonly burnStart: number
  /** The file ends before it says: the last picture is not held to make up for what is missing. */
  readonly cutOff: boolean
}

/** Arguments that make samples of the picture from segment `first` on. */
export function videoArguments(path: string, plan: VideoPlan, cuts: CutList, first: number, { can, burnStart, cutOff }: VideoSurroundings): readonly string[] {
  const start = cuts.times[first]! / cuts.timescale
  if (plan.action === 'copy')
    return [
      ...quiet, ...from(Math.max(0, start - VIDEO_PREROLL_SECONDS)), ...wholeSamples(cutOff), ...input(path), '-map', `0:${plan.index}`, '-c', 'copy', '-copypriorss', '1',
      ...(plan.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []), '-video_track_timescale', '90000', ...samplesToPipe, ...sampleFlags,
    ]
  const { num, den } = plan.frameRate
  const until = Math.min(first + SEGMENTS_A_RUN, cuts.times.length - 1)
  const frames = Math.round((cuts.times[until]! - cuts.times[first]!) / den)
  const keyframes = cuts.times.slice(first, until).map(time => Math.max(0, time / cuts.timescale - 0.001).toFixed(6))
  return [
    ...quiet, ...from(Math.max(0, start - VIDEO_PREROLL_SECONDS)), ...wholeSamples(cutOff), ...input(path), ...pictures(path, plan, start, { can, burnStart, cutOff }),
    '-frames:v', String(frames), ...h264Encoder(plan), '-force_key_frames', keyframes.join(','),
    '-enc_time_base', `${den}/${num}`, '-video_track_timescale', String(num), ...samplesToPipe, ...sampleFlags,
  ]
}

/** Picture filters, ending on the grid of the frame rate: the same frame has the same time in every run, and none is missing. */
function pictures(path: string, plan: VideoEncode, start: number, { can, burnStart, cutOff }: VideoSurroundings): readonly string[] {
  const { num, den } = plan.frameRate
  const grid = `fps=${num}/${den}:start_time=${start.toFixed(6)}${cutOff ? '' : ',tpad=stop=-1:stop_mode=clone'}`
  const filters = pictureFilters(plan, can).join(',')
  if (plan.burn === null) return ['-map', `0:${plan.index}`, '-vf', `${filters},${grid}`]
  // The subtitle is read by itself, from further back: it may have come up long before the cut.
  const back = Math.max(0, start - SUBTITLE_PREROLL_SECONDS)
  const { path: external, index } = plan.burn
  // `-start_at_zero` would move the first words of a subtitle file to the start of the film.
  const source = external === undefined ? [...seek(back), ...input(path)] : ['-itsoffset', burnStart.toFixed(6), ...seek(back - burnStart), ...input(external)]
  return [
    ...source, '-filter_complex',
    // A subtitle's canvas is as wide as the picture, and as high as the picture was before black bars were cut off.
    `[0:${plan.index}]${filters}[picture];[${external === undefined ? `1:${index}` : '1:s:0'}]scale=${plan.width}:-1[words];` +
      `[picture][words]overlay=x=0:y=(H-h)/2:eof_action=pass,${grid}[out]`,
    '-map', '[out]',
  ]
}

/** Arguments that make samples of the sound from segment `first` on. `cutOff`: no silence is put in for what is missing. */
export function audioArguments(path: string, plan: AudioPlan, cuts: CutList, first: number, cutOff: boolean): readonly string[] {
  const start = cuts.times[first]! / cuts.timescale
  if (plan.action === 'copy')
    return [
      ...quiet, ...from(Math.max(0, start - AUDIO_PREROLL_SECONDS)), ...wholeSamples(cutOff), ...input(path), '-map', `0:${plan.index}`, '-c', 'copy', '-copypriorss', '1',
      '-strict', '-2', ...samplesToPipe, ...delayedSampleFlags,
    ]
  const rate = plan.sampleRate
  const firstFrame = Math.max(0, Math.floor(cuts.times[first]! / AAC_FRAME) - AUDIO_PREROLL_FRAMES)
  const frames = Math.ceil(cuts.times.at(-1)! / AAC_FRAME) - firstFrame + 1
  const seek = (firstFrame * AAC_FRAME) / rate - AUDIO_PREROLL_SECONDS
  // The grid of 1024 samples is counted from the start of the presentation: silence is put in, or sound left out, to meet it.
  const filters = [
    `aresample=${rate}:async=1:first_pts=${firstFrame * AAC_FRAME}`,
    `aformat=sample_fmts=fltp:sample_rates=${rate}:channel_layouts=${layouts[plan.channels] ?? 'stereo'}`,
    // Mixing down in floating point keeps speech as loud as it was; the limiter catches the rare sum that is too much.
    'alimiter=level=false:limit=0.97',
    ...(cutOff ? [] : ['apad']),
  ]
  return [
    ...quiet, ...from(Math.max(0, seek)), ...wholeSamples(cutOff), ...input(path), '-map', `0:${plan.index}`, '-af', filters.join(','), '-c:a', 'aac', '-b:a', String(plan.bitRate),
    '-frames:a', String(frames), ...samplesToPipe, ...delayedSampleFlags,
  ]
}

const layouts: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1' }
