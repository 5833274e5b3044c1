import { createHash } from 'node:crypto'
import { UserErased } from '@projectionist/shared/events/user'
import { CopyRefused, Writing } from '../eventing/copy-writing.js'
import { UnreadableEvent, type EventCatalog } from '../eventing/event-catalog.js'
import type { EventStore, RecordedEvent } from '../eventing/event-store.js'
import type { Query } from '../sql/sql.js'
import type { Kept } from './kept.js'
import { BackupError } from './backup-error.js'
import { blobOf, bringBack } from './blobs.js'
import { checkKnown, eventOf, lineOf, type KeptEvent } from './event-lines.js'
import type { Manifest, OpenedBackup } from './manifest.js'
import { logLines } from './read-backup.js'
import { linesOf } from './stored-files.js'
import { fillVault, markRestoring, vaultIsEmpty } from './vault-tables.js'

export interface RestoreOptions {
  readonly folder: string
  readonly catalog: EventCatalog
  readonly signal: AbortSignal
  readonly progress?: (done: { readonly events: number; readonly share: number }) => void
}
export interface Restored {
  readonly events: number
  /** Names that were being given at the moment of the backup, to accounts that are not in it. */
  readonly dropped: number
}

/**
 * Brings a backup back into an empty place, of whatever kind its event store is: events with their ids, revisions and order, then the
 * vault. Checks everything against the manifest, and the log by reading it back. Cut off, it goes on when it is run again; until it
 * has ended, the program does not start there. Throws `BackupError` when something else is there.
 */
export async function restore(kept: Kept, { manifest, secret }: OpenedBackup, options: RestoreOptions): Promise<Restored> {
  const { folder, signal } = options
  if (!(await vaultIsEmpty(kept.sql))) throw notEmpty()
  await restoreLog(kept, { manifest, secret }, options).catch((error: unknown) => {
    throw error instanceof CopyRefused ? new BackupError(error.message) : error
  })
  await checkLog(kept.store, manifest, signal)
  for await (const lines of linesOf(folder, manifest.blobs, secret))
    for (const line of lines) await bringBack(folder, blobOf(line), kept.blobs, secret)
  signal.throwIfAborted()
  await fillVault(kept.sql, linesOf(folder, manifest.vault, secret), manifest.vault.tables)
  return { events: manifest.log.events, dropped: await dropUnknown(kept.sql, kept.store) }
}

/** Lines come in small lots; a write costs about the same whatever it holds. */
const WRITE_AT_ONCE = 1000

const notEmpty = (): BackupError =>
  new BackupError(
    'There is something here already. Restore into an empty place: a new PROJECTIONIST_HOME, or an empty database and event store.',
  )

async function restoreLog(
  { store, sql }: Kept,
  { manifest, secret }: OpenedBackup,
  { folder, catalog, signal, progress }: RestoreOptions,
): Promise<void> {
  // What an earlier try has brought back is passed over; anything else that is there ends this one.
  const there = everything(store, signal)
  let begun = false
  let events = 0
  let last = 0
  let writing: Writing | undefined
  let missing: KeptEvent[] = []
  const erased = new Set<string>()
  const write = async (): Promise<void> => {
    // Where nothing is missing nothing is begun: it may turn out to be somebody else's place.
    if (missing.length === 0) return
    if (!begun) await markRestoring(sql)
    begun = true
    await (writing ??= new Writing(store, last)).append(missing)
    events += missing.length
    missing = []
    progress?.({ events, share: events / Math.max(1, manifest.log.events) })
  }
  for await (const lines of logLines(folder, manifest, secret)) {
    signal.throwIfAborted()
    for (const line of lines) {
      const event = eventOf(line)
      known(catalog, event)
      if (event.type === UserErased.name) erased.add((event.data as { userId: string }).userId)
      const found = await there.next()
      if (found.done) missing.push(event)
      else if (found.value.id !== event.id || found.value.streamId !== event.streamId) throw notEmpty()
      else {
        events++
        last = found.value.position
      }
    }
    if (missing.length >= WRITE_AT_ONCE) await write()
  }
  await write()
  if (!(await there.next()).done) throw notEmpty()
  // Whoever was erased cannot come back under the same id.
  for (const userId of erased) await store.delete(`user-${userId}`)
}

function known(catalog: EventCatalog, event: KeptEvent): void {
  try {
    checkKnown(catalog, event)
  } catch (error) {
    if (error instanceof UnreadableEvent)
      throw new BackupError(
        `${error.message}. The backup was made by a later version of Projectionist: use that one, or a later one.`,
      )
    throw error
  }
}

/** All events there are now; done for good once the end was seen. */
async function* everything(store: EventStore, signal: AbortSignal): AsyncGenerator<RecordedEvent> {
  for await (const { events } of store.readAll({ signal })) yield* events
}

/** Reads the log back and compares it with the manifest, part by part. */
async function checkLog(store: EventStore, { log }: Manifest, signal: AbortSignal): Promise<void> {
  let part = 0
  let count = 0
  let hash = createHash('sha256')
  for await (const { events } of store.readAll({ signal }))
    for (const event of events) {
      hash.update(`${lineOf(event)}\n`)
      if (++count < (log.parts[part]?.events ?? Infinity)) continue
      if (hash.digest('hex') !== log.parts[part]!.content) throw differs()
      part++
      count = 0
      hash = createHash('sha256')
    }
  signal.throwIfAborted()
  if (part !== log.parts.length || count !== 0) throw differs()
}
const differs = (): BackupError =>
  new BackupError('The log that was restored is not the one that was backed up. Empty the place, and restore again.')

/** Takes out what belongs to accounts that the log does not know. */
async function dropUnknown(sql: Query, store: EventStore): Promise<number> {
  const users = await sql.query<{ user_id: string }>('select user_id from vault.credentials')
  let dropped = 0
  for (const { user_id } of users) {
    if ((await store.read(`user-${user_id}`, { limit: 1 })).length > 0) continue
    await sql.query('delete from vault.credentials where user_id = $1', [user_id])
    await sql.query('delete from vault.refresh_families where user_id = $1', [user_id])
    dropped++
  }
  return dropped
}
