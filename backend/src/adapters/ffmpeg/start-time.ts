import { input } from './arguments.js'
import { startFfmpeg } from './ffmpeg-process.js'

/** Reading the head of a file takes longer only when its disk does not answer. */
const PATIENCE_MS = 15_000

/** The earliest time in a file as FFmpeg counts it, seconds; 0 when it says nothing. */
export async function startTime(ffmpeg: string, path: string): Promise<number> {
  const process = startFfmpeg(ffmpeg, ['-hide_banner', '-nostdin', ...input(path)])
  const timer = setTimeout(() => process.kill(), PATIENCE_MS)
  const { said } = await process.ended.finally(() => clearTimeout(timer))
  return Number(/^\s*Duration: .*?, start: (-?[\d.]+)/m.exec(said)?.[1] ?? 0)
}
