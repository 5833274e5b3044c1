import { appendFileSync, renameSync, statSync } from 'node:fs'

const MAX_BYTES = 5_000_000
const TAIL_LINES = 20

/** A log file that moves to `<file>.1` when it grows over 5 MB, so that it never takes more than twice that. */
export interface RotatingLog {
  write(chunk: Buffer): void
  /** The last lines written since the start, for telling why a server failed. */
  tail(): string
}

export function rotatingLog(file: string): RotatingLog {
  let size = sizeOf(file)
  let recent = ''
  return {
    write(chunk) {
      recent = (recent + chunk.toString()).split('\n').slice(-TAIL_LINES).join('\n')
      // A log that cannot be written must not take the server with it.
      try {
        if (size + chunk.length > MAX_BYTES && size > 0) {
          renameSync(file, `${file}.1`)
          size = 0
        }
        appendFileSync(file, chunk, { mode: 0o600 })
        size += chunk.length
      } catch {
        size = sizeOf(file)
      }
    },
    tail: () => recent.trim(),
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
