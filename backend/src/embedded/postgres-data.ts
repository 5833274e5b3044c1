import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { CannotStart, explained } from './embedded.js'
import type { PostgresBinaries } from './postgres-binaries.js'
import { endAll, parentOf, processesIn } from './processes.js'
import { ownFolder, type RunAs } from './run-as.js'

/** The role and the database of this program. */
export const DATABASE = 'projectionist'

/** Makes the data folder when there is none; it appears complete or not at all. Throws `CannotStart` for one of another major version. */
export async function ensureDataFolder(data: string, binaries: PostgresBinaries, user: RunAs): Promise<void> {
  if (existsSync(data)) await checkVersion(data, binaries)
  else await initialise(data, binaries, user)
  await writeAccess(data, user)
}

async function checkVersion(data: string, { major }: PostgresBinaries): Promise<void> {
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(error => {
    throw error.code === 'ENOENT'
      ? new CannotStart(`${data} holds no database. Move it away, or bring it back from a backup.`)
      : explained(error, data)
  })
  if (found.trim() === major) return
  throw new CannotStart(
    `The data in ${data} is PostgreSQL ${found.trim()}'s, and this version of Projectionist brings PostgreSQL ${major}. ` +
      'Start the version you had before, copy the log to a server by DATABASE_URL, and start this one on it.',
  )
}

async function initialise(data: string, { initdb }: PostgresBinaries, user: RunAs): Promise<void> {
  const building = `${data}.part`
  await rm(building, { recursive: true, force: true })
  ownFolder(building, user)
  // The built-in locale sorts alike everywhere and for ever; the C library's changes with its version and breaks indexes.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const child = spawn(initdb, ['--pgdata', building, '--username', DATABASE, '--auth=peer', ...locale], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LC_ALL: 'C', TZ: 'UTC' },
    ...(user.other && { uid: user.uid, gid: user.gid }),
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const [code, , complaint] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  if (code !== 0) {
    await rm(building, { recursive: true, force: true })
    if (/no space left/i.test(complaint)) throw explained({ code: 'ENOSPC' }, data)
    throw new CannotStart(`PostgreSQL could not make its data folder ${data}:\n${complaint.trim()}`)
  }
  await rename(building, data)
}

/** Only these users of the operating system get in, by the socket, and the kernel says who they are. */
async function writeAccess(data: string, user: RunAs): Promise<void> {
  const names = new Set([user.name, userInfo().username, 'root'])
  await writeFile(join(data, 'pg_hba.conf'), 'local all all peer map=program\n')
  await writeFile(join(data, 'pg_ident.conf'), [...names].map(name => `program "${name}" ${DATABASE}\n`).join(''))
}

/**
 * Ends what is left of a PostgreSQL whose program was killed, and removes a pid file whose number belongs to another
 * process by now, over which PostgreSQL would not start. The caller holds the folder's lock, so nobody else can be using it.
 */
export async function clearAfterCrash(data: string): Promise<void> {
  const place = await realpath(data).catch(() => undefined)
  if (place === undefined) return
  const all = (): Promise<readonly number[]> => processesIn(place, ['postgres'])
  const postmaster = async (): Promise<readonly number[]> => {
    const pids = await all()
    const parents = await Promise.all(pids.map(parentOf))
    return pids.filter((_, index) => !pids.includes(parents[index] ?? 0))
  }
  await endAll(postmaster, [
    { signal: 'SIGINT', patienceMs: 1_500 },
    { signal: 'SIGQUIT', patienceMs: 3_000 },
  ])
  await endAll(all, [{ signal: 'SIGKILL', patienceMs: 5_000 }])
  const pidFile = join(place, 'postmaster.pid')
  const pid = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]
  if (pid && existsSync(`/proc/${pid}`)) await rm(pidFile)
}
