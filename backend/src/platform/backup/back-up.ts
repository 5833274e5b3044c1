import { ErasureCompleted, UserAdded, UserErased, UserRenamed, PasswordChanged } from '@projectionist/shared/events/user'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventStore, Position } from '../eventing/event-store.js'
import type { Sql } from '../sql/sql.js'
import { BackupError } from './backup-error.js'
import { blobOf, keepBlobs, type KeptBlob } from './blobs.js'
import { lineOf } from './event-lines.js'
import { withoutPeople } from './forget.js'
import { logHash, openBackup, writeManifest, type LogPart, type Manifest } from './manifest.js'
import { newDerivation, Secret } from './sealing.js'
import { linesOf, settle, store, type StoredFile } from './stored-files.js'
import { vaultLines, type TableSums } from './vault-tables.js'

export interface Kept {
  readonly store: EventStore
  readonly sql: Sql
  /** Folder of what people supplied. */
  readonly blobs: string
}
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

/** A part of the log holds about so much: enough to compress well, little enough to write anew. */
const PART_EVENTS = 50_000
const PART_BYTES = 64 << 20
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
  const log = new LogWriter(kept, options, past, secret, erased)
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
      identity, position: log.position, events: parts.reduce((sum, { events }) => sum + events, 0), sha256: logHash(parts), parts: [...parts], erasing: erased.begun(),
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
  if (before.log.identity !== identity) throw new BackupError(`The backup in ${folder} is of another Projectionist. Choose a folder of its own for this one.`)
  if (wantsSealing && !before.sealing) throw new BackupError(`The backup in ${folder} is not sealed. Choose another folder for one that is.`)
}

const noPassphrase = (folder: string) => (): Promise<string> =>
  Promise.reject(new BackupError(`The backup in ${folder} is sealed: say so with --passphrase, and give its passphrase.`))

/** Who was erased, as the log tells it. */
class Erasures {
  readonly #begun = new Set<string>()
  readonly #fresh = new Set<string>()
  readonly #over = new Set<string>()

  /** `known`: whose erasure was under way last time. `since`: where this backup began. */
  constructor(known: readonly string[], private readonly since: Position) {
    for (const userId of known) this.#begun.add(userId)
  }

  see(event: { readonly type: string; readonly data: unknown; readonly position: Position }): void {
    const { userId } = event.data as { userId: string }
    if (event.type === UserErased.name) {
      this.#begun.add(userId)
      this.#fresh.add(userId)
    } else {
      this.#begun.delete(userId)
      if (event.position <= this.since) this.#over.add(userId)
      else this.#fresh.add(userId)
    }
  }

  begun(): string[] {
    return [...this.#begun]
  }

  /** Whose events may stand in parts: of an older backup, or read before they were deleted. */
  owed(hasOlderParts: boolean): ReadonlySet<string> {
    const all = [...this.#begun, ...this.#fresh]
    return new Set(hasOlderParts ? all : all.filter(userId => !this.#over.has(userId)))
  }
}

/** Writes the log in parts, from where an earlier backup ended; its last part is written anew while there is room in it. */
class LogWriter {
  readonly parts: LogPart[]
  position: Position
  added = 0
  #open: LogPart | undefined

  constructor(
    private readonly kept: Kept,
    private readonly options: BackupOptions,
    past: Manifest['log'] | undefined,
    private readonly secret: Secret | undefined,
    private readonly erased: Erasures,
  ) {
    this.parts = [...(past?.parts ?? [])]
    this.position = past?.position ?? 0
  }

  /** Writes all events up to `end`; gives the position reached. */
  async upTo(end: Position): Promise<Position> {
    if (end <= this.position) return this.position
    this.#open = isFull(this.parts.at(-1)) ? undefined : this.parts.pop()
    const batches = this.#batches(end)
    let next = await batches.next()
    while (!next.done) {
      let events = 0
      const chunks = async function* () {
        for (let bytes = 0; !next.done && events < PART_EVENTS && bytes < PART_BYTES; next = await batches.next()) {
          const text = `${next.value.join('\n')}\n`
          events += next.value.length
          bytes += text.length
          yield text
        }
      }
      const name = `log/${String(this.parts.length + 1).padStart(6, '0')}`
      const stored = await store(this.options.folder, name, chunks(), { secret: this.secret, signal: this.options.signal })
      if (events > 0) this.parts.push({ ...stored, events })
    }
    this.position = end
    return end
  }

  async *#batches(end: Position): AsyncGenerator<readonly string[]> {
    if (this.#open) yield* linesOf(this.options.folder, this.#open, this.secret)
    const from = this.position
    for await (const { events, position } of this.kept.store.readAll({ from, to: end, signal: this.options.signal })) {
      for (const event of events) if (event.type === UserErased.name || event.type === ErasureCompleted.name) this.erased.see(event)
      this.added += events.length
      if (events.length > 0) yield events.map(lineOf)
      this.options.progress?.({ events: this.added, share: (position - from) / Math.max(1, end - from) })
    }
    this.options.signal.throwIfAborted()
  }
}

const isFull = (part: LogPart | undefined): boolean => !part || part.events >= PART_EVENTS / 2 || part.contentBytes >= PART_BYTES / 2

/** Whether anything that the vault knows of was appended after `position`. */
async function touched(log: EventStore, position: Position): Promise<boolean> {
  for await (const { events } of log.readAll({ from: position, types: touchTheVault })) if (events.length > 0) return true
  return false
}

async function backUpBlobs(from: string, folder: string, before: StoredFile | undefined, writing: { secret: Secret | undefined; signal: AbortSignal }): Promise<Manifest['blobs']> {
  const known = new Map<string, KeptBlob>()
  if (before) for await (const lines of linesOf(folder, before, writing.secret)) for (const blob of lines.map(blobOf)) known.set(blob.path, blob)
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
