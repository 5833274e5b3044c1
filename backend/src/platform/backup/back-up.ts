import { UserAdded, UserErased, UserRenamed, PasswordChanged } from '@projectionist/shared/events/user'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventStore, Position } from '../eventing/event-store.js'
import { BackupError } from './backup-error.js'
import { blobOf, keepBlobs, type KeptBlob } from './blobs.js'
import { withoutPeople } from './forget.js'
import type { Kept } from './kept.js'
import { Erasures, LogWriter } from './log-writer.js'
import { logHash, openBackup, writeManifest, type Manifest } from './manifest.js'
import { newDerivation, Secret } from './sealing.js'
import { linesOf, settle, store, type StoredFile } from './stored-files.js'
import { vaultLines, type TableSums } from './vault-tables.js'

export interface BackupOptions {
  readonly folder: string
  /** Version of the program. */
  readonly program: string
  /** Asked for once, when the backup is, or shall be, sealed. */
  readonly passphrase?: (() => Promise<string>) | undefined
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly progress?: (done: { readonly events: number; readonly share: number }) => void
}

const MOST_TRIES = 20
/** Events of what the vault knows too. */
const touchTheVault = [UserAdded, UserRenamed, PasswordChanged, UserErased].map(({ name }) => name)

/**
 * Makes a backup of all that is kept, or brings one up to date, while the program runs. Log and vault are of one moment: nothing
 * about accounts happened between them. The manifest takes its place last, so a backup that was cut off leaves the one before, or
 * none. Memory is bounded. Throws `BackupError`.
 */
export async function backUp(kept: Kept, options: BackupOptions): Promise<{ manifest: Manifest; added: number }> {
  const { folder, signal, passphrase } = options
  const before = await openBackup(folder, passphrase ?? noPassphrase(folder))
  const identity = await kept.store.identity()
  check(folder, identity, before?.manifest, passphrase !== undefined)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const sealing = before ? before.manifest.sealing : passphrase && newDerivation()
  const secret = before ? before.secret : sealing && (await Secret.from(await passphrase!(), sealing))
  const writing = { secret, signal }

  const past = before?.manifest.log
  const erased = new Erasures(past?.erasing ?? [], past ? past.position : await kept.store.head())
  const log = new LogWriter(kept.store, options, past, secret, erased)
  let vault: Manifest['vault'] | undefined
  for (let tries = 1; !vault; tries++) {
    const position = await log.upTo(await kept.store.head())
    const tables: TableSums = {}
    const takenAt = options.now().toISOString()
    const stored = await store(folder, 'vault', vaultLines(kept.sql, tables), writing)
    if (tries === MOST_TRIES || !(await touched(kept.store, position))) vault = { ...stored, takenAt, tables }
  }
  const parts = await withoutPeople(folder, log.parts, erased.owed(before !== undefined), writing)
  const manifest: Manifest = {
    format: 'projectionist-backup',
    version: 1,
    program: options.program,
    createdAt: options.now().toISOString(),
    log: {
      identity,
      position: log.position,
      events: parts.reduce((sum, { events }) => sum + events, 0),
      sha256: logHash(parts),
      parts: [...parts],
      erasing: erased.begun(),
    },
    vault,
    blobs: await backUpBlobs(kept.blobs, folder, before?.manifest.blobs, writing),
    ...(sealing && { sealing }),
  }
  await Promise.all([settle(join(folder, 'log')), settle(join(folder, 'blobs'))])
  await writeManifest(folder, manifest, secret)
  await removeOthers(folder, manifest, secret)
  return { manifest, added: log.added }
}

function check(folder: string, identity: string, before: Manifest | undefined, wantsSealing: boolean): void {
  if (!before) return
  if (before.log.identity !== identity)
    throw new BackupError(`The backup in ${folder} is of another Projectionist. Choose a folder of its own for this one.`)
  if (wantsSealing && !before.sealing)
    throw new BackupError(`The backup in ${folder} is not sealed. Choose another folder for one that is.`)
}

const noPassphrase = (folder: string) => (): Promise<string> =>
  Promise.reject(new BackupError(`The backup in ${folder} is sealed: say so with --passphrase, and give its passphrase.`))

/** Whether anything that the vault knows of was appended after `position`. */
async function touched(log: EventStore, position: Position): Promise<boolean> {
  for await (const { events } of log.readAll({ from: position, types: touchTheVault })) if (events.length > 0) return true
  return false
}

async function backUpBlobs(
  from: string,
  folder: string,
  before: StoredFile | undefined,
  writing: { secret: Secret | undefined; signal: AbortSignal },
): Promise<Manifest['blobs']> {
  const known = new Map<string, KeptBlob>()
  if (before)
    for await (const lines of linesOf(folder, before, writing.secret))
      for (const blob of lines.map(blobOf)) known.set(blob.path, blob)
  let [count, size] = [0, 0]
  const lines = async function* () {
    for await (const blob of keepBlobs(from, folder, known, writing)) {
      count++
      size += blob.contentBytes
      yield `${JSON.stringify(blob)}\n`
    }
  }
  const stored = await store(folder, 'blobs', lines(), writing)
  return { ...stored, count, size }
}

/** Removes what the manifest does not name: files of the backup before, and of one that was cut off. */
async function removeOthers(folder: string, { log, vault, blobs }: Manifest, secret: Secret | undefined): Promise<void> {
  const named = new Set([...log.parts, vault, blobs].map(({ file }) => file))
  for await (const lines of linesOf(folder, blobs, secret)) for (const line of lines) named.add(blobOf(line).file)
  const ours = /^(log|blobs)\/[\w-]+\.|^(blobs\/blob|vault|blobs)-[0-9a-f]{16}|\.part$/
  for (const within of ['', 'log/', 'blobs/'])
    for (const name of await readdir(join(folder, within)).catch(() => []))
      if (ours.test(within + name) && !named.has(within + name)) await rm(join(folder, within, name), { force: true })
}
