import { open } from 'node:fs/promises'

/** A byte may be padding that was never written. */
const PADDING_BYTES = 1
/** Files in more pieces than this are not followed to their end: each costs a read, which is slow on a network disk. */
const MOST_PIECES = 512
const BOXES = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'mfra', 'sidx', 'ssix', 'emsg', 'prft', 'free', 'skip', 'wide', 'uuid', 'meta', 'udta', 'pdin', 'pnot'])

/** How many bytes a file of film or sound says it has, when these are more than there are; null when it is whole as far as anybody can tell. */
export async function cutOffFrom(path: Buffer | string, size: number): Promise<number | null> {
  const claimed = await claimedSize(path, size)
  return claimed !== null && claimed - size > PADDING_BYTES ? claimed : null
}

/** Reads `length` bytes at an offset; fewer where the file ends before. */
type ReadAt = (offset: number, length: number) => Promise<Buffer>

/**
 * How long a film or sound file says it is, in bytes, by the sizes its container gives its parts (ISO/IEC 14496-12 boxes, EBML and
 * Matroska RFC 9559, RIFF); null when it does not say, or says it in a way that is not known. A few small reads, nothing decoded.
 */
async function claimedSize(path: Buffer | string, size: number): Promise<number | null> {
  const file = await open(path, 'r')
  const readAt: ReadAt = async (offset, length) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
  try {
    const head = await readAt(0, 12)
    if (head.length < 12) return null
    if (head.readUInt32BE(0) === 0x1a45dfa3) return await matroska(readAt)
    if (head.toString('latin1', 0, 4) === 'RIFF') return await riff(readAt, size)
    return BOXES.has(head.toString('latin1', 4, 8)) ? await boxes(readAt, size) : null
  } finally {
    await file.close()
  }
}

async function boxes(readAt: ReadAt, size: number): Promise<number | null> {
  let offset = 0
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const head = await readAt(offset, 16)
    // What comes after the last box, zeros for example, is no part of the film.
    if (head.length < 8 || !BOXES.has(head.toString('latin1', 4, 8))) return offset
    const short = head.readUInt32BE(0)
    // 0: to the end of the file, wherever that is.
    if (short === 0 || (short === 1 && head.length < 16)) return null
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short
    if (length < 8) return null
    offset += length
    if (offset >= size) return offset
  }
  return null
}

async function matroska(readAt: ReadAt): Promise<number | null> {
  const header = await readAt(4, 8)
  const length = vint(header)
  if (!length || length.value === null) return null
  let offset = 4 + length.bytes + length.value
  for (let piece = 0; piece < 4; piece++) {
    const head = await readAt(offset, 12)
    if (head.length < 12) return null
    const isSegment = head.readUInt32BE(0) === 0x18538067
    const content = vint(head.subarray(isSegment ? 4 : 1))
    // Written live: its length was never filled in.
    if (!content || content.value === null) return null
    offset += (isSegment ? 4 : 1) + content.bytes + content.value
    if (isSegment) return offset
    // Between header and segment only EBML Void and CRC-32 may stand.
    if (head[0] !== 0xec && head[0] !== 0xbf) return null
  }
  return null
}

/** An EBML variable-length integer; a null value is the unknown length. */
function vint(bytes: Buffer): { readonly bytes: number; readonly value: number | null } | undefined {
  const width = Math.clz32(bytes[0] ?? 0) - 23
  if (width > 8 || bytes.length < width) return undefined
  let value = bytes[0]! & (0xff >> width)
  let unknown = value === 0xff >> width
  for (const byte of bytes.subarray(1, width)) {
    value = value * 256 + byte
    unknown &&= byte === 0xff
  }
  return { bytes: width, value: unknown ? null : value }
}

/** AVI beyond 1 GiB goes on in further RIFF chunks (OpenDML). */
async function riff(readAt: ReadAt, size: number): Promise<number | null> {
  let offset = 0
  for (let piece = 0; piece < MOST_PIECES && offset < size; piece++) {
    const head = await readAt(offset, 8)
    if (head.length < 8 || head.toString('latin1', 0, 4) !== 'RIFF') return offset
    const length = head.readUInt32LE(4)
    // Nobody knew when it was written.
    if (length === 0 || length >= 0x7fffffff) return null
    offset += 8 + length
  }
  return offset
}
