import { BackupError } from '../platform/backup/backup-error.js'
import { CannotStart } from '../embedded/embedded.js'
import { ConfigError } from '../config.js'
import { DomainError } from '../platform/eventing/decider.js'
import { StoreUnavailable } from '../platform/eventing/event-store.js'
import { NotAnswered } from './asking.js'
import { say, UsageError } from './command.js'
import { NothingKept, openKept, type OpenedKept } from './open-kept.js'

/** Words of a command: `--name value` and `--name` are options, the rest is given by place. Throws `UsageError` for an option it does not know. */
export function wordsOf(
  args: readonly string[],
  flags: readonly string[],
): { readonly words: string[]; readonly flags: ReadonlySet<string> } {
  const words: string[] = []
  const found = new Set<string>()
  for (const arg of args) {
    if (!arg.startsWith('--')) words.push(arg)
    else if (flags.includes(arg.slice(2))) found.add(arg.slice(2))
    else throw new UsageError(`There is no option ${arg}.`)
  }
  return { words, flags: found }
}

/** Runs a command on what is kept. What went wrong is said in a sentence where there is one, with exit code 1; Ctrl-C ends it in order. */
export async function onKept(
  options: { readonly create?: boolean },
  work: (kept: OpenedKept, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  return inWords(async signal => {
    const kept = await openKept(options)
    try {
      return await work(kept, signal)
    } finally {
      await kept.close()
    }
  })
}

export async function inWords(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController()
  const cancel = (): void => stop.abort()
  process.once('SIGINT', cancel).once('SIGTERM', cancel)
  try {
    return await work(stop.signal)
  } catch (error) {
    if (stop.signal.aborted) say('\nStopped. What was there before is untouched.')
    else if (isExplained(error)) say(error.message)
    else throw error
    return 1
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel)
  }
}

const isExplained = (error: unknown): error is Error =>
  [BackupError, CannotStart, ConfigError, NothingKept, NotAnswered, StoreUnavailable, DomainError].some(
    kind => error instanceof kind,
  )

/** A line that is written over itself on a terminal, and not at all elsewhere. */
export function progressLine(): { show(text: string): void; end(): void } {
  const { stdout } = process
  let last = 0
  return {
    show(text) {
      if (!stdout.isTTY || Date.now() - last < 200) return
      last = Date.now()
      stdout.write(`\r\u001b[2K${text}`)
    },
    end() {
      if (stdout.isTTY) stdout.write('\r\u001b[2K')
    },
  }
}
