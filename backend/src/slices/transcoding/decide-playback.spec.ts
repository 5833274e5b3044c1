import type { DeviceProfile } from '@projectionist/shared/api/playback'
import type { AudioStream, MediaInfo, VideoStream } from '@projectionist/shared/events/media'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decidePlayback, type PlaybackDecision, type PlaybackQuestion } from './decide-playback.js'
import { deviceProfiles } from './device-profiles.js'

const { chrome, safari } = deviceProfiles
const film: MediaInfo = {
  container: 'mp4',
  durationMs: 6_000_000,
  bitRate: 12_000_000,
  video: [{ index: 0, codec: 'h264', profile: 'High', level: 40, width: 1920, height: 800, frameRate: 23.976, bitDepth: 8 }],
  audio: [
    { index: 1, codec: 'aac', channels: 2, sampleRate: 48_000, language: 'eng' },
    { index: 2, codec: 'aac', channels: 6, sampleRate: 48_000, language: 'ger' },
  ],
  subtitles: [
    { index: 3, codec: 'subrip', form: 'text', language: 'eng' },
    { index: 4, codec: 'hdmv_pgs_subtitle', form: 'image', language: 'eng' },
    { index: 5, codec: 'subrip', form: 'text', language: 'ger', forced: true },
  ],
}
const decide = (more: Partial<PlaybackQuestion>): PlaybackDecision => decidePlayback({ media: film, profile: chrome, keyframes: true, ...more })
const codes = ({ reasons }: PlaybackDecision) => reasons.map(({ code }) => code)

describe('decidePlayback', () => {
  it('sends the file itself when nothing speaks against it', () => {
    expect(decide({})).toMatchObject({ method: 'direct', reasons: [], video: null, audio: null, quality: 'original' })
  })

  it('takes another container for another audio track, unless the player can switch', () => {
    expect(decide({ audioIndex: 2 })).toMatchObject({ method: 'remux', reasons: [{ code: 'audio-track-chosen' }], audio: { action: 'copy', index: 2 } })
    expect(decide({ audioIndex: 2, profile: safari }).method).toBe('direct')
  })

  it('prefers the languages of the person, in any code, with the forced subtitles that belong to them', () => {
    const { chosen } = decide({ languages: ['fr', 'de-AT'] })
    expect([chosen.audio?.index, chosen.subtitle?.index]).toEqual([2, 5])
    expect(decide({}).chosen.subtitle).toBeUndefined()
    expect(decide({ languages: ['de'], subtitleIndex: -1 }).chosen.subtitle).toBeUndefined()
  })

  it('burns in pictures, not text', () => {
    expect(decide({ subtitleIndex: 3 }).method).toBe('direct')
    expect(decide({ subtitleIndex: 4 })).toMatchObject({ method: 'transcode', reasons: [{ subject: 'subtitle', code: 'subtitle-burnt-in' }], video: { burn: { index: 4 } } })
    expect(decide({ subtitleIndex: 4, profile: { ...chrome, subtitles: ['webvtt', 'pgs'] } }).method).toBe('direct')
  })

  it('offers what is below the original', () => {
    expect(decide({}).qualities.map(({ id }) => id)).toEqual(['original', '1080p', '720p', '480p', '360p'])
    expect(decide({ media: { ...film, bitRate: 3_000_000 } }).qualities.map(({ id }) => id)).toEqual(['original', '720p', '480p', '360p'])
  })

  it('makes the quality asked for, in the shape of the film', () => {
    const decision = decide({ quality: '480p' })
    expect(decision).toMatchObject({ method: 'transcode', quality: '480p', video: { width: 854, height: 356, frameRate: { num: 24000, den: 1001 } } })
    expect(codes(decision)).toEqual(['quality-chosen'])
    expect(decide({ quality: '2160p' }).quality).toBe('original')
  })

  it('keeps within what the line carries', () => {
    const decision = decide({ maxBitRate: 3_000_000 })
    expect(decision.reasons).toEqual([{ subject: 'session', code: 'bit-rate-too-high', detail: '12000000 > 3000000' }])
    expect(decision.video).toMatchObject({ action: 'encode', height: 534, bitRate: 3_000_000 - 160_000 })
    expect(decide({ maxBitRate: 1000 }).video).toMatchObject({ height: 266, bitRate: 200_000 })
  })

  it('makes pictures anew when nobody knows where to cut them', () => {
    const media = { ...film, container: 'mpegts' }
    expect(decide({ media }).method).toBe('remux')
    expect(codes(decide({ media, keyframes: false }))).toEqual(['container-not-supported', 'keyframes-unknown'])
  })

  it('turns, deinterlaces and brings down the range of what it makes anew', () => {
    const stream = { ...film.video[0]!, codec: 'hevc', rotation: 90, interlaced: true, range: 'hlg' as const }
    expect(decide({ media: { ...film, video: [stream] } }).video).toMatchObject({ width: 800, height: 1920, deinterlace: true, toneMap: 'hlg' })
  })

  it('turns what is only turned, because segments do not say so', () => {
    const decision = decide({ media: { ...film, video: [{ ...film.video[0]!, rotation: 90 }] }, audioIndex: 2 })
    expect(decision.video).toMatchObject({ action: 'encode' })
    expect(codes(decision)).toEqual(['audio-track-chosen', 'video-rotated'])
  })

  it('says so when there is no way', () => {
    const nothing: DeviceProfile = { name: 'Clock', direct: [], hls: { video: [], audio: [] }, video: [], audio: [], subtitles: ['webvtt'], switchesAudio: false }
    expect(decide({ profile: nothing }).method).toBe('impossible')
    expect(decide({ media: { ...film, video: [], audio: [] } }).method).toBe('impossible')
    const { durationMs: _, ...unknown } = film
    expect(decide({ media: { ...unknown, container: 'avi' } }).method).toBe('impossible')
  })
})

