import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copiedAudioCuts, copiedVideoCuts, encodedAudioCuts, encodedVideoCuts, segmentSeconds } from '../../platform/media/cut-list.js'
import type { OpenMedia } from '../../platform/media/media-engine.js'
import type { AudioEncode, CutList, FrameRate, RenditionName, SessionPlan, VideoEncode } from '../../platform/media/stream-plan.js'
import { FfmpegEngine } from './ffmpeg-engine.js'
import { segmentFacts, type SegmentFacts, trackOf } from './testing/segment-facts.js'
import { picture, type TestMedia, testMedia, tone } from './testing/test-media.js'

/** HLS as a black box: whatever the source and whatever the order in which segments are asked for, the times are the same. */

const SECONDS = 16.5
const film = { num: 24000, den: 1001 }
const x264 = (gop: number) => ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', String(gop), '-pix_fmt', 'yuv420p']

interface Source {
  readonly name: string
  readonly file: string
  readonly make: readonly string[]
  readonly rate: FrameRate
  readonly video: 'copy' | Partial<VideoEncode>
  readonly audio: 'copy' | Partial<AudioEncode>
}

const sources: readonly Source[] = [
  { name: '23.976 in Matroska, made anew', file: 'film.mkv', rate: film, video: {}, audio: {},
    make: [...picture('320x180', '24000/1001', SECONDS), ...tone(SECONDS), ...x264(48), '-c:a', 'ac3'] },
  { name: '25 in MPEG-TS, which starts at 1.4 s', file: 'broadcast.ts', rate: { num: 25000, den: 1000 }, video: {}, audio: {},
    make: [...picture('320x180', '25', SECONDS), ...tone(SECONDS), ...x264(25), '-c:a', 'mp2'] },
  { name: '29.97 in AVI', file: 'old.avi', rate: { num: 30000, den: 1001 }, video: {}, audio: { sampleRate: 44100 },
    make: [...picture('320x240', '30000/1001', SECONDS), ...tone(SECONDS, 44100), '-c:v', 'mpeg4', '-c:a', 'libmp3lame'] },
  { name: '59.94 in MP4', file: 'sport.mp4', rate: { num: 60000, den: 1001 }, video: {}, audio: {},
    make: [...picture('320x180', '60000/1001', SECONDS), ...tone(SECONDS), ...x264(120), '-c:a', 'aac'] },
  { name: 'a varying frame rate with a gap of 3 s', file: 'phone.mp4', rate: { num: 30000, den: 1000 }, video: {}, audio: {},
    make: [...picture('320x180', '30', SECONDS), ...tone(SECONDS), '-vf', "select='not(between(t,5,8))*gt(random(1),0.2)'", '-fps_mode', 'vfr', ...x264(60), '-c:a', 'aac'] },
  { name: 'interlaced', file: 'tape.mkv', rate: { num: 25000, den: 1000 }, video: { deinterlace: true }, audio: {},
    make: [...picture('360x288', '50', SECONDS), ...tone(SECONDS), '-vf', 'interlace', '-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-c:a', 'ac3'] },
  { name: 'HDR brought down to SDR', file: 'hdr.mkv', rate: { num: 24000, den: 1000 }, video: { toneMap: 'hdr10' }, audio: {},
    make: [...picture('320x180', '24', SECONDS), ...tone(SECONDS), '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p10le',
      '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-c:a', 'eac3'] },
  { name: 'copied from MP4 with B-frames', file: 'copy.mp4', rate: film, video: 'copy', audio: 'copy',
    make: [...picture('320x180', '24000/1001', SECONDS), ...tone(SECONDS), ...x264(36), '-c:a', 'aac'] },
  { name: 'copied from Matroska', file: 'copy.mkv', rate: film, video: 'copy', audio: 'copy',
    make: [...picture('320x180', '24000/1001', SECONDS), ...tone(SECONDS), ...x264(100), '-c:a', 'aac'] },
  { name: 'copied with open groups of pictures', file: 'open.mkv', rate: { num: 25000, den: 1000 }, video: 'copy', audio: 'copy',
    make: [...picture('320x180', '25', SECONDS), ...tone(SECONDS), ...x264(80), '-x264-params', 'open-gop=1:bframes=3', '-c:a', 'flac'] },
  { name: 'copied HEVC and Opus', file: 'hevc.mkv', rate: { num: 24000, den: 1000 }, video: 'copy', audio: 'copy',
    make: [...picture('320x180', '24', SECONDS), ...tone(SECONDS), '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=48', '-c:a', 'libopus'] },
]

let media: TestMedia
let engine: FfmpegEngine
beforeAll(async () => {
  media = await testMedia()
  engine = new FfmpegEngine({ configured: media.ffmpeg })
})
afterAll(() => media.remove())

