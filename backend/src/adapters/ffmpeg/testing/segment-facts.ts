import { boxesIn, find } from '../boxes.js'
import { readSamples, type Sample, type Track } from '../samples.js'

/** What a segment says about its times, seconds; and about its samples. */
export interface SegmentFacts {
  readonly start: number
  readonly end: number
  readonly decodeTime: number
  readonly startsWithKeyframe: boolean
  /** Presentation times, ascending. */
  readonly times: readonly number[]
}

export async function trackOf(init: Buffer): Promise<Track> {
  for await (const part of readSamples(pieces(init))) if (part.kind === 'track') return part.track
  throw new Error('No track')
}

export async function segmentFacts(segment: Buffer, timescale: number): Promise<SegmentFacts> {
  const samples: Sample[] = []
  for await (const part of readSamples(pieces(segment))) if (part.kind === 'sample') samples.push(part.sample)
  const decodeTime = Number(find(segment, 'moof', 'traf', 'tfdt')!.readBigUInt64BE(4)) / timescale
  const times = samples.map(sample => sample.pts / timescale).sort((a, b) => a - b)
  const lasted = samples.reduce((sum, sample) => sum + sample.duration, 0) / timescale
  return { start: times[0] ?? decodeTime, end: decodeTime + lasted, decodeTime, startsWithKeyframe: samples[0]?.sync ?? false, times }
}

export const boxTypes = (bytes: Buffer): readonly string[] => [...boxesIn(bytes)].map(box => box.type)

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  // Odd sizes, so that boxes never end where pieces do.
  for (let at = 0; at < bytes.length; at += 4099) yield bytes.subarray(at, at + 4099)
}
