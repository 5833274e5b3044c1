/** What a codec's configuration record says of its streams, so that no frame need be decoded to know. */
export interface CodecConfig {
  readonly profile: string
  /** As FFmpeg counts: 41 is level 4.1 of H.264, 123 level 4.1 of HEVC. */
  readonly level: number
  readonly bitDepth: number
  readonly pixelFormat: string
}

const AVC_PROFILES: Readonly<Record<number, string>> = { 66: 'Baseline', 77: 'Main', 88: 'Extended', 100: 'High' }
const HEVC_PROFILES: Readonly<Record<number, string>> = { 1: 'Main', 2: 'Main 10', 3: 'Main Still Picture', 4: 'Rext' }
const AV1_PROFILES = ['Main', 'High', 'Professional']
const CHROMA = ['gray', 'yuv420p', 'yuv422p', 'yuv444p']
const formatOf = (chroma: number, depth: number): string => `${CHROMA[chroma]}${depth > 8 ? `${depth}le` : ''}`

/**
 * Reads `avcC` (ISO/IEC 14496-15, 5.3.3), `hvcC` (8.3.3) or `av1C` (AV1 in ISOBMFF, 2.3). Undefined when only the stream itself
 * can tell: other codecs and profiles, H.264 that may be interlaced, records that are cut short.
 */
export function readCodecConfig(codec: string, record: Buffer): CodecConfig | undefined {
  if (codec === 'h264') return readAvc(record)
  if (codec === 'hevc') return readHevc(record)
  if (codec === 'av1') return readAv1(record)
  return undefined
}

function readAvc(record: Buffer): CodecConfig | undefined {
  if (record.length < 9 || record[0] !== 1 || (record[5]! & 31) < 1) return undefined
  const profile = AVC_PROFILES[record[1]!]
  const sps = record.subarray(8, 8 + record.readUInt16BE(6))
  if (profile === undefined || !isProgressive420(sps)) return undefined
  const constrained = record[1] === 66 && (record[2]! & 0x40) !== 0
  return { profile: constrained ? 'Constrained Baseline' : profile, level: record[3]!, bitDepth: 8, pixelFormat: 'yuv420p' }
}

/** Whether a sequence parameter set (H.264, 7.3.2.1.1) says 8 bit 4:2:0 in whole frames. */
function isProgressive420(sps: Buffer): boolean {
  const bits = bitsOf(sps.subarray(1))
  try {
    const profile = bits.take(8)
    bits.take(16)
    bits.golomb()
    if (profile >= 100) {
      if (bits.golomb() !== 1 || bits.golomb() !== 0 || bits.golomb() !== 0) return false
      bits.take(1)
      if (bits.take(1) === 1) return false
    }
    bits.golomb()
    const order = bits.golomb()
    if (order === 0) bits.golomb()
    else if (order === 1) {
      bits.take(1)
      bits.golomb()
      bits.golomb()
      for (let left = bits.golomb(); left > 0; left--) bits.golomb()
    }
    bits.golomb()
    bits.take(1)
    bits.golomb()
    bits.golomb()
    return bits.take(1) === 1
  } catch {
    return false
  }
}

function bitsOf(bytes: Buffer): { take(count: number): number; golomb(): number } {
  const plain: number[] = []
  for (let at = 0; at < bytes.length && plain.length < 64; at++) {
    // 00 00 03 stands for 00 00 where start codes must not appear.
    if (bytes[at] === 3 && at > 1 && bytes[at - 1] === 0 && bytes[at - 2] === 0) continue
    plain.push(bytes[at]!)
  }
  let position = 0
  const take = (count: number): number => {
    let value = 0
    for (let bit = 0; bit < count; bit++, position++) {
      const byte = plain[position >> 3]
      if (byte === undefined) throw new RangeError('The parameter set ends early')
      value = value * 2 + ((byte >> (7 - (position & 7))) & 1)
    }
    return value
  }
  const golomb = (): number => {
    let zeros = 0
    while (take(1) === 0) if (++zeros > 31) throw new RangeError('Not an Exp-Golomb code')
    return 2 ** zeros - 1 + take(zeros)
  }
  return { take, golomb }
}

function readHevc(record: Buffer): CodecConfig | undefined {
  if (record.length < 23 || record[0] !== 1) return undefined
  const profile = HEVC_PROFILES[record[1]! & 31]
  const chroma = record[16]! & 3
  const bitDepth = 8 + (record[17]! & 7)
  return profile === undefined ? undefined : { profile, level: record[12]!, bitDepth, pixelFormat: formatOf(chroma, bitDepth) }
}

function readAv1(record: Buffer): CodecConfig | undefined {
  if (record.length < 4 || record[0] !== 0x81) return undefined
  const flags = record[2]!
  const profile = AV1_PROFILES[record[1]! >> 5]
  const bitDepth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8
  const chroma = flags & 0x10 ? 0 : flags & 0x08 ? (flags & 0x04 ? 1 : 2) : 3
  return profile === undefined ? undefined : { profile, level: record[1]! & 31, bitDepth, pixelFormat: formatOf(chroma, bitDepth) }
}
