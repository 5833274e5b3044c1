import type { FileHandle } from 'node:fs/promises'
import { boxesIn, find } from '../boxes.js'
import { LARGEST_INDEX, readAt } from './file-reader.js'

/**
 * Presentation times of the sync samples of track `streamIndex` of an MP4 or QuickTime file, seconds, ascending (ISO/IEC
 * 14496-12, 8.6). Null when it has none listed: fragmented files, or edits that are more than a shift.
 */
export async function mp4Keyframes(file: FileHandle, streamIndex: number): Promise<readonly number[] | null> {
  const moov = await findMovie(file)
  const header = moov && find(moov, 'mvhd')
  if (!moov || !header) return null
  const movieTimescale = header.readUInt32BE(header[0] === 1 ? 20 : 12)
  const track = [...boxesIn(moov)].filter(box => box.type === 'trak')[streamIndex]?.body
  const timing = track && find(track, 'mdia', 'mdhd')
  const table = track && find(track, 'mdia', 'minf', 'stbl')
  if (!track || !timing || !table) return null
  const timescale = timing.readUInt32BE(timing[0] === 1 ? 20 : 12)
  const shift = editShift(find(track, 'edts', 'elst'), movieTimescale)
  const decodeTimes = find(table, 'stts')
  if (shift === null || !decodeTimes || timescale === 0) return null
  const numbers = syncSamples(find(table, 'stss'), find(table, 'stsz'))
  const offsets = find(table, 'ctts')
  const dts = lookUp(decodeTimes)
  const composition = offsets && compositionOffset(offsets)
  const times = numbers.map(number => (dts(number) + (composition?.(number) ?? 0) - shift.media) / timescale + shift.seconds)
  return times.length > 0 && times.every(Number.isFinite) ? times.sort((a, b) => a - b) : null
}

async function findMovie(file: FileHandle): Promise<Buffer | undefined> {
  const { size } = await file.stat()
  for (let at = 0; at + 8 <= size; ) {
    const header = await readAt(file, at, 16)
    if (header.length < 8) return undefined
    const short = header.readUInt32BE(0)
    const length = short === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : short === 0 ? size - at : short
    const skip = short === 1 ? 16 : 8
    if (length < skip) return undefined
    if (header.toString('latin1', 4, 8) === 'moov') return length > LARGEST_INDEX ? undefined : readAt(file, at + skip, length - skip)
    at += length
  }
  return undefined
}

/** An edit list that only delays (empty edits) and then shows the media from some time on. Null: it does more than that. */
function editShift(edits: Buffer | undefined, movieTimescale: number): { media: number; seconds: number } | null {
  if (!edits) return { media: 0, seconds: 0 }
  const wide = edits[0] === 1
  const entry = wide ? 20 : 12
  let seconds = 0
  const count = edits.readUInt32BE(4)
  for (let index = 0; index < count; index++) {
    const at = 8 + index * entry
    const duration = wide ? Number(edits.readBigUInt64BE(at)) : edits.readUInt32BE(at)
    const media = wide ? Number(edits.readBigInt64BE(at + 8)) : edits.readInt32BE(at + 4)
    if (media === -1) seconds += duration / movieTimescale
    else return index === count - 1 ? { media, seconds } : null
  }
  return { media: 0, seconds }
}

/** Sample numbers from 1; without `stss` every sample is one. */
function syncSamples(listed: Buffer | undefined, sizes: Buffer | undefined): readonly number[] {
  if (listed) return Array.from({ length: listed.readUInt32BE(4) }, (_, index) => listed.readUInt32BE(8 + index * 4))
  return Array.from({ length: sizes?.readUInt32BE(8) ?? 0 }, (_, index) => index + 1)
}

/** Walks a run-length table once; ask for ascending numbers. */
function lookUp(table: Buffer): (number: number) => number {
  const count = table.readUInt32BE(4)
  let run = 0
  let first = 1
  let time = 0
  return number => {
    while (run < count) {
      const length = table.readUInt32BE(8 + run * 8)
      const delta = table.readUInt32BE(12 + run * 8)
      if (number < first + length) return time + (number - first) * delta
      first += length
      time += length * delta
      run++
    }
    return NaN
  }
}

function compositionOffset(table: Buffer): (number: number) => number {
  const count = table.readUInt32BE(4)
  let run = 0
  let first = 1
  return number => {
    for (; run < count; run++) {
      const length = table.readUInt32BE(8 + run * 8)
      // FFmpeg, as players do, takes the offset as signed in both versions of the box.
      if (number < first + length) return table.readInt32BE(12 + run * 8)
      first += length
    }
    return 0
  }
}
