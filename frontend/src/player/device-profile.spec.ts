import { DeviceProfile } from '@projectionist/shared/api/playback'
import { describe, expect, it } from 'vitest'
import { cautious, deviceProfile, type Capabilities } from './device-profile.js'

const answers =
  (...patterns: readonly RegExp[]) =>
  (mime: string) =>
    patterns.some(pattern => pattern.test(mime))

/** What each browser answers, in patterns of the MIME types it takes. */
const chromeFiles = answers(
  /^video\/mp4; codecs="(avc1\.(42|4D|64|6E)|av01|vp09|flac)/,
  /^video\/webm; codecs="(vp8|vp9|vp09|av01|opus|vorbis)/,
  /^video\/x-matroska; codecs="(avc1|av01|mp4a\.40|opus|vp8|vp9|flac)/,
  /^audio\/mp4; codecs="(mp4a\.40\.2|mp3|opus|flac)/,
  /^audio\/webm; codecs="(opus|vorbis)/,
  /^audio\/ogg; codecs="(opus|vorbis|flac)/,
  /^audio\/(mpeg|flac|wav|aac)$/,
)
const chrome: Capabilities = {
  name: 'Chrome on Linux',
  playsFile: chromeFiles,
  playsStream: answers(/^video\/mp4; codecs="(avc1|av01|vp09)/, /^audio\/mp4; codecs="(mp4a\.40\.2|opus|flac)/),
  hdrScreen: false,
  limits: { av1: { maxWidth: 1920, maxHeight: 1080 } },
}
const safari: Capabilities = {
  name: 'Safari on Mac',
  playsFile: answers(
    /^video\/(mp4|quicktime); codecs="(avc1|hvc1|av01)/,
    /^audio\/mp4; codecs="(mp4a\.40\.2|alac|ac-3|ec-3|fLaC)/,
    /^audio\/mpeg$/,
  ),
  playsStream: answers(/^video\/mp4; codecs="(avc1|hvc1)/, /^audio\/mp4; codecs="(mp4a\.40\.2|alac|ac-3|ec-3)/),
  hdrScreen: true,
  limits: {},
}
const nothing: Capabilities = { name: 'Old', playsFile: () => false, playsStream: () => false, hdrScreen: true, limits: {} }

const codec = (profile: DeviceProfile, name: string) => profile.video.find(entry => entry.codec === name)

describe('deviceProfile', () => {
  it.each([chrome, safari, nothing])('is what the contract accepts: $name', capabilities => {
    expect(DeviceProfile.parse(deviceProfile(capabilities))).toEqual(deviceProfile(capabilities))
  })

  it('names containers and codecs as FFmpeg does', () => {
    const { direct, hls } = deviceProfile(chrome)
    expect(Object.fromEntries(direct.map(entry => [entry.container, [entry.video, entry.audio]]))).toEqual({
      mp4: [
        ['h264', 'av1', 'vp9'],
        ['aac', 'mp3', 'opus', 'flac'],
      ],
      webm: [
        ['av1', 'vp9', 'vp8'],
        ['opus', 'vorbis'],
      ],
      matroska: [
        ['h264', 'av1', 'vp9', 'vp8'],
        ['aac', 'opus', 'flac'],
      ],
      ogg: [[], ['opus', 'vorbis', 'flac']],
      mp3: [[], ['mp3']],
      flac: [[], ['flac']],
      aac: [[], ['aac']],
      wav: [[], ['pcm_s16le', 'pcm_u8', 'pcm_s24le', 'pcm_f32le']],
    })
    expect(hls).toEqual({ video: ['h264', 'av1', 'vp9'], audio: ['aac', 'opus', 'flac'] })
  })

  it('takes the highest level the browser takes', () => {
    expect(codec(deviceProfile(chrome), 'h264')?.maxLevel).toBe(62)
    const small = {
      ...chrome,
      playsFile: (mime: string) => !/avc1\.6400(3[0-9A-F]|2[9A])/.test(mime) && chromeFiles(mime),
      playsStream: () => false,
    }
    expect(codec(deviceProfile(small), 'h264')?.maxLevel).toBe(40)
  })

  it('promises 10 bits where the browser decodes them, and HDR only on a screen that shows it', () => {
    expect(codec(deviceProfile(chrome), 'av1')).toMatchObject({ maxBitDepth: 10, ranges: ['sdr'], maxWidth: 1920 })
    expect(codec(deviceProfile(safari), 'hevc')).toMatchObject({
      maxBitDepth: 10,
      ranges: ['sdr', 'hdr10', 'hlg'],
      profiles: ['Main', 'Main Still Picture', 'Main 10'],
    })
    expect(codec(deviceProfile(chrome), 'hevc')).toBeUndefined()
  })

  it('promises nothing where nothing plays', () => {
    expect(deviceProfile(nothing)).toMatchObject({ direct: [], hls: { video: [], audio: [] }, video: [], audio: [] })
  })
})

describe('cautious', () => {
  it('first asks for no files, then for the plainest stream', () => {
    const profile = deviceProfile(chrome)
    expect(cautious(profile, 0)).toBe(profile)
    expect(cautious(profile, 1)).toEqual({ ...profile, direct: [] })
    const plain = cautious(profile, 2)
    expect(plain.hls).toEqual({ video: ['h264'], audio: ['aac'] })
    expect(plain.video.map(entry => [entry.codec, entry.maxBitDepth])).toEqual([['h264', 8]])
    expect(DeviceProfile.safeParse(plain).success).toBe(true)
  })
})
