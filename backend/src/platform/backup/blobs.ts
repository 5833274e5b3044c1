import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { BackupError } from './backup-error.js'
import type { Secret } from './sealing.js'
import { contentOf, store, StoredFile } from './stored-files.js'

/** One file that people supplied: where it lies under the blobs, and its copy in the backup. */
export const KeptBlob = StoredFile.extend({ path: z.string().min(1) })
export type KeptBlob = z.infer<typeof KeptBlob>

export const blobOf = (line: string): KeptBlob => {
  const blob = KeptBlob.parse(JSON.parse(line))
  if (blob.path.split('/').some(part => part === '' || part === '..' || part === '.'))
    throw new BackupError(`${blob.path} is no path of a blob.`)
  return blob
}

/** Copies what is not in the backup yet. `known`: blobs of the backup as it is, by path; a blob's bytes never change. */
export async function* keepBlobs(
  from: string,
  folder: string,
  known: ReadonlyMap<string, KeptBlob>,
  options: { readonly secret: Secret | undefined; readonly signal: AbortSignal },
): AsyncGenerator<KeptBlob> {
  for await (const path of filesUnder(from)) {
    const before = known.get(path)
    const { size } = await stat(join(from, path))
    if (before?.contentBytes === size && (await isThere(join(folder, before.file)))) yield before
    else yield { path, ...(await store(folder, 'blobs/blob', createReadStream(join(from, path)), { ...options, plain: true })) }
  }
}

/** Brings one blob back; one that is there with the same size stays. */
export async function bringBack(folder: string, blob: KeptBlob, to: string, secret: Secret | undefined): Promise<void> {
  const place = join(to, blob.path)
  if ((await stat(place).catch(() => undefined))?.size === blob.contentBytes) return
  await mkdir(dirname(place), { recursive: true })
  const aside = `${place}.part`
  try {
    await pipeline(contentOf(folder, blob, secret, true), createWriteStream(aside, { flush: true, mode: 0o600 }))
    await rename(aside, place)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

async function* filesUnder(root: string, folder = root): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(root, path)
    else if (entry.isFile() && !entry.name.endsWith('.part')) yield relative(root, path).split(sep).join('/')
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
