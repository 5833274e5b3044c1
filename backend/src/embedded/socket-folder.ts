import { chownSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownFolder, type RunAs } from './run-as.js'

/** A socket's path has at most 107 bytes, see unix(7). */
const MAX_PATH = 107

/**
 * An empty folder for a server's socket called `name`, entered by nobody but its user: `folder/socket`, or where that path
 * would be too long, a short one in the temporary folder that `folder/socket` links to.
 */
export function socketFolder(folder: string, name: string, user: RunAs): string {
  const wanted = join(folder, 'socket')
  removeSocketFolder(folder)
  if (Buffer.byteLength(join(wanted, name)) <= MAX_PATH) {
    ownFolder(wanted, user)
    return wanted
  }
  const short = mkdtempSync(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'projectionist-'))
  if (user.other) chownSync(short, user.uid, user.gid)
  symlinkSync(short, wanted)
  return short
}

/** Removes the sockets and their folder, wherever it is. */
export function removeSocketFolder(folder: string): void {
  const wanted = join(folder, 'socket')
  try {
    rmSync(readlinkSync(wanted), { recursive: true, force: true })
  } catch (error) {
    // Not a link, or not there.
    if (!['EINVAL', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  rmSync(wanted, { recursive: true, force: true })
}

/** Removes sockets that a crash left behind; servers would not start over some of them. */
export function emptySocketFolder(socketFolder: string): void {
  for (const name of readdirSync(socketFolder)) rmSync(join(socketFolder, name), { recursive: true })
}
