import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Program {
  readonly pid: number
  readonly urls: readonly string[]
  readonly mistakes: readonly string[]
  /** Settles with exit code and signal. */
  readonly ended: Promise<readonly unknown[]>
}

/** Runs `embedded-program.ts` as a process group of its own, as another user if asked; resolves when it has said how it goes. */
export async function runProgram(home: string, uid?: number): Promise<Program> {
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, ['--import', here('typescript.mjs'), here('embedded-program.ts'), home], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])])) as [string]
  return { ...(JSON.parse(line) as Pick<Program, 'urls' | 'mistakes'>), pid: child.pid ?? 0, ended }
}
