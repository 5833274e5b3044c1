import { access, constants, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { DomainError } from '../../platform/eventing/decider.js'
import { isHidden } from './ignored.js'

export interface ListedFolder {
  readonly name: string
  readonly path: string
  readonly readable: boolean
}
export interface FolderListing {
  readonly path: string | null
  readonly parent: string | null
  readonly folders: readonly ListedFolder[]
}

const MOST = 2000
const NO_MEDIA = new Set(['/proc', '/sys', '/dev', '/run', '/boot', '/etc', '/bin', '/sbin', '/lib', '/lib64', '/usr'])
const STARTS = ['/media', '/mnt', '/srv', '/data', '/volume1', '/Volumes']
const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Folders in a folder of the server, in the order people expect; hidden and system folders left out. Without a path, places
 * where media tends to be. Throws `folder-not-found` or `folder-unreadable`.
 */
export async function listFolders(path?: string): Promise<FolderListing> {
  if (path === undefined) return { path: null, parent: null, folders: await startingPlaces() }
  if (!isAbsolute(path) || path.includes('\0')) throw new DomainError('folder-not-found', 'A path on the server begins at its root.')
  const here = resolve(path)
  const entries = await readdir(here, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new DomainError(['EACCES', 'EPERM', 'EIO'].includes(error.code ?? '') ? 'folder-unreadable' : 'folder-not-found', here)
  })
  const named = entries.filter(({ name }) => !isHidden(name) && !NO_MEDIA.has(join(here, name)))
  const folders = await Promise.all(
    named
      .toSorted((a, b) => order.compare(a.name, b.name))
      .slice(0, MOST * 2)
      .map(async entry => {
        const full = join(here, entry.name)
        const folder = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(full)))
        // A name that is no text cannot be given back to us in a request.
        return folder ? [{ name: entry.name, path: full, readable: !entry.name.includes('\uFFFD') && (await isReadable(full)) }] : []
      }),
  )
  const parent = dirname(here)
  return { path: here, parent: parent === here ? null : parent, folders: folders.flat().slice(0, MOST) }
}

const isFolder = (path: string): Promise<boolean> => stat(path).then(found => found.isDirectory(), () => false)
const isReadable = (path: string): Promise<boolean> => access(path, constants.R_OK | constants.X_OK).then(() => true, () => false)

async function startingPlaces(): Promise<ListedFolder[]> {
  const home = homedir()
  const candidates = [...new Set([home, ...['Videos', 'Movies', 'Music', 'Pictures'].map(name => join(home, name)), ...STARTS, '/'])]
  const places = await Promise.all(candidates.map(async path => ((await isFolder(path)) ? [{ name: path, path, readable: await isReadable(path) }] : [])))
  return places.flat()
}
