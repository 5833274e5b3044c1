import { startFfmpeg } from './ffmpeg-process.js'
import { input } from './arguments.js'

/** The earliest time in a file as FFmpeg counts it, seconds; 0 when it says nothing. */
export async function startTime(ffmpeg: string, path: string): Promise<number> {
  const process = startFfmpeg(ffmpeg, ['-hide_banner', '-nostdin', ...input(path)])
  const { said } = await process.ended
  return Number(/^\s*Duration: .*?, start: (-?[\d.]+)/m.exec(said)?.[1] ?? 0)
}
