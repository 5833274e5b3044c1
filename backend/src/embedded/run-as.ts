import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { CannotStart, explained } from './embedded.js'

/** The user of the operating system that the servers run as. */
export interface RunAs {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** Not the user of this program, which is root then. */
  readonly other: boolean
}

/** Users that fit when this program runs as root, which PostgreSQL refuses to; the first one there is taken. */
const UNPRIVILEGED = ['projectionist', 'postgres', 'nobody']

/**
 * This program's own user; for root an unprivileged one: the owner of the first of `places` that is there already, so that files of
 * an earlier start stay readable.
 */
export function whoRuns(...places: readonly string[]): RunAs {
  const uid = process.geteuid?.() ?? 0
  if (uid !== 0) return { name: ownName(uid), uid, gid: process.getegid?.() ?? 0, other: false }
  const users = passwd()
  const owner = places.map(place => statSync(place, { throwIfNoEntry: false })?.uid).find(uid => uid !== undefined)
  const kept = owner ? users.find(user => user.uid === owner) : undefined
  const chosen = kept ?? UNPRIVILEGED.flatMap(name => users.find(user => user.name === name && user.uid !== 0) ?? [])[0]
  if (!chosen) {
    throw new CannotStart(
      'PostgreSQL does not run as root, and there is no user it could run as. Add one: useradd --system projectionist',
    )
  }
  return { ...chosen, other: true }
}

function ownName(uid: number): string {
  try {
    return userInfo().username
  } catch {
    throw new CannotStart(
      `User ${uid} has no entry in /etc/passwd, which PostgreSQL needs. Add one, or set DATABASE_URL to a server of yours.`,
    )
  }
}

function passwd(): readonly { readonly name: string; readonly uid: number; readonly gid: number }[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map(line => line.split(':')).map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** Whether `user` gets to `path` through all folders above it, and may read or enter it. Judged by modes; ACLs are not seen. */
export function canReach(user: RunAs, path: string): boolean {
  if (!user.other) return true
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid, isDirectory } = lookAt(at)
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode
    const needed = isDirectory ? 0o1 : 0o4
    if ((bits & needed) !== needed) return false
    if (at === dirname(at)) return true
  }
}

function lookAt(path: string): { mode: number; uid: number; gid: number; isDirectory: boolean } {
  const stat = statSync(path)
  return { mode: stat.mode, uid: stat.uid, gid: stat.gid, isDirectory: stat.isDirectory() }
}

/**
 * The folder in which the servers keep what is theirs: `home`, if their user can reach it. Under a folder like /root, which
 * only root enters, it is one in `elsewhere`, and the link `home/servers` leads there from then on.
 */
export function serversFolder(home: string, user: RunAs, elsewhere = '/var/lib/projectionist'): string {
  try {
    // Folders above are nobody's secret: the mode is only for the last.
    mkdirSync(dirname(home), { recursive: true })
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.W_OK | constants.X_OK)
    const link = join(home, 'servers')
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return followed(link)
    if (!canReach(user, home)) letThrough(home, user)
    if (canReach(user, home)) return home
    const folder = join(elsewhere, createHash('sha256').update(home).digest('hex').slice(0, 12))
    mkdirSync(folder, { recursive: true })
    for (const path of [dirname(folder), folder]) chmodSync(path, 0o755)
    symlinkSync(folder, link)
    return folder
  } catch (error) {
    throw explained(error, home)
  }
}

function followed(link: string): string {
  const folder = readlinkSync(link)
  if (statSync(folder, { throwIfNoEntry: false })) return folder
  throw new CannotStart(
    `${link} leads to ${folder}, where the databases were, and that is not there. Bring it back from a backup, or remove the link to begin anew.`,
  )
}

/** Lets the servers' group through a folder of ours, and nobody else. */
function letThrough(home: string, user: RunAs): void {
  const { mode, uid } = lookAt(home)
  chownSync(home, uid, user.gid)
  chmodSync(home, (mode & 0o7777) | 0o010)
}

/** Makes a folder that only `user` (and root) enters. The folder above it must be there. */
export function ownFolder(folder: string, user: RunAs): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (user.other) chownSync(folder, user.uid, user.gid)
  } catch (error) {
    throw explained(error, folder)
  }
}
