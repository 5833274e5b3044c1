import { input, quiet } from './arguments.js'
import { collectFfmpeg } from './ffmpeg-process.js'

const asPicture = ['-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '2', 'pipe:1'] as const

/**
 * A frame from about `atMs`, as JPEG in its true proportions: the most telling of some hundred, which is seldom a black one.
 * Empty when there is none. Rejects with `MediaError`.
 */
export function stillAt(ffmpeg: string, path: string, atMs: number, signal?: AbortSignal): Promise<Buffer> {
  const pick = ['-vf', "thumbnail=100,scale='iw*sar':ih", '-frames:v', '1']
  return collectFfmpeg(ffmpeg, [...quiet, '-ss', String(atMs / 1000), ...input(path), '-map', '0:V:0', ...pick, ...asPicture], signal)
}

/** The picture that is stored in a media file beside its streams, as JPEG; empty when there is none. Rejects with `MediaError`. */
export function attachedPicture(ffmpeg: string, path: string, signal?: AbortSignal): Promise<Buffer> {
  return collectFfmpeg(ffmpeg, [...quiet, ...input(path), '-map', '0:v', '-map', '-0:V', '-frames:v', '1', ...asPicture], signal)
}