const videoCodecs = ['h264', 'hevc', 'av1', 'vp9', 'mpeg4']
const audioCodecs = ['aac', 'ac3', 'opus', 'flac', 'dts']
const containers = ['mp4', 'matroska', 'webm', 'avi']
const some = <T>(values: readonly T[]) => fc.subarray([...values])
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const videoStream: fc.Arbitrary<VideoStream> = fc
  .record({
    codec: fc.constantFrom(...videoCodecs),
    size: fc.constantFrom([3840, 2160], [1920, 1080], [1920, 800], [1280, 720], [720, 576], [640, 352]),
    bitDepth: fc.constantFrom(8, 10),
    level: fc.constantFrom(31, 40, 51, 120, 153),
    range: fc.constantFrom('sdr' as const, 'hdr10' as const),
    frameRate: fc.constantFrom(23.976, 25, 29.7, 60),
    interlaced: fc.boolean(),
    rotation: fc.constantFrom(0, 90),
  })
  .map(({ size, ...rest }) => ({ index: 0, width: size[0]!, height: size[1]!, ...rest }))
const audioStream = (index: number): fc.Arbitrary<AudioStream> =>
  fc.record({ index: fc.constant(index), codec: fc.constantFrom(...audioCodecs), channels: fc.constantFrom(1, 2, 6, 8), sampleRate: fc.constantFrom(44_100, 48_000, 96_000) })
const mediaInfo: fc.Arbitrary<MediaInfo> = fc.record({
  container: fc.constantFrom(...containers),
  durationMs: fc.constant(60_000),
  bitRate: fc.constantFrom(1_500_000, 9_000_000, 60_000_000),
  video: fc.array(videoStream, { maxLength: 1 }),
  audio: fc.tuple(audioStream(1), audioStream(2)),
  subtitles: fc.constant([{ index: 3, codec: 'hdmv_pgs_subtitle', form: 'image' as const }]),
})

/** A device, and one that can do all that and perhaps more. */
interface Pair {
  readonly less: DeviceProfile
  readonly more: DeviceProfile
}
const limit = (...values: number[]) => fc.tuple(maybe(fc.constantFrom(...values)), maybe(fc.constantFrom(...values)))
/** The tighter of two limits, and the looser; none is the loosest. */
const inOrder = ([a, b]: readonly [number | undefined, number | undefined]): readonly [number | undefined, number | undefined] => {
  const [low, high] = [a ?? Infinity, b ?? Infinity].sort((x, y) => x - y)
  const given = (value: number | undefined) => (value === Infinity ? undefined : value)
  return [given(low), given(high)]
}
const without = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T

