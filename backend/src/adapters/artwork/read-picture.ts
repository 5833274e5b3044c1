import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp, { type Sharp } from 'sharp'
import { withPlainPath } from '../../platform/media/plain-path.js'
import type { PictureInput } from './picture-task.js'

/** 100 megapixels: more than any camera people own makes in one picture, less than what exhausts a small box. */
const MOST_PIXELS = 100_000_000
const MOST_BYTES = 300 << 20

/** Codes are those of `NoPicture`. */
class Unreadable extends Error {
  constructor(
    message: string,
    readonly code: 'unreadable' | 'not-a-picture' | 'too-large' | 'gone',
  ) {
    super(message)
  }
}

/** The picture a task is about, and the hash of its bytes. */
export async function readPicture(input: PictureInput): Promise<{ picture: Sharp; hash: string }> {
  const bytes = await bytesOf(input)
  const hash = createHash('sha256').update(bytes).digest('hex')
  try {
    const picture = isHeic(bytes) ? await decodeHeic(bytes) : sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false })
    await picture.metadata()
    return { picture, hash }
  } catch (error) {
    if (error instanceof Unreadable) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new Unreadable(message, /pixel limit/i.test(message) ? 'too-large' : 'not-a-picture')
  }
}

async function bytesOf(input: PictureInput): Promise<Buffer> {
  if ('bytes' in input) return Buffer.from(input.bytes)
  const file = Buffer.from('path' in input ? input.path : input.tagsOf)
  const { size } = await stat(file).catch(gone)
  if ('path' in input) {
    if (size > MOST_BYTES) throw new Unreadable(`It has ${size} bytes`, 'too-large')
    return readFile(file).catch(gone)
  }
  const { parseFile, selectCover } = await import('music-metadata')
  const { common } = await withPlainPath(file, path => parseFile(path, { duration: false }))
  const cover = selectCover(common.picture)
  if (!cover) throw new Unreadable('There is no picture in it', 'not-a-picture')
  return Buffer.from(cover.data)
}

const gone = (error: NodeJS.ErrnoException): never => {
  throw new Unreadable(error.message, error.code === 'ENOENT' ? 'gone' : 'unreadable')
}

/** HEIF with HEVC inside, by the brands of its `ftyp` box; sharp's build reads all else, AVIF too. */
function isHeic(bytes: Buffer): boolean {
  if (bytes.length < 16 || bytes.toString('latin1', 4, 8) !== 'ftyp') return false
  const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 64))
  return /hei[csxm]|hev[cx]/.test(brands) && !/avi[fs]/.test(brands)
}

interface HeifImage {
  get_width(): number
  get_height(): number
  display(target: { data: Uint8ClampedArray; width: number; height: number }, done: (filled: { data: Uint8ClampedArray } | null) => void): void
}

/** Decoded by libheif, which turns the picture as its own transformations say; EXIF must not turn it again. */
async function decodeHeic(bytes: Buffer): Promise<Sharp> {
  const { HeifDecoder } = createRequire(import.meta.url)('libheif-js/wasm-bundle') as { HeifDecoder: new () => { decode(data: Buffer): HeifImage[] } }
  const [image] = new HeifDecoder().decode(bytes)
  if (!image) throw new Unreadable('It is no HEIC picture', 'not-a-picture')
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > MOST_PIXELS) throw new Unreadable(`${width} × ${height} pixels`, 'too-large')
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height }
  const filled = await new Promise<{ data: Uint8ClampedArray } | null>(resolve => image.display(target, resolve))
  if (!filled) throw new Unreadable('It could not be decoded', 'not-a-picture')
  return sharp(Buffer.from(filled.data.buffer), { raw: { width, height, channels: 4 } })
}
