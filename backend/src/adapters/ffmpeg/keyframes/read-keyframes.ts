import { type FileHandle, open } from 'node:fs/promises'
import { startTime } from '../start-time.js'
import { matroskaKeyframes } from './matroska-keyframes.js'
import { mp4Keyframes } from './mp4-keyframes.js'

const readers = [mp4Keyframes, matroskaKeyframes]

/**
 * Times of a stream's keyframes from the file's own index, seconds from the start of the file as FFmpeg counts it; null when
 * it has no index that can be read at once. Rejects when the file cannot be opened.
 */
export async function readKeyframes(ffmpeg: string, path: string, streamIndex: number): Promise<readonly number[] | null> {
  const file = await open(path)
  try {
    for (const read of readers) {
      const times = await attempt(read, file, streamIndex)
      if (!times) continue
      const start = await startTime(ffmpeg, path)
      return times.map(time => time - start)
    }
    return null
  } finally {
    await file.close()
  }
}

/** A damaged index counts as none. */
async function attempt(read: (file: FileHandle, index: number) => Promise<readonly number[] | null>, file: FileHandle, index: number) {
  try {
    return await read(file, index)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
