import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readConfig } from '../config.js'
import { lockFolder } from '../embedded/folder-lock.js'
import { CannotStart } from '../embedded/embedded.js'
import { backUp } from '../platform/backup/back-up.js'
import { BackupError } from '../platform/backup/backup-error.js'
import type { Manifest } from '../platform/backup/manifest.js'
import { opened, verifyBackup } from '../platform/backup/read-backup.js'
import { restore } from '../platform/backup/restore.js'
import { version } from '../version.js'
import { askNewSecret, askSecret } from './asking.js'
import { say, UsageError, type Commands } from './command.js'
import { inWords, onKept, progressLine, wordsOf } from './kept-commands.js'

export const backupCommands: Commands = {
  backup: {
    usage: 'backup <folder> [--passphrase]',
    does: 'backs up all that is kept, while the server runs; again into the same folder adds what is new',
    run(args) {
      const { folder, sealed } = placeOf(args)
      return onKept({}, async (kept, signal) => {
        const isNew = !existsSync(join(folder, 'manifest.json'))
        if (isNew && existsSync(folder) && !existsSync(join(folder, 'lock')) && readdirSync(folder).length > 0)
          throw new BackupError(`${folder} holds other things. Choose a folder of its own for the backup.`)
        const lock = lockBackup(folder)
        const line = progressLine()
        try {
          const passphrase = sealed ? once(isNew ? newPassphrase : givenPassphrase) : undefined
          const started = Date.now()
          const { manifest, added } = await backUp(kept, {
            folder,
            program: version,
            passphrase,
            now: () => new Date(),
            signal,
            progress: ({ events, share }) => line.show(`${count(events)} events, ${Math.floor(share * 100)}%`),
          })
          line.end()
          say(
            `Backed up ${contents(manifest)} to ${folder}: ${counted(added, 'new event')}, in ${((Date.now() - started) / 1000).toFixed(1)} s.`,
          )
          if (!sealed)
            say(
              'It is not encrypted, and holds password hashes and keys: only you may read it (mode 0600). --passphrase encrypts one.',
            )
          return 0
        } finally {
          line.end()
          lock.release()
        }
      })
    },
  },
  'backup verify': {
    usage: 'backup verify <folder>',
    does: 'reads a backup from end to end and checks every count and checksum',
    run(args) {
      const { folder } = placeOf(args)
      return inWords(async () => {
        const line = progressLine()
        try {
          const backup = await opened(folder, givenPassphrase)
          await verifyBackup(folder, backup, events => line.show(`${count(events)} events`))
          line.end()
          say(
            `Whole: ${contents(backup.manifest)}, backed up ${backup.manifest.createdAt} by version ${backup.manifest.program}.`,
          )
          return 0
        } finally {
          line.end()
        }
      })
    },
  },
  restore: {
    usage: 'restore <folder>',
    does: 'brings a backup back into an empty place, while no server runs there',
    run(args) {
      const { folder } = placeOf(args)
      return onKept({ create: true }, async (kept, signal) => {
        if (await kept.isRunning())
          throw new BackupError('Projectionist runs on this place. Stop it, and restore into an empty one.')
        const line = progressLine()
        try {
          const backup = await opened(folder, givenPassphrase)
          const { dropped } = await restore(kept, backup, {
            folder,
            catalog: kept.catalog,
            signal,
            progress: ({ events, share }) => line.show(`${count(events)} events, ${Math.floor(share * 100)}%`),
          })
          line.end()
          say(
            `Restored ${contents(backup.manifest)}, as of ${backup.manifest.createdAt}. Read models are made anew at the next start.`,
          )
          if (dropped > 0)
            say(
              `Left out ${dropped} ${dropped === 1 ? 'credential' : 'credentials'} of accounts that were not there yet at that moment.`,
            )
          return 0
        } finally {
          line.end()
        }
      })
    },
  },
}

function placeOf(args: readonly string[]): { folder: string; sealed: boolean } {
  const { words, flags } = wordsOf(args, ['passphrase'])
  if (words.length !== 1) throw new UsageError('Name one folder.')
  return { folder: resolve(words[0]!), sealed: flags.has('passphrase') }
}

/** Two backups into one folder would take away each other's files. */
function lockBackup(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return lockFolder(folder, join(folder, 'lock'))
  } catch (error) {
    if (error instanceof CannotStart) throw new BackupError(`Another backup into ${folder} is under way.`)
    throw error
  }
}

const configured = (): string | undefined => readConfig(process.env, () => 'cli').backupPassphrase
const givenPassphrase = async (): Promise<string> => configured() ?? askSecret('Passphrase of the backup: ')
const newPassphrase = async (): Promise<string> => {
  const given = configured() ?? (await askNewSecret('Passphrase for the backup; without it nobody can restore it'))
  if (given.length < 8) throw new BackupError('A passphrase needs at least 8 characters.')
  return given
}
const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let answer: Promise<T> | undefined
  return () => (answer ??= ask())
}

const count = (value: number): string => value.toLocaleString('en')
const counted = (value: number, what: string): string => `${count(value)} ${what}${value === 1 ? '' : 's'}`
const contents = ({ log, vault, blobs }: Manifest): string => {
  const bytes = [...log.parts, vault, blobs].reduce((sum, file) => sum + file.bytes, 0) + blobs.size
  const parts = [
    counted(log.events, 'event'),
    counted(vault.tables['credentials']?.rows ?? 0, 'account'),
    ...(blobs.count > 0 ? [counted(blobs.count, 'blob')] : []),
  ]
  return `${new Intl.ListFormat('en').format(parts)} (${(bytes / 1e6).toFixed(1)} MB)`
}
