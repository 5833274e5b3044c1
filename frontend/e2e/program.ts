import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventStoreFor, stopEventStoreOf } from './event-store.js'

/** The built program, running for a test with a home of its own. */
export interface Program {
  readonly url: string
  readonly home: string
  readonly pid: number
  /** The code that set-up asks for. */
  setupCode(): Promise<string>
  /** All that it has printed. */
  output(): string
  /** Ends it; with SIGKILL, without giving it a chance. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export const freshHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'projectionist-e2e-'))
export async function removeHome(home: string): Promise<void> {
  await stopEventStoreOf(home)
  // A server on its way out may still write a last file.
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}

const inRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const READY = /http:\/\/localhost:(\d+)/
const PATIENCE_MS = 60_000

/** Starts the program and waits until it serves. Fails with what it printed when it does not. */
export async function startProgram(home: string, environment: Readonly<Record<string, string>> = {}): Promise<Program> {
  const store = await eventStoreFor(home)
  let output = ''
  // By the pipe it notices when the test is gone.
  const leash = ['--import', inRoot('infra/bootstrap/leash.mjs')]
  const child = spawn(process.execPath, ['--enable-source-maps', ...leash, inRoot('backend/dist/src/main.js')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', PROJECTIONIST_HOME: home, PROJECTIONIST_LEASH: '3', ...store, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const port = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`The program ${why}. It printed:\n${output}`))
    const timer = setTimeout(() => fail(`did not serve within ${PATIENCE_MS / 1000} s`), PATIENCE_MS)
    const onOutput = (chunk: Buffer): void => {
      output += chunk.toString()
      const match = READY.exec(output)
      if (match?.[1]) resolve(match[1])
    }
    child.stdout?.on('data', onOutput)
    child.stderr?.on('data', onOutput)
    void ended.then(() => fail('ended'))
    void ended.finally(() => clearTimeout(timer))
  }).catch(async (error: unknown) => {
    child.kill('SIGKILL')
    await ended
    throw error
  })
  return {
    url: `http://localhost:${port}`,
    home,
    pid: child.pid ?? 0,
    setupCode: async () => (await readFile(join(home, 'setup-code'), 'utf8')).trim(),
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      await ended
    },
  }
}
