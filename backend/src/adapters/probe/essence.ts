import type { FileHandle } from 'node:fs/promises'

/** Where in an audio file the sound is, tags left out: from `start` to before `end`. */
export interface Essence {
  readonly start: number
  readonly end: number
  /** Pages of Ogg carry numbers and checksums that change when the comment before them grows; only what is in them counts. */
  readonly pages: boolean
}

/** Reads `length` bytes at `at`, fewer at the end of the file. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, at + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return bytes.subarray(0, got)
}

const MOST_STEPS = 10_000
const ascii = (bytes: Buffer, at: number, length: number): string => bytes.toString('latin1', at, at + length)

/**
 * Finds the sound of an audio file among its tags: ID3v2, ID3v1, Lyrics3, APEv2, FLAC metadata blocks, MP4 and RIFF/AIFF
 * chunks, ASF header, Ogg comments, DSF. A structure that does not hold together gives the whole file.
 */
export async function essenceOf(file: FileHandle, size: number): Promise<Essence> {
  const whole: Essence = { start: 0, end: size, pages: false }
  const start = await afterId3v2(file, size)
  const end = await beforeTrailingTags(file, start, size)
  const head = await readAt(file, start, 32)
  const found = await within(file, head, start, end)
  return found && found.start >= 0 && found.end <= size && found.start < found.end ? found : start < end ? { start, end, pages: false } : whole
}

async function within(file: FileHandle, head: Buffer, start: number, end: number): Promise<Essence | undefined> {
  if (head.length < 32) return undefined
  const magic = ascii(head, 0, 4)
  if (magic === 'fLaC') return { start: await afterFlacBlocks(file, start + 4, end), end, pages: false }
  if (magic === 'OggS') return { start: await afterOggHeaders(file, start, end), end, pages: true }
  if (magic === 'DSD ') {
    const tags = Number(head.readBigUInt64LE(20))
    return tags > 0 ? { start, end: tags, pages: false } : undefined
  }
  if (head.readUInt32BE(0) === 0x3026b275) return { start: start + Number(head.readBigUInt64LE(16)), end, pages: false }
  if (ascii(head, 4, 4) === 'ftyp') return chunk(file, start, end, 'mdat', mp4Box)
  if (magic === 'RIFF' || magic === 'RF64') return chunk(file, start + 12, end, 'data', riffChunk)
  if (magic === 'FORM') return chunk(file, start + 12, end, 'SSND', aiffChunk)
  return undefined
}

/** ID3v2: https://id3.org/id3v2.4.0-structure, section 3.1. Some files carry more than one. */
async function afterId3v2(file: FileHandle, size: number): Promise<number> {
  let at = 0
  for (let step = 0; step < 16; step++) {
    const head = await readAt(file, at, 10)
    if (head.length < 10 || ascii(head, 0, 3) !== 'ID3') return at
    const length = ((head[6]! & 127) << 21) | ((head[7]! & 127) << 14) | ((head[8]! & 127) << 7) | (head[9]! & 127)
    const next = at + 10 + length + (head[5]! & 0x10 ? 10 : 0)
    if (next >= size) return at
    at = next
  }
  return at
}

async function beforeTrailingTags(file: FileHandle, start: number, size: number): Promise<number> {
  let end = size
  for (let step = 0; step < 8; step++) {
    const from = Math.max(start, end - 160)
    const tail = await readAt(file, from, end - from)
    const at = (back: number): number => tail.length - back
    if (tail.length >= 128 && ascii(tail, at(128), 3) === 'TAG') end -= 128
    else if (tail.length >= 32 && ascii(tail, at(32), 8) === 'APETAGEX') {
      const length = tail.readUInt32LE(at(20)) + (tail.readUInt32LE(at(12)) & 0x80000000 ? 32 : 0)
      if (length < 32 || end - length <= start) return end
      end -= length
    } else if (tail.length >= 15 && ascii(tail, at(9), 9) === 'LYRICS200') {
      const length = Number(ascii(tail, at(15), 6)) + 15
      if (!Number.isSafeInteger(length) || end - length <= start) return end
      end -= length
    } else return end
  }
  return end
}

/** FLAC: RFC 9639, section 8. */
async function afterFlacBlocks(file: FileHandle, start: number, end: number): Promise<number> {
  let at = start
  for (let step = 0; step < MOST_STEPS && at < end; step++) {
    const head = await readAt(file, at, 4)
    if (head.length < 4) break
    at += 4 + head.readUIntBE(1, 3)
    if (head[0]! & 0x80) return at
  }
  return -1
}

/** Ogg: RFC 3533, section 6. Header packets of Vorbis, Opus and FLAC lie on pages of granule position 0. */
async function afterOggHeaders(file: FileHandle, start: number, end: number): Promise<number> {
  let at = start
  for (let step = 0; step < MOST_STEPS && at < end; step++) {
    const head = await readAt(file, at, 27 + 255)
    if (head.length < 27 || ascii(head, 0, 4) !== 'OggS') return -1
    const granule = head.readBigInt64LE(6)
    if (granule > 0n) return at
    at += pageLength(head)
  }
  return -1
}

const pageLength = (page: Buffer): number => {
  const segments = page[26]!
  return 27 + segments + page.subarray(27, 27 + segments).reduce((sum, length) => sum + length, 0)
}

/** What the pages in `bytes` carry, from the first page that begins in it. */
export function pagePayloads(bytes: Buffer): Buffer {
  const payloads: Buffer[] = []
  for (let at = bytes.indexOf('OggS'); at >= 0 && at + 27 <= bytes.length; ) {
    const page = bytes.subarray(at)
    if (ascii(page, 0, 4) !== 'OggS' || page.length < 27 + page[26]!) break
    payloads.push(page.subarray(27 + page[26]!, pageLength(page)))
    at += pageLength(page)
  }
  return Buffer.concat(payloads)
}

interface Chunk {
  readonly name: string
  readonly header: number
  /** Of all of it, with header and padding; 0 when it reaches to the end. */
  readonly length: number
}
const mp4Box = (bytes: Buffer): Chunk => {
  const length = bytes.readUInt32BE(0)
  return length === 1 && bytes.length >= 16
    ? { name: ascii(bytes, 4, 4), header: 16, length: Number(bytes.readBigUInt64BE(8)) }
    : { name: ascii(bytes, 4, 4), header: 8, length }
}
const riffChunk = (bytes: Buffer): Chunk => ({ name: ascii(bytes, 0, 4), header: 8, length: 8 + even(bytes.readUInt32LE(4)) })
const aiffChunk = (bytes: Buffer): Chunk => ({ name: ascii(bytes, 0, 4), header: 8, length: 8 + even(bytes.readUInt32BE(4)) })
const even = (length: number): number => length + (length & 1)

async function chunk(file: FileHandle, start: number, end: number, wanted: string, parse: (bytes: Buffer) => Chunk): Promise<Essence | undefined> {
  let at = start
  for (let step = 0; step < MOST_STEPS && at + 8 <= end; step++) {
    const bytes = await readAt(file, at, 16)
    if (bytes.length < 8) return undefined
    const { name, header, length } = parse(bytes)
    const next = length === 0 ? end : at + length
    if (name === wanted) return { start: at + header, end: Math.min(next, end), pages: false }
    if (next < at + header) return undefined
    at = next
  }
  return undefined
}
