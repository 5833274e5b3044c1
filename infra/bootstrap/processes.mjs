import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Socket } from 'node:net'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command to its end; signals to this process go on to it. Resolves with its exit code, as a shell gives it, and with
 * what it printed when `quiet`. After `timeoutMs` it is killed.
 */
export function run(command, args, { quiet = false, timeoutMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk))
    const forward = signal => child.kill(signal)
    for (const signal of SIGNALS) process.on(signal, forward)
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      for (const each of SIGNALS) process.off(each, forward)
      resolve({ code: code ?? 128 + constants.signals[signal], output })
    })
  })
}

/**
 * Becomes another program, where Node can (22.15 and newer, not on Windows): same process, nothing in between. Else runs it as
 * a child that ends when this process does, however that ends.
 */
export async function become(command, args, env) {
  if (process.execve && process.platform !== 'win32') process.execve(command, [command, ...args], env)
  const child = await run(command, args, { env: { ...env, [LEASH]: '3' }, stdio: ['inherit', 'inherit', 'inherit', 'pipe'] })
  return child.code
}

const LEASH = 'PROJECTIONIST_LEASH'
const PARENT_CHECK_MS = 2000

/** Calls `alone` when the process that started this one for a person, `become` above or npm, is gone without a word. */
export function noticeLoss(alone) {
  if (process.env[LEASH]) {
    const leash = new Socket({ fd: Number(process.env[LEASH]) })
    leash.once('close', alone).on('error', () => undefined)
    leash.resume()
    leash.unref()
    delete process.env[LEASH]
  }
  if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
    const parent = process.ppid
    const check = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(check)
      alone()
    }, PARENT_CHECK_MS)
    check.unref()
  }
}
