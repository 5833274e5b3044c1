import { box, fullBox, u16, u32, u64 } from './boxes.js'
import type { Sample, Track } from './samples.js'

const TRACK = 1
const UNITY = Buffer.concat([u32(0x10000, 0, 0), u32(0, 0x10000, 0), u32(0, 0, 0x40000000)])

/**
 * The initialization segment of a track (ISO/IEC 14496-12, profiled by CMAF, ISO/IEC 23000-19). It is the same whichever
 * run of FFmpeg described the track, and has no edit list: presentation times in our fragments start at the first picture.
 */
export function initSegment(track: Track): Buffer {
  const video = track.kind === 'video'
  const mediaHeader = video ? fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)) : fullBox('smhd', 0, 0, u32(0))
  const empty = (type: string): Buffer => fullBox(type, 0, 0, u32(0))
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6\0\0\0\0iso6cmfcmp41', 'latin1')),
    box(
      'moov',
      fullBox('mvhd', 0, 0, u32(0, 0, 1000, 0, 0x10000), u16(0x100, 0), u32(0, 0), UNITY, u32(0, 0, 0, 0, 0, 0), u32(TRACK + 1)),
      box(
        'trak',
        fullBox('tkhd', 0, 3, u32(0, 0, TRACK, 0, 0), u32(0, 0), u16(0, 0, video ? 0 : 0x100, 0), UNITY, u32(track.width << 16, track.height << 16)),
        box(
          'mdia',
          fullBox('mdhd', 0, 0, u32(0, 0, track.timescale, 0), u16(0x55c4, 0)),
          fullBox('hdlr', 0, 0, u32(0), Buffer.from(video ? 'vide' : 'soun', 'latin1'), u32(0, 0, 0), Buffer.from([0])),
          box(
            'minf',
            mediaHeader,
            box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
            box('stbl', box('stsd', track.sampleDescription), empty('stts'), empty('stsc'), fullBox('stsz', 0, 0, u32(0, 0)), empty('stco')),
          ),
        ),
      ),
      box('mvex', fullBox('trex', 0, 0, u32(TRACK, 1, 0, 0, 0))),
    ),
  ])
}

/** `sample_depends_on` and `sample_is_non_sync_sample` (ISO/IEC 14496-12, 8.8.3.1). */
const SYNC = 0x02000000
const NOT_SYNC = 0x01010000

/**
 * A media segment: one fragment of whole samples, given in decoding order, ending at `end`. Decode times are the
 * presentation times in ascending order, with signed composition offsets, as CMAF recommends: so the first decode time is
 * the time of the first picture, segments tile without a gap, and nothing depends on which run of FFmpeg made them.
 */
export function mediaSegment(number: number, start: number, end: number, samples: readonly Sample[]): Buffer {
  const times = samples.map(sample => sample.pts).sort((a, b) => a - b)
  const entries = samples.map((sample, index) => {
    const time = times[index]!
    const duration = Math.max(0, (times[index + 1] ?? end) - time)
    return u32(duration, sample.data.length, sample.sync ? SYNC : NOT_SYNC, sample.pts - time)
  })
  const fragment = (dataOffset: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(number + 1)),
      box(
        'traf',
        fullBox('tfhd', 0, 0x020000, u32(TRACK)),
        fullBox('tfdt', 1, 0, u64(Math.max(0, times[0] ?? start))),
        fullBox('trun', 1, 0xf01, u32(samples.length, dataOffset), ...entries),
      ),
    )
  const data = box('mdat', ...samples.map(sample => sample.data))
  const header = fragment(fragment(0).length + 8)
  return Buffer.concat([box('styp', Buffer.from('msdh\0\0\0\0msdhcmfs', 'latin1')), header, data])
}
