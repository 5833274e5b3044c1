import { open, stat } from 'node:fs/promises'
import type { ProbeRequest, ProbeResult, Probed } from '../../platform/media/probing.js'
import { AvError, probeAv } from './av.js'
import { fingerprint } from './fingerprint.js'
import { probePhoto } from './photo.js'
import { cutOffFrom } from '../../platform/media/claimed-size.js'
import { withPlainPath } from '../../platform/media/plain-path.js'
import { readAudioTags, readFilmedTags } from './tags.js'

/** Looks into one file, in this process. Never throws: what is wrong with the file is its answer. */
export async function probeFile({ path, type }: ProbeRequest): Promise<ProbeResult> {
  const bytes = Buffer.from(path)
  try {
    const { size, mtimeMs } = await stat(bytes)
    if (size === 0) return { outcome: 'failed', code: 'empty', detail: 'The file has no content: 0 bytes.' }
    const digest = await fingerprint(bytes, type)
    const content = await withPlainPath(bytes, plain => readContent(plain, type, size))
    if ('outcome' in content) return content
    const incomplete = type === 'image' ? undefined : await incompleteness(bytes, size)
    return { outcome: 'probed', sizeBytes: size, modifiedMs: Math.floor(mtimeMs), fingerprint: digest, ...content, ...(incomplete !== undefined && { incomplete }) }
  } catch (error) {
    return failureOf(error, bytes, type)
  }
}

type Content = Pick<Probed, 'media' | 'tags'> | Exclude<ProbeResult, Probed>

async function readContent(path: string, type: ProbeRequest['type'], size: number): Promise<Content> {
  if (type === 'image') return probePhoto(path)
  const { media, tags } = await probeAv(path, size)
  if (type === 'audio') {
    if (media.audio.length === 0) return { outcome: 'failed', code: 'not-media', detail: 'There is no sound in it that can be read.' }
    // A cover may come as a stream of video; it is no film.
    return { media: { ...media, video: [], embeddedArtwork: media.embeddedArtwork ?? media.video.length > 0 }, tags: await readAudioTags(path) }
  }
  if (media.video.length === 0) {
    const detail = media.audio.length > 0 ? 'There is sound in it, but no picture.' : 'There is no picture in it that can be read.'
    return { outcome: 'failed', code: 'not-media', detail }
  }
  return { media, tags: readFilmedTags(tags) }
}

/** What to say of a file that is shorter than it says itself; undefined of others. */
async function incompleteness(path: Buffer, size: number): Promise<string | undefined> {
  const claimed = await cutOffFrom(path, size)
  if (claimed === null) return undefined
  const missing = Math.max(1, Math.round((100 * (claimed - size)) / claimed))
  return `${missing}% of it is missing: it has ${size} of ${claimed} bytes. If it is still being copied, it is looked at again when it has grown; else copy it again.`
}

async function failureOf(error: unknown, path: Buffer, type: ProbeRequest['type']): Promise<ProbeResult> {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') return { outcome: 'failed', code: 'vanished', detail: 'The file went away before it could be read.' }
  if (code === 'ENAMETOOLONG') return { outcome: 'failed', code: 'too-long', detail: 'The path of this file is too long for the file system.' }
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    const reason = code === 'EACCES' || code === 'EPERM' ? 'The server may not read this file' : 'The file cannot be read; its disk may have an error'
    return { outcome: 'failed', code: 'unreadable', detail: `${reason} (${code}).` }
  }
  const known = (error instanceof AvError && error.recognised) || (await looksLikeMedia(path))
  const what = type === 'image' ? 'picture' : type === 'audio' ? 'sound' : 'film'
  return known
    ? { outcome: 'failed', code: 'damaged', detail: `It begins like a ${what} but cannot be read: it is damaged, or was not copied to its end.` }
    : { outcome: 'failed', code: 'not-media', detail: `Its name says it is a ${what}, its content does not.` }
}

const MAGIC: readonly (readonly [offset: number, bytes: string])[] = [
  [0, '\x1a\x45\xdf\xa3'], [4, 'ftyp'], [4, 'moov'], [4, 'mdat'], [0, 'RIFF'], [0, 'OggS'], [0, 'fLaC'], [0, 'ID3'], [0, '\xff\xfb'], [0, '\xff\xd8\xff'],
  [0, '\x89PNG'], [0, 'GIF8'], [0, '\x30\x26\xb2\x75'], [0, 'FLV'], [0, '\x00\x00\x01\xba'], [0, 'FORM'], [0, '.RMF'], [0, 'II*\0'], [0, 'MM\0*'], [0, 'MAC '], [0, 'wvpk'],
]

async function looksLikeMedia(path: Buffer): Promise<boolean> {
  const head = Buffer.alloc(16)
  try {
    const file = await open(path, 'r')
    try {
      await file.read(head, 0, 16, 0)
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
  const text = head.toString('latin1')
  return MAGIC.some(([offset, bytes]) => text.startsWith(bytes, offset))
}
