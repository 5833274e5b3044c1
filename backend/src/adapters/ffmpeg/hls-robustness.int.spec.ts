import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { copiedVideoCuts, encodedAudioCuts, encodedVideoCuts } from '../../platform/media/cut-list.js'
import type { SessionPlan, VideoEncode } from '../../platform/media/stream-plan.js'
import { FfmpegEngine } from './ffmpeg-engine.js'
import { picture, type TestMedia, testMedia } from './testing/test-media.js'

const SECONDS = 20
const rate = { num: 25000, den: 1000 }
const encode: VideoEncode = {
  action: 'encode', index: 0, codec: 'h264', level: 30, width: 320, height: 180, bitRate: 10_000_000, frameRate: rate, deinterlace: false,
  toneMap: null, burn: null,
}
/** A click at the start of every second. */
const clicks = ['-f', 'lavfi', '-i', `aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*1000*t),0)':s=48000:d=${SECONDS}`]

let media: TestMedia
let engine: FfmpegEngine
let path: string
let count = 0
beforeAll(async () => {
  media = await testMedia()
  engine = new FfmpegEngine({ configured: media.ffmpeg })
  path = await media.make('film.mkv', ...picture('320x180', '25', SECONDS), ...clicks, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '70', '-c:a', 'ac3')
})
afterAll(() => media.remove())

const videoCuts = encodedVideoCuts(SECONDS * 1000, rate)
const planFor = (source: string): SessionPlan => ({
  path: source,
  video: { plan: encode, cuts: videoCuts },
  audio: {
    plan: { action: 'encode', index: 1, codec: 'aac', sampleRate: 48000, channels: 2, bitRate: 128_000 },
    cuts: encodedAudioCuts(SECONDS * 1000, 48000, videoCuts),
  },
  subtitles: [],
})
const folder = () => join(media.folder, `session-${count++}`)
const numbers = videoCuts.times.slice(1).map((_, number) => number)
const backwards = [...numbers].reverse()

async function whole(plan: SessionPlan, name: 'video' | 'audio', order: readonly number[]): Promise<string> {
  const session = engine.open(plan, folder())
  try {
    const segments: Buffer[] = []
    for (const number of order) segments[number] = await session.rendition(name).segment(number)
    const file = join(media.folder, `whole-${count++}.mp4`)
    await writeFile(file, Buffer.concat([await session.rendition(name).init(), ...segments]))
    return file
  } finally {
    await session.close()
  }
}

describe('what is shown and heard', () => {
  it.each([['in order', numbers], ['backwards', backwards]] as const)('is the source, picture by picture, fetched %s', async (_, order) => {
    const made = await whole(planFor(path), 'video', order)
    const lines = (await media.run('-i', made, '-i', path, '-lavfi', '[0:v]settb=1/25,setpts=N[a];[1:v]settb=1/25,setpts=N[b];[a][b]ssim=stats_file=-', '-f', 'null', '/dev/null')).toString()
    const likeness = [...lines.matchAll(/All:([\d.]+)/g)].map(match => Number(match[1]))
    expect(likeness).toHaveLength(SECONDS * 25)
    // The neighbouring picture would be 0.9 alike.
    expect(Math.min(...likeness)).toBeGreaterThan(0.95)
  }, 60_000)

  it.each([['in order', numbers], ['backwards', backwards]] as const)('is heard when it is seen, fetched %s', async (_, order) => {
    const made = await whole(planFor(path), 'audio', order)
    const sound = await media.run('-i', made, '-ac', '1', '-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1')
    const samples = new Int16Array(sound.buffer, sound.byteOffset, sound.length >> 1)
    for (let second = 1; second < SECONDS; second++) {
      // The click must begin within 10 ms of its second: there is silence just before, and sound just after.
      const loudest = (from: number, to: number) => samples.subarray(Math.round(from * 48000), Math.round(to * 48000)).reduce((max, value) => Math.max(max, Math.abs(value)), 0)
      expect(loudest(second - 0.5, second - 0.02), `before second ${second}`).toBeLessThan(1000)
      expect(loudest(second + 0.01, second + 0.03), `at second ${second}`).toBeGreaterThan(4000)
    }
  }, 60_000)
})

