import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { MediaError } from '../../platform/media/media-engine.js'
import { guard } from '../../platform/processes/guard.js'

/** A running FFmpeg that writes to its standard output. */
export interface FfmpegProcess {
  readonly output: AsyncIterable<Buffer>
  /** Resolves when it has ended: its exit code (null: killed) and the last of what it said. Rejects with `ffmpeg-missing`. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>
  readonly pid: number | undefined
  /** Ends it at once. Its output breaks off. */
  kill(): void
}

const KEPT_WORDS = 4000

/**
 * Starts FFmpeg at low priority, without a shell. A reader that stops reading holds it back through the full pipe; when this
 * program dies, so does FFmpeg.
 */
export function startFfmpeg(path: string, args: readonly string[]): FfmpegProcess {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  if (child.pid !== undefined) lowerPriority(child.pid)
  const guarded = child.pid === undefined ? undefined : guard(child.pid, 'KILL')
  child.once('exit', () => guarded?.dismiss())
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-KEPT_WORDS)))
  const ended = new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    child.once('error', error =>
      reject(new MediaError('ffmpeg-missing', `FFmpeg at ${path} could not be started: ${error.message}`, { cause: error })),
    )
    child.once('close', code => resolve({ code, said: said.trim() }))
  })
  // Whoever reads the output learns of a failure there; not asking for `ended` must not end this program.
  ended.catch(() => undefined)
  const kill = (): void => {
    child.kill('SIGKILL')
    child.stdout.destroy()
  }
  return { output: child.stdout, ended, pid: child.pid, kill }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system does not let us: it then runs as it is.
  }
}

/** Runs FFmpeg to its end and gives all it wrote. Rejects with `MediaError` when it fails, with the signal's reason when aborted. */
export async function collectFfmpeg(path: string, args: readonly string[], signal?: AbortSignal): Promise<Buffer> {
  signal?.throwIfAborted()
  const process = startFfmpeg(path, args)
  const kill = (): void => process.kill()
  signal?.addEventListener('abort', kill, { once: true })
  try {
    const pieces: Buffer[] = []
    for await (const piece of process.output) pieces.push(piece)
    const { code, said } = await process.ended
    signal?.throwIfAborted()
    if (code !== 0) throw new MediaError('source-unreadable', said || `FFmpeg ended with ${code}`)
    return Buffer.concat(pieces)
  } finally {
    signal?.removeEventListener('abort', kill)
    process.kill()
  }
}