async function planFor(source: Source): Promise<SessionPlan> {
  const path = await media.make(source.file, ...source.make)
  const ms = SECONDS * 1000
  const keyframes = source.video === 'copy' ? await engine.keyframes(path, 0) : null
  if (source.video === 'copy') expect(keyframes, 'an index').not.toBeNull()
  const videoCuts = keyframes ? copiedVideoCuts(ms, keyframes) : encodedVideoCuts(ms, source.rate)
  const encode: VideoEncode = {
    action: 'encode', index: 0, codec: 'h264', level: 30, width: 320, height: 180, bitRate: 800_000, frameRate: source.rate,
    deinterlace: false, toneMap: null, burn: null, ...(source.video === 'copy' ? {} : source.video),
  }
  const sound: AudioEncode = {
    action: 'encode', index: 1, codec: 'aac', sampleRate: 48000, channels: 2, bitRate: 128_000, ...(source.audio === 'copy' ? {} : source.audio),
  }
  return {
    path,
    video: { plan: source.video === 'copy' ? { action: 'copy', index: 0, codec: source.file === 'hevc.mkv' ? 'hevc' : 'h264' } : encode, cuts: videoCuts },
    audio:
      source.audio === 'copy'
        ? { plan: { action: 'copy', index: 1, codec: 'aac' }, cuts: copiedAudioCuts(ms, videoCuts) }
        : { plan: sound, cuts: encodedAudioCuts(ms, sound.sampleRate, videoCuts) },
    subtitles: [],
  }
}

let sessions = 0
const open = (plan: SessionPlan): OpenMedia => engine.open(plan, join(media.folder, `session-${sessions++}`))

async function fetchAll(session: OpenMedia, name: RenditionName, order: readonly number[]) {
  const rendition = session.rendition(name)
  const init = await rendition.init()
  const { timescale } = await trackOf(init)
  const segments: Buffer[] = []
  const facts: SegmentFacts[] = []
  for (const number of order) {
    segments[number] = await rendition.segment(number)
    facts[number] = await segmentFacts(segments[number], timescale)
  }
  return { init, segments, facts, timescale }
}

const forward = (cuts: CutList) => cuts.times.slice(1).map((_, number) => number)
/** Ends first, then the middle, so that every request is a seek. */
const jumping = (cuts: CutList) => {
  const left = forward(cuts)
  const order: number[] = []
  while (left.length > 0) order.push(...left.splice(left.length >> 1, 1), ...left.splice(-1), ...left.splice(0, 1))
  return order
}

describe.each(sources)('$name', source => {
  let plan: SessionPlan
  beforeAll(async () => {
    plan = await planFor(source)
  }, 60_000)

  it.each(['video', 'audio'] as const)('has continuous %s, the same in any order', async name => {
    const { cuts } = plan[name]!
    const one = open(plan)
    const other = open(plan)
    try {
      const inOrder = await fetchAll(one, name, forward(cuts))
      const jumped = await fetchAll(other, name, jumping(cuts))
      const tick = 2 / inOrder.timescale
      expect(jumped.init.equals(inOrder.init)).toBe(true)
      inOrder.facts.forEach((fact, number) => {
        if (number > 0) expect(Math.abs(fact.decodeTime - inOrder.facts[number - 1]!.end), `gap before ${number}`).toBeLessThanOrEqual(tick)
        expect(fact.startsWithKeyframe).toBe(true)
        expect(jumped.facts[number]!.times, `times of segment ${number}`).toEqual(fact.times)
        expect(Math.abs(jumped.facts[number]!.end - fact.end), `end of segment ${number}`).toBeLessThanOrEqual(tick)
      })
      const frame = name === 'video' ? source.rate.den / source.rate.num : 0.03
      const leading = 4 * frame
      segmentSeconds(cuts).forEach((_, number) => {
        const off = Math.abs(inOrder.facts[number]!.start - cuts.times[number]! / cuts.timescale)
        expect(off, `segment ${number} starts where its playlist says`).toBeLessThanOrEqual(source.video === 'copy' ? leading : frame + 1e-6)
      })
      expect(Math.abs(inOrder.facts.at(-1)!.end - SECONDS)).toBeLessThanOrEqual(2 * frame)
      await decodes(inOrder.init, inOrder.segments)
      await decodes(jumped.init, jumped.segments)
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  }, 120_000)
})

/** FFmpeg reads the whole without a complaint. */
async function decodes(init: Buffer, segments: readonly Buffer[]): Promise<void> {
  const path = join(media.folder, `whole-${sessions++}.mp4`)
  await writeFile(path, Buffer.concat([init, ...segments]))
  await media.run('-xerror', '-err_detect', 'explode', '-i', path, '-f', 'null', '-')
}
