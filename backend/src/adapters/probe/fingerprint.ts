import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { MediaType } from '../../platform/media/media-types.js'
import { essenceOf, pagePayloads, readAt, type Essence } from './essence.js'

const SAMPLE = 64 * 1024

/**
 * What a file is, wherever it lies and whatever it is called: SHA-256 (40 hex digits) over size and three samples, of
 * 64 KiB each, from start, middle and end; small files whole. For audio over the sound without its tags, so that a re-tagged
 * file is the same file. Costs four reads or so, whatever the size. Throws the error of the file system.
 */
export async function fingerprint(path: Buffer, type: MediaType): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const essence: Essence = type === 'audio' ? await essenceOf(file, size) : { start: 0, end: size, pages: false }
    const length = essence.end - essence.start
    const hash = createHash('sha256')
    const sampled = length > 3 * SAMPLE
    const starts = sampled ? [essence.start, essence.start + Math.floor((length - SAMPLE) / 2), essence.end - SAMPLE] : [essence.start]
    hash.update(`${length}:`)
    for (const start of starts) {
      const bytes = await readAt(file, start, sampled ? SAMPLE : length)
      hash.update(essence.pages ? pagePayloads(bytes) : bytes)
    }
    return hash.digest('hex').slice(0, 40)
  } finally {
    await file.close()
  }
}
