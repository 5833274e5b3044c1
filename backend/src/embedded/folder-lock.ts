import { readFileSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { CannotStart } from './embedded.js'

/**
 * Claims a folder for this process by a lock on `file`, until `release` or the death of the process, however it dies.
 * SQLite's lock is the one exclusive file lock that Node holds without a native module; it also holds between containers.
 * Throws `CannotStart` when another process has it.
 */
export function lockFolder(folder: string, file: string): { release(): void } {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = off; pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error
    const pid = holder(file)
    throw new CannotStart(
      `Projectionist already runs on ${folder}${pid ? ` (process ${pid})` : ''}. ` +
        'Stop it first, or give this one a folder of its own by PROJECTIONIST_HOME.',
    )
  }
  return { release: () => database.close() }
}

const SQLITE_BUSY = 5

/** The process that holds a lock on a file, from proc_locks(5); undefined where that cannot be told. */
function holder(file: string): string | undefined {
  try {
    const inode = statSync(file).ino
    return readFileSync('/proc/locks', 'utf8').match(new RegExp(`WRITE +(\\d+) [^ ]+:${inode} `))?.[1]
  } catch {
    return undefined
  }
}
