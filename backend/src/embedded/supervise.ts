import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { guard } from '../platform/processes/guard.js'
import { CannotStart, type Log } from './embedded.js'
import { endAll, type StopStep } from './processes.js'
import { rotatingLog } from './rotating-log.js'
import type { RunAs } from './run-as.js'

/** A server program and how to deal with it. */
export interface ServerProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly folder: string
  readonly user: RunAs
  readonly logFile: string
  readonly readyWithinMs: number
  readonly stop: readonly StopStep[]
  /** Clears away what a run that did not end in order has left. Called before every start. */
  prepare(): Promise<void>
}

/**
 * Starts a server, and starts it again whenever it ends by itself. Resolves when it takes connections; throws `CannotStart`
 * with its last words when it never does. The server has a session of its own, so that Ctrl-C in a terminal reaches
 * this program only, and a guard that ends it when this program dies without a word.
 */
export async function supervise(program: ServerProgram, log: Log): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let run = await startOnce(program, stopping.signal)
  const watch = (async () => {
    for (let failures = 0; ;) {
      const startedAt = Date.now()
      const how = await run.ended
      if (stopping.signal.aborted) return
      failures = Date.now() - startedAt > STABLE_MS ? 0 : failures + 1
      log.warn(`${program.name} ended by itself (${how}); starting it again. Its log: ${program.logFile}`)
      for (;;) {
        await wait(Math.min(MAX_PAUSE_MS, failures * PAUSE_MS), undefined, { signal: stopping.signal }).catch(() => undefined)
        if (stopping.signal.aborted) return
        try {
          run = await startOnce(program, stopping.signal)
          break
        } catch (error) {
          failures++
          if (!stopping.signal.aborted) log.warn((error as Error).message)
        }
      }
      log.info(`${program.name} is back`)
    }
  })()

  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopping.abort()
    await run.end()
    await watch
  }
  return { stop: () => (stopped ??= stop()) }
}

/** What PostgreSQL, Redis and Valkey print when they take connections. */
const READY = /ready to accept connections/i
const STABLE_MS = 60_000
const PAUSE_MS = 250
const MAX_PAUSE_MS = 10_000

interface Run {
  /** Settles with how it ended, in words. */
  readonly ended: Promise<string>
  end(): Promise<void>
}

async function startOnce(program: ServerProgram, stopping: AbortSignal): Promise<Run> {
  await program.prepare()
  stopping.throwIfAborted()
  const log = rotatingLog(program.logFile)
  const child = spawn(program.command, program.args, {
    cwd: program.folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LC_ALL: 'C', TZ: 'UTC' },
    ...(program.user.other && { uid: program.user.uid, gid: program.user.gid }),
  })
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()))
  const guarded = child.pid === undefined ? undefined : guard(child.pid, 'INT')
  void ended.then(() => guarded?.dismiss())
  const end = (): Promise<void> => endAll(async () => (isAlive(child) ? [child.pid ?? 0] : []), program.stop)

  const ready = new Promise<'ready'>(resolve => {
    const onOutput = (chunk: Buffer): void => {
      log.write(chunk)
      if (READY.test(log.tail())) resolve('ready')
    }
    child.stdout.on('data', onOutput)
    child.stderr.on('data', onOutput)
  })
  const patience = new AbortController()
  const late = wait(program.readyWithinMs, `not ready within ${program.readyWithinMs / 1000} s`, {
    signal: AbortSignal.any([patience.signal, stopping]),
  }).catch(() => 'asked to stop')
  const outcome = await Promise.race([ready, ended, late])
  patience.abort()
  if (outcome === 'ready') return { ended, end: async () => void (await Promise.all([end(), ended])) }
  await end()
  await Promise.race([closed, wait(500)])
  throw new CannotStart(
    `${program.name} did not start (${outcome}).` +
      `${/no space left/i.test(log.tail()) ? ' The disk is full: free some space.' : ''} It said:\n${log.tail() || 'nothing'}`,
  )
}

const isAlive = (child: ChildProcess): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null
