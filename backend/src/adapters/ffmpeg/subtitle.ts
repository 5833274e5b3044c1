import { readFile } from 'node:fs/promises'
import { MediaError } from '../../platform/media/media-engine.js'
import type { SubtitleSource } from '../../platform/media/stream-plan.js'
import { input, quiet } from './arguments.js'
import { collectFfmpeg } from './ffmpeg-process.js'

/**
 * A whole text subtitle as WebVTT, timed from the start of the media. Files of their own that are not UTF-8 are read as
 * Windows-1252, which is what most of those are. Rejects with `MediaError`.
 */
export async function subtitleAsWebVtt(ffmpeg: string, media: string, source: SubtitleSource, signal: AbortSignal): Promise<Buffer> {
  const output = ['-f', 'webvtt', 'pipe:1']
  if (source.path === undefined)
    return collectFfmpeg(ffmpeg, [...quiet, '-copyts', '-start_at_zero', ...input(media), '-map', `0:${source.index}`, ...output], signal)
  const charset = (await isUnicode(source.path)) ? [] : ['-sub_charenc', 'CP1252']
  return collectFfmpeg(ffmpeg, [...quiet, '-copyts', ...charset, ...input(source.path), '-map', '0:s:0', ...output], signal)
}

async function isUnicode(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(error => {
    throw new MediaError('source-unreadable', `${path} cannot be read`, { cause: error })
  })
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfeff || mark === 0xfffe) return true
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
