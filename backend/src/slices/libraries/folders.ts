import { access, constants, realpath, stat } from 'node:fs/promises'
import { DomainError } from '../../platform/eventing/decider.js'

/** The real path of a folder that can be read. Throws `folder-not-found` or `folder-unreadable`. */
export async function readableFolder(path: string): Promise<string> {
  if (path.includes('\0')) throw new DomainError('folder-not-found', path.replaceAll('\0', ''))
  try {
    const real = await realpath(path)
    if (!(await stat(real)).isDirectory()) throw new DomainError('folder-not-found', path)
    await access(real, constants.R_OK | constants.X_OK)
    return real
  } catch (error) {
    if (error instanceof DomainError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new DomainError(code === 'EACCES' || code === 'EPERM' ? 'folder-unreadable' : 'folder-not-found', path)
  }
}