const pair: fc.Arbitrary<Pair> = fc
  .record({
    video: fc.tuple(some(videoCodecs), some(videoCodecs)),
    audio: fc.tuple(some(audioCodecs), some(audioCodecs)),
    containers: fc.tuple(some(containers), some(containers)),
    hls: fc.tuple(fc.boolean(), fc.boolean()),
    maxHeight: limit(480, 720, 1080, 2160),
    maxBitDepth: limit(8, 10),
    maxLevel: limit(31, 40, 51),
    maxFrameRate: limit(30, 60),
    sdrOnly: fc.tuple(fc.boolean(), fc.boolean()),
    interlaced: fc.tuple(fc.boolean(), fc.boolean()),
    maxChannels: limit(2, 6),
    maxBitRate: limit(1_000_000, 4_000_000, 20_000_000),
    speakers: fc.constantFrom(undefined, 2, 6),
    switchesAudio: fc.tuple(fc.boolean(), fc.boolean()),
    pgs: fc.tuple(fc.boolean(), fc.boolean()),
  })
  .map(given => {
    const make = (rich: boolean): DeviceProfile => {
      const list = ([a, b]: readonly [string[], string[]]) => (rich ? [...new Set([...a, ...b])] : a)
      const can = ([a, b]: readonly [boolean, boolean]) => (rich ? a || b : a)
      const most = (values: readonly [number | undefined, number | undefined]) => inOrder(values)[rich ? 1 : 0]
      const video = list(given.video)
      const audio = list(given.audio)
      const limits = {
        maxHeight: most(given.maxHeight), maxBitDepth: most(given.maxBitDepth), maxLevel: most(given.maxLevel), maxFrameRate: most(given.maxFrameRate),
        ranges: given.sdrOnly[0] && (!rich || given.sdrOnly[1]) ? ['sdr' as const] : undefined, interlaced: can(given.interlaced),
      }
      return without({
        name: rich ? 'more' : 'less',
        direct: list(given.containers).map(container => ({ container, video, audio })),
        hls: can(given.hls) ? { video, audio } : { video: [], audio: [] },
        video: video.map(codec => without({ codec, ...limits })) as DeviceProfile['video'],
        audio: audio.map(codec => without({ codec, maxChannels: most(given.maxChannels) })) as DeviceProfile['audio'],
        subtitles: can(given.pgs) ? ['webvtt' as const, 'pgs' as const] : ['webvtt' as const],
        switchesAudio: can(given.switchesAudio),
        maxBitRate: most(given.maxBitRate),
        maxAudioChannels: given.speakers,
      }) as DeviceProfile
    }
    return { less: make(false), more: make(true) }
  })

const order = ['impossible', 'transcode', 'remux', 'direct']
const picture = ({ method, video }: PlaybackDecision) => (method === 'direct' || video?.action === 'copy' ? Infinity : (video?.height ?? 0))
const sound = ({ method, audio }: PlaybackDecision) => (method === 'direct' || audio?.action === 'copy' ? Infinity : (audio?.channels ?? 0))

describe('a more capable device', () => {
  it('never plays worse', () => {
    fc.assert(
      fc.property(pair, mediaInfo, fc.constantFrom(undefined, 1, 2), fc.constantFrom(-1, 3), fc.boolean(), ({ less, more }, media, audioIndex, subtitleIndex, keyframes) => {
        const ask = (profile: DeviceProfile) => decidePlayback({ media, profile, audioIndex, subtitleIndex, keyframes })
        const [a, b] = [ask(less), ask(more)]
        expect(order.indexOf(b.method)).toBeGreaterThanOrEqual(order.indexOf(a.method))
        expect(picture(b)).toBeGreaterThanOrEqual(picture(a))
        expect(sound(b)).toBeGreaterThanOrEqual(sound(a))
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 1) * 3000 },
    )
  })

  it('is told why, whenever it does not get the file itself', () => {
    fc.assert(
      fc.property(pair, mediaInfo, fc.boolean(), ({ less }, media, keyframes) => {
        const { method, reasons } = decidePlayback({ media, profile: less, keyframes })
        expect(reasons.length === 0).toBe(method === 'direct')
      }),
    )
  })
})
