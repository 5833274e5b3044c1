import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { mkdir, symlink } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { resolveLocation } from '../../platform/media/file-location.js'

/**
 * The path of a library's file as text, as programs take it. A name that is no text is reached through a symbolic link made
 * in `links`. Throws `BadLocation` for what would lead out of the root.
 */
export async function sourcePath(root: string, relative: string, links: string): Promise<string> {
  const bytes = resolveLocation(root, relative)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  const link = join(links, name + extname(relative).replaceAll(/[^.\w]/g, ''))
  await mkdir(links, { recursive: true, mode: 0o700 })
  await symlink(bytes, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return link
}
