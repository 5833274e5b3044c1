import { createHash, randomBytes, type Hash as Hashing } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { BackupError } from './backup-error.js'
import type { Secret } from './sealing.js'

export const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A file of a backup: `sha256` of its bytes as they lie there, `content` of what is in it. */
export const StoredFile = z.object({
  file: z.string().regex(/^[\w-]+(\/[\w-]+)?(\.[\w-]+)*$/),
  bytes: z.int().nonnegative(),
  sha256: Hash,
  content: Hash,
  contentBytes: z.int().nonnegative(),
})
export type StoredFile = z.infer<typeof StoredFile>

const CHUNK = 1 << 18
const zstd = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } }

interface Measured {
  readonly through: Transform
  readonly hash: Hashing
  bytes: number
}
function measured(): Measured {
  const measure: Measured = {
    hash: createHash('sha256'),
    bytes: 0,
    through: new Transform({
      transform(chunk: Buffer, _, done) {
        measure.hash.update(chunk)
        measure.bytes += chunk.length
        done(null, chunk)
      },
    }),
  }
  return measure
}

/**
 * Writes a file of a backup: compressed unless told otherwise, sealed when there is a secret, on disk when this resolves. Its name gets the
 * start of its content's hash, so that it never takes the place of another.
 */
export async function store(
  folder: string,
  name: string,
  chunks: AsyncIterable<string | Buffer>,
  { secret, plain = false, signal }: { secret: Secret | undefined; plain?: boolean; signal: AbortSignal },
): Promise<StoredFile> {
  const aside = join(folder, `${name}.${randomBytes(6).toString('hex')}.part`)
  await mkdir(dirname(aside), { recursive: true, mode: 0o700 })
  const [content, stored] = [measured(), measured()]
  try {
    await pipeline(
      Readable.from(chunks, { objectMode: true }),
      new PassThrough({ writableObjectMode: false }),
      content.through,
      plain ? new PassThrough() : createZstdCompress(zstd),
      secret ? secret.seal() : new PassThrough(),
      stored.through,
      createWriteStream(aside, { mode: 0o600, flags: 'wx', flush: true, highWaterMark: CHUNK }),
      { signal },
    )
    const hash = content.hash.digest('hex')
    const file = `${name}-${hash.slice(0, 16)}${plain ? '' : '.jsonl.zst'}${secret ? '.sealed' : ''}`
    await rename(aside, join(folder, file))
    return { file, bytes: stored.bytes, sha256: stored.hash.digest('hex'), content: hash, contentBytes: content.bytes }
  } catch (error) {
    await rm(aside, { force: true })
    throw explained(error, folder)
  }
}

/** What is in a file of a backup. Ends with a `BackupError` when it is not what the manifest says. */
export async function* contentOf(
  folder: string,
  entry: StoredFile,
  secret: Secret | undefined,
  plain = false,
): AsyncGenerator<Buffer> {
  const [content, stored] = [measured(), measured()]
  const out = content.through
  const done = pipeline(
    createReadStream(join(folder, entry.file), { highWaterMark: CHUNK }),
    stored.through,
    secret ? secret.open() : new PassThrough(),
    plain ? new PassThrough() : createZstdDecompress(),
    out,
  ).then(
    () => undefined,
    (error: unknown) => error,
  )
  const damaged = (why: string): BackupError =>
    new BackupError(`${entry.file} is not as it was written (${why}). Use another copy of this backup.`)
  try {
    for await (const chunk of out) yield chunk as Buffer
  } catch (error) {
    if (error instanceof BackupError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw code === 'ENOENT' ? damaged('it is missing') : damaged(code ?? message)
  }
  const error = await done
  if (error) throw error instanceof BackupError ? error : damaged(String(error))
  if (stored.hash.digest('hex') !== entry.sha256 || content.hash.digest('hex') !== entry.content)
    throw damaged('its checksum differs')
}

/** The lines of a file of a backup, some at a time. */
export async function* linesOf(folder: string, entry: StoredFile, secret: Secret | undefined): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of contentOf(folder, entry, secret)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    if (lines.length > 0) yield lines
  }
  if (rest !== '') throw new BackupError(`${entry.file} ends in the middle of a line.`)
}

/** Writes a small file so that it is there whole, or as it was before. */
export async function writeAside(folder: string, name: string, text: string): Promise<void> {
  const aside = join(folder, `${name}.part`)
  try {
    await writeFile(aside, text, { mode: 0o600, flush: true })
    await rename(aside, join(folder, name))
    await settle(folder)
  } catch (error) {
    throw explained(error, folder)
  }
}

/** Makes names that were given in a folder outlast a loss of power, where the system can. */
export async function settle(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function explained(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new BackupError(
      `The disk that holds ${folder} is full. Free some space and try again; what was there before is untouched.`,
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new BackupError(`${folder} cannot be written to (${code}). Choose another folder, or make it yours.`)
  return error
}
