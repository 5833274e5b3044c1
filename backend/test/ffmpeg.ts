import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** FFmpeg for tests that make their own media: `FFMPEG_PATH`, the packaged one, or the one on `PATH`. */
export const ffmpeg = ((): string => {
  if (process.env['FFMPEG_PATH']) return process.env['FFMPEG_PATH']
  try {
    const packaged = join(dirname(createRequire(import.meta.url).resolve(`@ffmpeg-binary/${process.platform}-${process.arch}/package.json`)), 'ffmpeg')
    if (existsSync(packaged)) return packaged
  } catch {
    // Not installed for this platform.
  }
  return 'ffmpeg'
})()
