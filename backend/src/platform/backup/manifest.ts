import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { BackupError } from './backup-error.js'
import { Derivation, Secret } from './sealing.js'
import { Hash, StoredFile, writeAside } from './stored-files.js'

export const LogPart = StoredFile.extend({ events: z.int().positive() })
export type LogPart = z.infer<typeof LogPart>

/** What a backup consists of. A folder without this file is no backup: it is written last, and takes its place at once. */
export const Manifest = z.object({
  format: z.literal('projectionist-backup'),
  version: z.literal(1),
  /** Version of the program that made it. */
  program: z.string(),
  createdAt: z.iso.datetime(),
  log: z.object({
    identity: z.uuid(),
    /** Of the last event that was looked at, in the log it came from. */
    position: z.int().nonnegative(),
    events: z.int().nonnegative(),
    /** Of the parts' contents, one after another: all events in their order. */
    sha256: Hash,
    parts: z.array(LogPart),
    /** People whose erasure had begun and was not completed. */
    erasing: z.array(z.uuid()),
  }),
  vault: StoredFile.extend({
    takenAt: z.iso.datetime(),
    tables: z.record(z.string(), z.object({ rows: z.int().nonnegative(), sha256: Hash })),
  }),
  blobs: StoredFile.extend({ count: z.int().nonnegative(), size: z.int().nonnegative() }),
  sealing: Derivation.optional(),
})
export type Manifest = z.infer<typeof Manifest>

const NAME = 'manifest.json'
const Written = z.object({ manifest: z.unknown(), signature: z.string().optional() })

/** Hash of a log from those of its parts. */
export const logHash = (parts: readonly { readonly content: string }[]): string =>
  createHash('sha256')
    .update(parts.map(({ content }) => content).join('\n'))
    .digest('hex')

/** Every file a manifest names, blobs apart. */
export const filesOf = ({ log, vault, blobs }: Manifest): readonly StoredFile[] => [...log.parts, vault, blobs]

export interface OpenedBackup {
  readonly manifest: Manifest
  readonly secret: Secret | undefined
}

/** Reads the manifest of a backup; undefined where there is none. Throws `BackupError` for one that cannot be read, or a wrong passphrase. */
export async function openBackup(folder: string, passphrase: () => Promise<string>): Promise<OpenedBackup | undefined> {
  const text = await readFile(join(folder, NAME), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new BackupError(`${join(folder, NAME)} cannot be read (${error.code ?? error.message}).`)
  })
  if (text === undefined) return undefined
  const written = Written.safeParse(json(text))
  const parsed = Manifest.safeParse(written.data?.manifest)
  if (!parsed.success) {
    const { version } = (written.data?.manifest ?? {}) as { version?: unknown }
    throw new BackupError(
      typeof version === 'number' && version > 1
        ? `The backup in ${folder} was made by a later version of Projectionist. Use that one, or a later one.`
        : `${join(folder, NAME)} is not the manifest of a backup, or is damaged.`,
    )
  }
  const manifest = parsed.data
  if (!manifest.sealing) return { manifest, secret: undefined }
  const secret = await Secret.from(await passphrase(), manifest.sealing)
  if (!secret.signed(JSON.stringify(written.data!.manifest), written.data!.signature ?? ''))
    throw new BackupError('That is not the passphrase of this backup, or its manifest was changed.')
  return { manifest, secret }
}

export async function writeManifest(folder: string, manifest: Manifest, secret: Secret | undefined): Promise<void> {
  const signature = secret?.sign(JSON.stringify(manifest))
  await writeAside(folder, NAME, `${JSON.stringify({ manifest, ...(signature !== undefined && { signature }) }, undefined, 1)}\n`)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
