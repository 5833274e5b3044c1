import type { FileHandle } from 'node:fs/promises'
import { LARGEST_INDEX, readAt } from './file-reader.js'

/** Element ids of RFC 8794 (EBML) and RFC 9559 (Matroska). */
const ID = {
  ebml: 0x1a45dfa3, segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab, seekPosition: 0x53ac,
  info: 0x1549a966, timestampScale: 0x2ad7b1, tracks: 0x1654ae6b, trackEntry: 0xae, trackNumber: 0xd7,
  cues: 0x1c53bb6b, cuePoint: 0xbb, cueTime: 0xb3, cueTrackPositions: 0xb7, cueTrack: 0xf7, cluster: 0x1f43b675,
} as const
const UNKNOWN_SIZE = 2 ** 56 - 1

interface Element {
  readonly id: number
  readonly start: number
  readonly size: number
}

/**
 * Times of the cues of track `streamIndex` of a Matroska or WebM file, seconds, ascending. Cues point at keyframes; not
 * every keyframe needs one. Null when the file has no cues.
 */
export async function matroskaKeyframes(file: FileHandle, streamIndex: number): Promise<readonly number[] | null> {
  const head = await readAt(file, 0, 64)
  const ebml = elementAt(head, 0)
  if (ebml?.id !== ID.ebml) return null
  const segment = await elementIn(file, ebml.start + ebml.size)
  if (segment?.id !== ID.segment) return null
  const parts = await topLevel(file, segment)
  const tracks = await body(file, parts.get(ID.tracks))
  const cues = await body(file, parts.get(ID.cues))
  if (!tracks || !cues) return null
  const info = await body(file, parts.get(ID.info))
  const scale = (info && number(info, ID.timestampScale)) ?? 1_000_000
  const entry = [...elements(tracks)].filter(({ id }) => id === ID.trackEntry)[streamIndex]
  const track = entry && number(slice(tracks, entry), ID.trackNumber)
  if (track === undefined) return null
  const times: number[] = []
  for (const point of elements(cues)) {
    if (point.id !== ID.cuePoint) continue
    const inside = slice(cues, point)
    const time = number(inside, ID.cueTime)
    const ours = [...elements(inside)].some(part => part.id === ID.cueTrackPositions && number(slice(inside, part), ID.cueTrack) === track)
    if (ours && time !== undefined) times.push((time * scale) / 1e9)
  }
  return times.length > 0 ? [...new Set(times)].sort((a, b) => a - b) : null
}

/** Positions of the segment's parts: those before the first cluster, and those its seek heads name. */
async function topLevel(file: FileHandle, segment: Element): Promise<ReadonlyMap<number, Element>> {
  const parts = new Map<number, Element>()
  const { size } = await file.stat()
  const end = segment.size === UNKNOWN_SIZE ? size : Math.min(size, segment.start + segment.size)
  for (let at = segment.start, count = 0; at < end && count < 64; count++) {
    const element = await elementIn(file, at)
    if (!element || element.id === ID.cluster || element.size === UNKNOWN_SIZE) break
    if (!parts.has(element.id)) parts.set(element.id, element)
    if (element.id === ID.seekHead) await followSeeks(file, segment, element, parts)
    at = element.start + element.size
  }
  return parts
}

async function followSeeks(file: FileHandle, segment: Element, head: Element, parts: Map<number, Element>): Promise<void> {
  const bytes = await body(file, head)
  for (const seek of bytes ? elements(bytes) : []) {
    if (seek.id !== ID.seek) continue
    const inside = slice(bytes!, seek)
    const id = number(inside, ID.seekId)
    const position = number(inside, ID.seekPosition)
    if (id === undefined || position === undefined || parts.has(id)) continue
    const target = await elementIn(file, segment.start + position)
    if (target?.id === id) parts.set(id, target)
  }
}

async function body(file: FileHandle, element: Element | undefined): Promise<Buffer | undefined> {
  if (!element || element.size > LARGEST_INDEX) return undefined
  const bytes = await readAt(file, element.start, element.size)
  return bytes.length === element.size ? bytes : undefined
}

async function elementIn(file: FileHandle, position: number): Promise<Element | undefined> {
  const element = elementAt(await readAt(file, position, 12), 0)
  return element && { ...element, start: position + element.start }
}

/** Reads id and size; `start` is where the content begins. */
function elementAt(bytes: Buffer, at: number): Element | undefined {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23
  if (idLength > 4 || at + idLength >= bytes.length) return undefined
  const sizeAt = at + idLength
  const sizeLength = Math.clz32(bytes[sizeAt]!) - 23
  if (sizeLength > 8 || sizeAt + sizeLength > bytes.length) return undefined
  let size = bytes[sizeAt]! & (0xff >> sizeLength)
  for (let index = 1; index < sizeLength; index++) size = size * 256 + bytes[sizeAt + index]!
  if (sizeLength < 8 && size === 2 ** (7 * sizeLength) - 1) size = UNKNOWN_SIZE
  return { id: bytes.readUIntBE(at, idLength), start: sizeAt + sizeLength, size }
}

function* elements(bytes: Buffer): Generator<Element> {
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at)
    if (!element || element.start + element.size > bytes.length) return
    yield element
    at = element.start + element.size
  }
}

const slice = (bytes: Buffer, { start, size }: Element): Buffer => bytes.subarray(start, start + size)

/** The unsigned number in the first child with an id. */
function number(bytes: Buffer, id: number): number | undefined {
  for (const element of elements(bytes)) {
    if (element.id !== id || element.size > 8) continue
    return slice(bytes, element).reduce((value, byte) => value * 256 + byte, 0)
  }
  return undefined
}
