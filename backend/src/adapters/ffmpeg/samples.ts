import { BoxStream, boxesIn, find } from './boxes.js'

/** One coded picture or audio frame. Times are ticks of the track's timescale. */
export interface Sample {
  readonly data: Buffer
  readonly pts: number
  readonly duration: number
  /** Decoding can start here. */
  readonly sync: boolean
}

/** What a track is, as FFmpeg describes it in its `moov`. */
export interface Track {
  readonly kind: 'video' | 'audio'
  readonly timescale: number
  /** The whole `stsd` body: codec and its configuration. */
  readonly sampleDescription: Buffer
  readonly width: number
  readonly height: number
}

export type StreamPart = { readonly kind: 'track'; readonly track: Track } | { readonly kind: 'sample'; readonly sample: Sample }

/**
 * Reads what FFmpeg writes as fragmented MP4 with one track: first its description, then every sample as soon as it is
 * there. Throws `RangeError` on anything else.
 */
export async function* readSamples(bytes: AsyncIterable<Buffer>): AsyncGenerator<StreamPart> {
  const stream = new BoxStream()
  let fragment: Buffer | undefined
  for await (const piece of bytes) {
    for (const { type, body } of stream.push(piece)) {
      if (type === 'moov') yield { kind: 'track', track: readTrack(body) }
      else if (type === 'moof') fragment = body
      else if (type === 'mdat' && fragment) {
        for (const sample of readFragment(fragment, body)) yield { kind: 'sample', sample }
        fragment = undefined
      }
    }
  }
}

function readTrack(moov: Buffer): Track {
  const header = find(moov, 'trak', 'tkhd')
  const media = find(moov, 'trak', 'mdia')
  const timing = media && find(media, 'mdhd')
  const handler = media && find(media, 'hdlr')
  const sampleDescription = media && find(media, 'minf', 'stbl', 'stsd')
  if (!header || !timing || !handler || !sampleDescription) throw new RangeError('The moov box describes no track')
  return {
    kind: handler.toString('latin1', 8, 12) === 'vide' ? 'video' : 'audio',
    timescale: timing.readUInt32BE(timing[0] === 1 ? 20 : 12),
    sampleDescription,
    // 16.16 fixed point, the last two fields whatever the version.
    width: header.readUInt32BE(header.length - 8) >>> 16,
    height: header.readUInt32BE(header.length - 4) >>> 16,
  }
}

const TFHD = { baseDataOffset: 0x1, descriptionIndex: 0x2, duration: 0x8, size: 0x10, flags: 0x20 }
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 }
const NON_SYNC = 0x10000

/** Samples of a `moof` whose `mdat` follows it and holds nothing else (`default_base_moof`, one track). */
function* readFragment(moof: Buffer, mdat: Buffer): Generator<Sample> {
  let offset = 0
  for (const { type, body: traf } of boxesIn(moof)) {
    if (type !== 'traf') continue
    const defaults = readDefaults(traf)
    const decodeTime = find(traf, 'tfdt')
    if (!decodeTime) throw new RangeError('A fragment without decode time')
    let dts = decodeTime[0] === 1 ? Number(decodeTime.readBigUInt64BE(4)) : decodeTime.readUInt32BE(4)
    for (const { type: inner, body: run } of boxesIn(traf)) {
      if (inner !== 'trun') continue
      const version = run[0]
      const has = run.readUInt32BE(0) & 0xffffff
      let at = 8
      if (has & TRUN.dataOffset) at += 4
      const firstFlags = has & TRUN.firstFlags ? run.readUInt32BE(at) : undefined
      if (firstFlags !== undefined) at += 4
      const next = (present: number, otherwise: number): number => (has & present ? run.readUInt32BE((at += 4) - 4) : otherwise)
      for (let left = run.readUInt32BE(4), first = true; left > 0; left--, first = false) {
        const duration = next(TRUN.duration, defaults.duration)
        const size = next(TRUN.size, defaults.size)
        const flags = next(TRUN.flags, first ? (firstFlags ?? defaults.flags) : defaults.flags)
        const composition = next(TRUN.composition, 0)
        if (offset + size > mdat.length) throw new RangeError('A sample beyond its fragment')
        const pts = dts + (version === 0 ? composition : composition | 0)
        yield { data: mdat.subarray(offset, offset + size), pts, duration, sync: (flags & NON_SYNC) === 0 }
        offset += size
        dts += duration
      }
    }
  }
}

function readDefaults(traf: Buffer): { duration: number; size: number; flags: number } {
  const header = find(traf, 'tfhd')
  if (!header) throw new RangeError('A fragment without header')
  const has = header.readUInt32BE(0) & 0xffffff
  let at = 8
  if (has & TFHD.baseDataOffset) at += 8
  if (has & TFHD.descriptionIndex) at += 4
  const next = (present: number): number => (has & present ? header.readUInt32BE((at += 4) - 4) : 0)
  return { duration: next(TFHD.duration), size: next(TFHD.size), flags: next(TFHD.flags) }
}
