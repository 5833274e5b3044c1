import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { CannotStart } from './embedded.js'
import { withoutVersions } from './elf.js'
import { canReach, type RunAs } from './run-as.js'

const SERVERS = ['redis-server', 'valkey-server']
/** Redis 6.2 has every command that Bull and this program use. */
const OLDEST: readonly [number, number] = [6, 2]

/**
 * Finds a Redis: one on the machine's PATH, or the one that comes with the program, of which `folder` gets a copy that is fit
 * for older C libraries where it must. Throws `CannotStart` when there is none.
 */
export async function redisBinary(folder: string, user: RunAs, path: string): Promise<string> {
  for (const command of path.split(delimiter).flatMap(entry => SERVERS.map(name => join(entry, name)))) {
    if (existsSync(command) && canReach(user, command) && isRecent((await run(command)).output)) return command
  }
  const bundled = bundledServer()
  const complaint = bundled ? (await run(bundled)).complaint : 'none comes with the program for it'
  if (bundled && complaint === undefined) return canReach(user, bundled) ? bundled : copy(folder, await readFile(bundled))
  const adapted = bundled && (await adaptedCopy(bundled, folder, complaint ?? ''))
  if (adapted) return adapted
  throw new CannotStart(
    `There is no Redis to start on ${process.platform}-${process.arch} (${complaint}). ` +
      'Install one (for example: apt install redis-server, or valkey), or set REDIS_URL to a server of yours.',
  )
}

function bundledServer(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@falkordblite/${process.platform}-${process.arch}/package.json`)
    return join(dirname(manifest), 'bin/redis-server')
  } catch {
    return undefined
  }
}

/** A copy without the versions that the loader said are missing, if that one runs. */
async function adaptedCopy(bundled: string, folder: string, complaint: string): Promise<string | undefined> {
  const missing = new Set([...complaint.matchAll(/version `([^']+)' not found/g)].map(match => match[1] ?? ''))
  if (missing.size === 0) return undefined
  const at = join(folder, 'redis-server')
  if (existsSync(at) && (await run(at)).complaint === undefined) return at
  await copy(folder, withoutVersions(await readFile(bundled), missing))
  return (await run(at)).complaint === undefined ? at : undefined
}

async function copy(folder: string, program: Buffer): Promise<string> {
  const at = join(folder, 'redis-server')
  await writeFile(`${at}.part`, program, { mode: 0o755 })
  await rename(`${at}.part`, at)
  return at
}

function isRecent(output: string): boolean {
  const version = /v=(\d+)\.(\d+)/.exec(output)
  const [major, minor] = [Number(version?.[1]), Number(version?.[2])]
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** What `command --version` prints; `complaint` when it does not run. */
function run(command: string): Promise<{ readonly output: string; readonly complaint: string | undefined }> {
  return new Promise(resolve => {
    execFile(command, ['--version'], { timeout: 10_000 }, (error, stdout, stderr) => {
      resolve({ output: stdout, complaint: error ? stderr || error.message : undefined })
    })
  })
}
