import { createHash } from 'node:crypto'
import { BackupError } from './backup-error.js'
import { blobOf } from './blobs.js'
import { logHash, openBackup, type Manifest, type OpenedBackup } from './manifest.js'
import type { Secret } from './sealing.js'
import { contentOf, linesOf } from './stored-files.js'
import type { TableSums } from './vault-tables.js'

/** Opens a backup. Throws `BackupError` where there is none. */
export async function opened(folder: string, passphrase: () => Promise<string>): Promise<OpenedBackup> {
  const backup = await openBackup(folder, passphrase)
  if (!backup) throw new BackupError(`There is no backup in ${folder}: a folder with one holds a manifest.json.`)
  return backup
}

/** Lines of the events of a backup, in their order, some at a time. Throws `BackupError` when they are not what the manifest says. */
export async function* logLines(
  folder: string,
  { log }: Manifest,
  secret: Secret | undefined,
): AsyncGenerator<readonly string[]> {
  if (logHash(log.parts) !== log.sha256) throw new BackupError('The parts of the log are not those that were written.')
  for (const part of log.parts) {
    let events = 0
    for await (const lines of linesOf(folder, part, secret)) {
      events += lines.length
      yield lines
    }
    if (events !== part.events) throw new BackupError(`${part.file} holds ${events} events, not ${part.events}.`)
  }
}

/**
 * Reads a backup from end to end and checks every count and checksum, without restoring anything. Throws `BackupError` at the
 * first thing that is wrong.
 */
export async function verifyBackup(
  folder: string,
  { manifest, secret }: OpenedBackup,
  progress?: (events: number) => void,
): Promise<void> {
  let events = 0
  for await (const lines of logLines(folder, manifest, secret)) {
    events += lines.length
    progress?.(events)
  }
  if (events !== manifest.log.events) throw new BackupError(`The log holds ${events} events, not ${manifest.log.events}.`)
  const tables: Record<string, { rows: number; hash: ReturnType<typeof createHash> }> = {}
  for await (const lines of linesOf(folder, manifest.vault, secret))
    for (const line of lines) {
      const [, table = '', row = ''] = /^\{"table":"([^"]+)","row":(.*)\}$/.exec(line) ?? []
      const sum = (tables[table] ??= { rows: 0, hash: createHash('sha256') })
      sum.rows++
      sum.hash.update(`${row}\n`)
    }
  const found: TableSums = Object.fromEntries(
    Object.entries(tables).map(([table, { rows, hash }]) => [table, { rows, sha256: hash.digest('hex') }]),
  )
  for (const [table, { rows, sha256 }] of Object.entries(manifest.vault.tables)) {
    if (rows === 0 ? found[table] !== undefined : found[table]?.rows !== rows || found[table].sha256 !== sha256)
      throw new BackupError(`The rows of vault.${table} are not those that were written.`)
  }
  let count = 0
  for await (const lines of linesOf(folder, manifest.blobs, secret))
    for (const blob of lines.map(blobOf)) {
      for await (const _ of contentOf(folder, blob, secret, true));
      count++
    }
  if (count !== manifest.blobs.count) throw new BackupError(`The backup holds ${count} blobs, not ${manifest.blobs.count}.`)
}
