import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodedVideoCuts } from '../../platform/media/cut-list.js'
import type { SubtitleSource } from '../../platform/media/stream-plan.js'
import { FfmpegEngine } from './ffmpeg-engine.js'
import { pictureSubtitle } from './testing/picture-subtitle.js'
import { type TestMedia, testMedia } from './testing/test-media.js'

const SECONDS = 16
const rate = { num: 25000, den: 1000 }
const cuts = encodedVideoCuts(SECONDS * 1000, rate)
const black = ['-f', 'lavfi', '-i', `color=black:size=320x180:rate=25:duration=${SECONDS}`]
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25']
const words = (text: string) => `1\n00:00:02,000 --> 00:00:04,500\n${text}\n\n2\n00:00:06,000 --> 00:00:07,000\n<i>again</i>\n`

let media: TestMedia
let engine: FfmpegEngine
let count = 0
beforeAll(async () => {
  media = await testMedia()
  engine = new FfmpegEngine({ configured: media.ffmpeg })
})
afterAll(() => media.remove())
const file = async (name: string, bytes: string | Buffer) => {
  await writeFile(join(media.folder, name), bytes)
  return join(media.folder, name)
}

describe('text subtitles', () => {
  const asked = async (path: string, source: SubtitleSource) => {
    const session = engine.open({ path, video: null, audio: null, subtitles: [source] }, join(media.folder, `session-${count++}`))
    return session.subtitle(source.index).then(String).finally(() => session.close())
  }

  it('come out of the file as WebVTT', async () => {
    const srt = await file('in.srt', words('Grüße'))
    const path = await media.make('text.mkv', ...black, '-i', srt, ...x264, '-c:s', 'srt')
    const text = await asked(path, { index: 1 })
    expect(text).toMatch(/^WEBVTT\n/)
    expect(text).toContain('00:02.000 --> 00:04.500\nGrüße')
  })

  it('keep in step with media that does not start at zero', async () => {
    const srt = await file('late.srt', words('late'))
    const path = await media.make('late.mkv', ...black, '-i', srt, ...x264, '-c:s', 'srt', '-output_ts_offset', '5')
    expect(await asked(path, { index: 1 })).toContain('00:02.000 --> 00:04.500\nlate')
  })

  it.each([
    ['UTF-8', Buffer.from(words('Grüße'))],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words('Grüße'), 'utf16le')])],
    ['Windows-1252', Buffer.from(words('Grüße'), 'latin1')],
  ])('are read from a file in %s', async (name, bytes) => {
    expect(await asked('/nowhere', { index: 9, path: await file(`${name}.srt`, bytes) })).toContain('00:02.000 --> 00:04.500\nGrüße')
  })

  it('are refused when they are none', async () => {
    await expect(asked('/nowhere', { index: 9, path: await file('no.srt', '') })).rejects.toMatchObject({ code: 'source-unreadable' })
    await expect(asked('/nowhere', { index: 9, path: '/nowhere.srt' })).rejects.toMatchObject({ code: 'source-unreadable' })
    const session = engine.open({ path: '/nowhere', video: null, audio: null, subtitles: [] }, join(media.folder, 'none'))
    await expect(session.subtitle(3)).rejects.toMatchObject({ code: 'no-such-segment' })
  })
})

describe('picture subtitles', () => {
  /** Mean brightness of the middle of the picture `at` seconds into a segment. */
  async function brightness(init: Buffer, segment: Buffer, at: number): Promise<number> {
    const path = await file(`piece-${count++}.mp4`, Buffer.concat([init, segment]))
    const pixel = await media.run('-copyts', '-i', path, '-vf', `select='gte(t,${at})',crop=40:20:140:100,scale=1:1`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1')
    return pixel[0]!
  }

  it.each(['inside the media', 'beside the media'])('are laid over the picture, %s, also after a seek', async place => {
    const sup = await file('words.sup', pictureSubtitle([320, 180], 5, 12))
    const inside = place === 'inside the media'
    const path = await media.make(`${place.length}.mkv`, ...black, ...(inside ? ['-itsoffset', '5', '-i', sup, '-c:s', 'copy'] : []), ...x264)
    const burn: SubtitleSource = inside ? { index: 1 } : { index: 7, path: sup }
    const plan = {
      action: 'encode', index: 0, codec: 'h264', level: 30, width: 320, height: 180, bitRate: 800_000, frameRate: rate, deinterlace: false, toneMap: null, burn,
    } as const
    const session = engine.open({ path, video: { plan, cuts }, audio: null, subtitles: [] }, join(media.folder, `session-${count++}`))
    try {
      const video = session.rendition('video')
      const init = await video.init()
      // Segments start at 0, 1, 3, 5, 7 s and so on. The one at 7 s is asked for first: the words came up before it began.
      expect(await brightness(init, await video.segment(4), 8)).toBeGreaterThan(200)
      expect(await brightness(init, await video.segment(2), 3.5)).toBeLessThan(40)
      expect(await brightness(init, await video.segment(3), 5.2)).toBeGreaterThan(200)
      expect(await brightness(init, await video.segment(8), 15.2)).toBeLessThan(40)
    } finally {
      await session.close()
    }
  })
})
