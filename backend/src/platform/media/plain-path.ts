import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { symlink, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extensionOf } from './media-types.js'

/**
 * Lends `use` a path that is a string for programs that take no bytes: the path itself where it is UTF-8, else a passing
 * symbolic link to it that keeps the extension.
 */
export async function withPlainPath<T>(path: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const bytes = Buffer.from(path)
  if (isUtf8(bytes)) return use(bytes.toString('utf8'))
  const extension = extensionOf(bytes.toString('latin1')).replace(/[^a-z0-9]/g, '')
  const link = join(tmpdir(), `projectionist-${randomUUID()}.${extension}`)
  await symlink(bytes, link)
  try {
    return await use(link)
  } finally {
    await unlink(link)
  }
}
