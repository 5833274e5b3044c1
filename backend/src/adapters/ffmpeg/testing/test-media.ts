import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectFfmpeg } from '../ffmpeg-process.js'
import { locateFfmpeg } from '../locate-ffmpeg.js'

/** A folder of media made for a test by the FFmpeg that is also under test. */
export interface TestMedia {
  readonly ffmpeg: string
  readonly folder: string
  /** Makes a file from FFmpeg arguments and gives its path. */
  make(name: string, ...args: readonly string[]): Promise<string>
  run(...args: readonly string[]): Promise<Buffer>
  remove(): Promise<void>
}

export async function testMedia(): Promise<TestMedia> {
  const { path: ffmpeg } = await locateFfmpeg({ configured: process.env['FFMPEG_PATH'], searchPath: process.env['PATH'] })
  const folder = await mkdtemp(join(tmpdir(), 'projectionist-media-'))
  const run = (...args: readonly string[]) => collectFfmpeg(ffmpeg, ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args])
  return {
    ffmpeg,
    folder,
    run,
    make: async (name, ...args) => {
      const path = join(folder, name)
      await run('-y', ...args, path)
      return path
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Moving picture with a frame counter in it, and a tone; `seconds` long. */
export const picture = (size: string, rate: string, seconds: number): readonly string[] => [
  '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
]
export const tone = (seconds: number, sampleRate = 48000): readonly string[] => [
  '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${sampleRate}:duration=${seconds}`,
]