describe('a session', () => {
  const childrenOf = async (): Promise<readonly number[]> => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
    return stdout.split('\n').filter(line => line.includes('-frames:v')).map(line => Number.parseInt(line))
  }

  it('delivers every segment though FFmpeg is killed again and again', async () => {
    const session = engine.open(planFor(path), folder())
    try {
      for (const number of numbers) {
        const pending = session.rendition('video').segment(number)
        for (const pid of await childrenOf()) process.kill(pid, 'SIGKILL')
        expect((await pending).length).toBeGreaterThan(1000)
      }
    } finally {
      await session.close()
    }
  }, 60_000)

  it('holds FFmpeg back three segments ahead, and leaves neither process nor file behind', async () => {
    const place = folder()
    const session = engine.open(planFor(path), place)
    const video = session.rendition('video')
    await video.segment(0)
    await vi.waitFor(() => expect(session.speed()).toBeNull())
    expect((await readdir(join(place, 'video'))).sort()).toEqual(['0.m4s', '1.m4s', '2.m4s', '3.m4s'])
    expect(await childrenOf()).toHaveLength(1)
    await session.close()
    expect(await childrenOf()).toEqual([])
    await expect(readdir(place)).rejects.toThrow('ENOENT')
    await expect(video.segment(0)).rejects.toMatchObject({ code: 'closed' })
  })

  it('serves many who ask for different places at once', async () => {
    const session = engine.open(planFor(path), folder())
    try {
      const all = await Promise.all([...backwards, ...numbers].map(number => session.rendition('video').segment(number)))
      expect(all).toHaveLength(numbers.length * 2)
    } finally {
      await session.close()
    }
  }, 60_000)

  it('lets a request go', async () => {
    const session = engine.open(planFor(path), folder())
    const gone = new AbortController()
    const pending = session.rendition('video').segment(4, gone.signal)
    gone.abort(new Error('The player left'))
    await expect(pending).rejects.toThrow('The player left')
    expect((await session.rendition('video').segment(0)).length).toBeGreaterThan(1000)
    await session.close()
  })

  it('says what is wrong', async () => {
    const broken = join(media.folder, 'broken.mkv')
    await writeFile(broken, 'this is no film')
    const attempt = async (plan: SessionPlan, number = 0, where = folder()) => {
      const session = engine.open(plan, where)
      return session.rendition('video').segment(number).finally(() => session.close())
    }
    await expect(attempt(planFor(join(media.folder, 'none.mkv')))).rejects.toMatchObject({ code: 'source-unreadable' })
    await expect(attempt(planFor(broken))).rejects.toMatchObject({ code: 'source-unreadable' })
    await expect(attempt(planFor(path), 99)).rejects.toMatchObject({ code: 'no-such-segment' })
    await expect(attempt(planFor(path), -1)).rejects.toMatchObject({ code: 'no-such-segment' })
    const full = folder()
    await mkdir(join(full, 'video'), { recursive: true })
    await symlink('/dev/full', join(full, 'video', '0.m4s'))
    await expect(attempt(planFor(path), 0, full)).rejects.toMatchObject({ code: 'disk-full' })
  })

  it('tells when the file ends before its index says', async () => {
    const copied: SessionPlan = {
      path,
      video: { plan: { action: 'copy', index: 0, codec: 'h264' }, cuts: copiedVideoCuts(60_000, [0, 2.8, 5.6, 40, 50]) },
      audio: null,
      subtitles: [],
    }
    const session = engine.open(copied, folder())
    await expect(session.rendition('video').segment(2)).rejects.toMatchObject({ code: 'source-ends' })
    await session.close()
  })

  it('tells where a file that is cut off ends, instead of holding its last picture to the end', async () => {
    const whole = await readFile(await media.make('whole.mp4', '-i', path, '-c', 'copy', '-strict', '-2', '-movflags', '+faststart'))
    const cut = join(media.folder, 'cut.mp4')
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length * 0.4)))
    const session = engine.open(planFor(cut), folder())
    expect((await session.rendition('video').segment(0)).length).toBeGreaterThan(0)
    for (const name of ['video', 'audio'] as const) await expect(session.rendition(name).segment(numbers.at(-1)!)).rejects.toMatchObject({ code: 'source-ends' })
    await session.close()
  })

  it('does not follow files that name other files', async () => {
    const list = join(media.folder, 'list.mkv')
    await writeFile(list, `ffconcat version 1.0\nfile film.mkv\n`)
    const session = engine.open(planFor(list), folder())
    await expect(session.rendition('video').segment(0)).rejects.toMatchObject({ code: 'source-unreadable' })
    await session.close()
  })

  it('asks for FFmpeg when there is none', async () => {
    const none = new FfmpegEngine({ searchPath: '', bundled: null })
    await expect(none.check()).rejects.toMatchObject({ code: 'ffmpeg-missing', message: expect.stringContaining('FFMPEG_PATH') })
    const wrong = new FfmpegEngine({ configured: '/nowhere/ffmpeg' })
    await expect(wrong.check()).rejects.toThrow('there is no such file')
  })
})
