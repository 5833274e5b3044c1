import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MediaInfo, Metadata } from '@projectionist/shared/events/media'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaType } from '../../platform/media/media-types.js'
import type { Probed, ProbeResult } from '../../platform/media/probing.js'
import { ffmpeg } from '../../../test/ffmpeg.js'
import { processProber } from './prober.js'

let folder: string
const prober = processProber({ size: 2 })
const at = (name: string): string => join(folder, name)
const run = (...args: string[]): void => void execFileSync(ffmpeg, ['-v', 'error', '-y', ...args])
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=2']
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=2']
const probe = (name: string | Buffer, type: MediaType = 'video'): Promise<ProbeResult> => prober.probe({ path: typeof name === 'string' ? Buffer.from(at(name)) : name, type })
async function probed(name: string | Buffer, type: MediaType = 'video'): Promise<Probed> {
  const result = await probe(name, type)
  if (result.outcome === 'failed') throw new Error(`${result.code}: ${result.detail}`)
  expect(MediaInfo.parse(result.media)).toEqual(result.media)
  expect(Metadata.parse(result.tags)).toEqual(result.tags)
  return result
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prober-'))
  run(...picture, ...sound, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-shortest', at('a.mp4'))
})
afterAll(async () => {
  await prober.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('films', () => {
  it('reads an MP4 by its header', async () => {
    const { media, sizeBytes, fingerprint } = await probed('a.mp4')
    expect(media).toMatchObject({
      container: 'mp4', durationMs: 2000,
      video: [{ index: 0, codec: 'h264', profile: 'Constrained Baseline', level: 12, width: 320, height: 180, bitDepth: 8, pixelFormat: 'yuv420p', frameRate: 25, range: 'sdr', default: true }],
      audio: [{ index: 1, codec: 'aac', channels: 1, sampleRate: 44100, layout: 'mono', default: true }],
      subtitles: [],
    })
    expect(sizeBytes).toBe(readFileSync(at('a.mp4')).length)
    expect(fingerprint).toMatch(/^[0-9a-f]{40}$/)
  })

  it('reads an MKV with HDR, two sounds and two subtitles', async () => {
    writeFileSync(at('s.srt'), '1\n00:00:00,000 --> 00:00:01,000\nHello\n')
    run(
      ...picture, ...sound, ...sound, '-i', at('s.srt'), '-i', at('s.srt'), '-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map', '4', '-c:v', 'libx265', '-preset', 'ultrafast',
      '-x265-params', 'log-level=error', '-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-c:a', 'ac3', '-c:s', 'srt',
      '-metadata:s:a:0', 'language=ger', '-metadata:s:a:1', 'language=eng', '-metadata:s:a:1', 'title=Commentary', '-metadata:s:s:0', 'language=fre',
      '-disposition:s:1', 'forced+hearing_impaired', at('b.mkv'),
    )
    const { media } = await probed('b.mkv')
    expect(media).toMatchObject({
      container: 'matroska',
      video: [{ codec: 'hevc', profile: 'Main 10', bitDepth: 10, pixelFormat: 'yuv420p10le', range: 'hdr10' }],
      audio: [{ index: 1, codec: 'ac3', language: 'de' }, { index: 2, codec: 'ac3', language: 'en', title: 'Commentary' }],
      subtitles: [{ index: 3, codec: 'subrip', form: 'text', language: 'fr' }, { index: 4, forced: true, hearingImpaired: true }],
    })
  })

  it('says by the header what looking into the stream says', async () => {
    run(...picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'high', '-bf', '2', at('h.mkv'))
    run('-i', at('h.mkv'), '-c', 'copy', at('h.ts'))
    const [header, stream] = await Promise.all([probed('h.mkv'), probed('h.ts')])
    const { profile, level, width, height, bitDepth, pixelFormat, frameRate } = header.media.video[0]!
    expect(stream.media.video[0]).toMatchObject({ profile, level, width, height, bitDepth, pixelFormat, frameRate })
  })

  it.each([
    ['c.avi', ['-c:v', 'mpeg4', '-c:a', 'libmp3lame'], { container: 'avi', video: [{ codec: 'mpeg4' }], audio: [{ codec: 'mp3' }] }],
    ['c.webm', ['-c:v', 'libvpx-vp9', '-cpu-used', '8', '-c:a', 'libopus'], { container: 'webm', video: [{ codec: 'vp9' }], audio: [{ codec: 'opus', sampleRate: 48000 }] }],
    ['c.ts', ['-c:v', 'libx264', '-c:a', 'ac3'], { container: 'mpegts', video: [{ codec: 'h264', profile: 'High' }] }],
    ['c.mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2'], { container: 'mpeg', video: [{ codec: 'mpeg2video' }] }],
    ['c.mov', ['-c:v', 'libx264', '-c:a', 'aac'], { container: 'mov' }],
    ['c.wmv', ['-c:v', 'wmv2', '-c:a', 'wmav2'], { container: 'asf', video: [{ codec: 'wmv2' }] }],
  ])('reads %s', async (name, codecs, expected) => {
    run(...picture, ...sound, ...codecs, '-shortest', at(name))
    const { media } = await probed(name)
    expect(media).toMatchObject(expected)
    expect(Math.abs(media.durationMs! - 2000)).toBeLessThan(150)
  })

  it('knows turned and interlaced pictures', async () => {
    run('-display_rotation', '90', '-i', at('a.mp4'), '-c', 'copy', at('turned.mp4'))
    expect((await probed('turned.mp4')).media.video[0]).toMatchObject({ rotation: 270 })
    run(...picture, '-vf', 'scale=720:576,setfield=tff', '-c:v', 'libx264', '-flags', '+ilme+ildct', '-x264opts', 'tff=1', at('interlaced.mkv'))
    expect((await probed('interlaced.mkv')).media.video[0]).toMatchObject({ interlaced: true })
    expect((await probed('a.mp4')).media.video[0]!.interlaced).toBeUndefined()
  })

  it('knows when and where a home video was filmed', async () => {
    run('-i', at('a.mp4'), '-c', 'copy', '-movflags', 'use_metadata_tags', '-metadata', 'com.apple.quicktime.creationdate=2019-07-04T12:34:56+0200', '-metadata', 'com.apple.quicktime.location.ISO6709=+48.1374+011.5755+519.000/', '-metadata', 'com.apple.quicktime.make=Apple', '-metadata', 'com.apple.quicktime.model=iPhone 7', at('home.mov'))
    expect((await probed('home.mov')).tags).toEqual({ takenAt: '2019-07-04T12:34:56', place: { latitude: 48.1374, longitude: 11.5755 }, camera: 'Apple iPhone 7' })
  })
})

describe('music', () => {
  it.each([
    ['t.flac', ['-c:a', 'flac'], 'flac'], ['t.mp3', ['-c:a', 'libmp3lame'], 'mp3'], ['t.m4a', ['-c:a', 'aac'], 'aac'], ['t.opus', ['-c:a', 'libopus'], 'opus'],
    ['t.ogg', ['-c:a', 'libvorbis'], 'vorbis'],
  ])('reads the tags of %s', async (name, codec, expected) => {
    const tags = { title: 'Jóga', artist: 'Björk', album_artist: 'Björk', album: 'Homogenic', track: '2/10', disc: '1/1', date: '1997-09-20', genre: 'Electronic' }
    run(...sound, ...codec, ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${name.endsWith('.flac') || /ogg|opus$/.test(name) ? key.replace('album_artist', 'ALBUMARTIST').replace('track', 'TRACKNUMBER').replace('disc', 'DISCNUMBER') : key}=${value}`]), at(name))
    const { media, tags: read } = await probed(name, 'audio')
    expect(media).toMatchObject({ video: [], audio: [{ codec: expected, channels: 1 }] })
    expect(read).toMatchObject({ title: 'Jóga', artist: 'Björk', albumArtist: 'Björk', album: 'Homogenic', trackNumber: 2, discNumber: 1, year: 1997, genres: ['Electronic'] })
  })

  it('sees a cover, and loudness', async () => {
    run('-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-frames:v', '1', at('cover.jpg'))
    run(...sound, '-i', at('cover.jpg'), '-map', '0', '-map', '1', '-c:a', 'flac', '-disposition:v', 'attached_pic', '-metadata', 'REPLAYGAIN_TRACK_GAIN=-6.5 dB', at('cover.flac'))
    const { media, tags } = await probed('cover.flac', 'audio')
    expect(media).toMatchObject({ embeddedArtwork: true, video: [] })
    expect(tags).toMatchObject({ trackGainDb: -6.5 })
  })
})

describe('photos', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('reads %s', async format => {
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#884422' } })
      .withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS 5D' }, IFD2: { DateTimeOriginal: '2019:03:21 11:04:22' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '11/1 34/1 0/1' } })
      .toFormat(format)
      .toFile(at(`p.${format}`))
    const { media, tags } = await probed(`p.${format}`, 'image')
    expect(media).toMatchObject({ container: format, image: { width: 60, height: 40 }, video: [] })
    if (format !== 'gif' && format !== 'tiff') expect(tags).toMatchObject({ takenAt: '2019-03-21T11:04:22', camera: 'Canon EOS 5D' })
  })

  it('gives the size as shown', async () => {
    await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } }).withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'))
    expect((await probed('turned.jpg', 'image')).media.image).toEqual({ width: 40, height: 60 })
  })
})

describe('bad files', () => {
  it.each([
    ['zero.mkv', 'video', 'empty', () => Buffer.alloc(0)],
    ['text.mkv', 'video', 'not-media', () => Buffer.from('This is not a film. '.repeat(100))],
    ['random.mp4', 'video', 'not-media', () => Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) & 255))],
    ['text.mp3', 'audio', 'not-media', () => Buffer.from('no music '.repeat(100))],
    ['text.jpg', 'image', 'not-media', () => Buffer.from('no picture')],
    ['head.jpg', 'image', 'damaged', () => Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1')],
    ['playlist.mp4', 'video', 'not-media', () => Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n')],
  ] as const)('tells what is wrong with %s', async (name, type, code, content) => {
    writeFileSync(at(name), content())
    expect(await probe(name, type)).toMatchObject({ outcome: 'failed', code })
  })

  it('tells a truncated film, a missing one, sound without picture', async () => {
    writeFileSync(at('cut.mp4'), readFileSync(at('a.mp4')).subarray(0, 3000))
    expect(await probe('cut.mp4')).toMatchObject({ code: 'damaged' })
    expect(await probe('nowhere.mp4')).toMatchObject({ code: 'vanished' })
    run(...sound, '-c:a', 'aac', at('sound.mp4'))
    expect(await probe('sound.mp4')).toMatchObject({ code: 'not-media', detail: 'There is sound in it, but no picture.' })
    run(...sound, at('music.wav'))
    copyFileSync(at('music.wav'), at('renamed.mp3'))
    expect(await probe('renamed.mp3', 'audio')).toMatchObject({ outcome: 'probed', media: { container: 'wav' } })
  })

  it('tells of a file that is shorter than it says, and takes it in', async () => {
    run('-i', at('a.mp4'), '-c', 'copy', '-movflags', '+faststart', at('fast.mp4'))
    run('-i', at('a.mp4'), '-c', 'copy', at('a.mkv'))
    run('-i', at('a.mp4'), '-c:v', 'mpeg4', '-c:a', 'mp3', at('a.avi'))
    run(...sound, at('a.wav'))
    for (const [name, type] of [['fast.mp4', 'video'], ['a.mkv', 'video'], ['a.avi', 'video'], ['a.wav', 'audio']] as const) {
      expect([name, (await probed(name, type)).incomplete]).toEqual([name, undefined])
      const bytes = readFileSync(at(name))
      const kept = Math.floor(bytes.length * 0.6)
      writeFileSync(at(`cut-${name}`), bytes.subarray(0, kept))
      const says = `40% of it is missing: it has ${kept} of ${bytes.length} bytes. If it is still being copied, it is looked at again when it has grown; else copy it again.`
      expect([name, (await probed(`cut-${name}`, type)).incomplete]).toEqual([name, says])
    }
    // Written without going back, as by a recorder: it does not say how long it is. Zeros after the end are no film.
    run('-i', at('a.mp4'), '-c', 'copy', '-f', 'matroska', '-live', '1', at('live.mkv'))
    run('-i', at('a.mp4'), '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov', at('fragments.mp4'))
    writeFileSync(at('padded.mp4'), Buffer.concat([readFileSync(at('a.mp4')), Buffer.alloc(5000), Buffer.alloc(16, 'x')]))
    for (const name of ['live.mkv', 'fragments.mp4', 'padded.mp4']) expect([name, (await probed(name)).incomplete]).toEqual([name, undefined])
  })

  it('opens a name that is no text', async () => {
    const path = Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff, 0xe9]), Buffer.from('.mp4')])
    copyFileSync(at('a.mp4'), path)
    expect((await probed(path)).media.video).toHaveLength(1)
  })

  it('survives files cut and broken anywhere', async () => {
    const whole = readFileSync(at('a.mp4'))
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const bytes = Buffer.from(whole.subarray(0, index % 2 ? whole.length : Math.floor((whole.length * (index + 1)) / 41)))
        for (let step = 0; step < 30; step++) bytes[(index * 7919 + step * 104_729) % bytes.length] = (index * 31 + step) & 255
        writeFileSync(at(`broken${index}.mp4`), bytes)
        return probe(`broken${index}.mp4`)
      }),
    )
    expect(results).toHaveLength(40)
    expect(await probed('a.mp4')).toBeDefined()
  })
})
