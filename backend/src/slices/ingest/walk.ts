import { readdir, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { LibraryKind } from '@projectionist/shared/events/media'
import type { ScanProblem } from '@projectionist/shared/events/scan'
import { compareRelative, encodeName, joinRelative, readableName, resolveLocation } from '../../platform/media/file-location.js'
import { extensionOf, typeOfName, type MediaType } from '../../platform/media/media-types.js'
import { ignoreRules, isDiscFolder, isExtra, isHidden, isIgnored, type IgnoreRules } from './ignored.js'
import { besides, concernsFolder, isSidecarName, nothingBeside, type Beside, type Sidecar } from './sidecars.js'

/** A media file that a walk came by. */
export interface FoundFile {
  readonly relative: string
  readonly type: MediaType
  readonly sizeBytes: number
  /** Whole ms since 1970. */
  readonly modifiedMs: number
  readonly beside: Beside
}
export type Found =
  | { readonly found: 'file'; readonly file: FoundFile }
  /** `unwalked`: what lies below `problem.relative` is not known; nothing there may be taken for gone. */
  | { readonly found: 'problem'; readonly problem: ScanProblem; readonly unwalked: boolean }
  /** The last word of a walk: how many files of any kind there are. */
  | { readonly found: 'end'; readonly files: number }

/** The root itself cannot be walked, from the start or any more: its disk is away. */
export class RootLost extends Error {
  override readonly name = 'RootLost'
  constructor(readonly code: 'missing' | 'unreadable') {
    super(code)
  }
}

export interface Root {
  readonly rootId: string
  readonly path: string
}

const WANTED: Readonly<Record<LibraryKind, readonly MediaType[]>> = {
  'films': ['video'],
  'shows': ['video'],
  'music': ['audio'],
  'photos': ['image', 'video'],
  'home-videos': ['video'],
}
const SUBTITLE_FOLDER = /^(subs?|subtitles?|vobsubs?)$/i
const IGNORE_FILES = ['.ignore', '.plexignore', '.nomedia']
const LARGEST_IGNORE_FILE = 1 << 20
const LONGEST = 8192
const STATS_AT_ONCE = 32

interface Listed {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'unknown'
}
interface Identity {
  readonly dev: bigint
  readonly ino: bigint
}
interface Folder {
  readonly relative: string
  readonly readable: string
  readonly depth: number
  readonly rules: readonly IgnoreRules[]
  readonly inherited: readonly Sidecar[]
  /** Folders around it, itself included. */
  readonly around: readonly Identity[]
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'EIO'
const same = (a: Identity, b: Identity): boolean => a.dev === b.dev && a.ino === b.ino

async function identityOf(root: Root): Promise<Identity> {
  try {
    const found = await stat(resolve(root.path), { bigint: true })
    if (!found.isDirectory()) throw new RootLost('missing')
    return found
  } catch (error) {
    if (error instanceof RootLost) throw error
    throw new RootLost(['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? 'missing' : 'unreadable')
  }
}

/**
 * Walks a library's folder, in the order of `compareRelative`. Symbolic links are followed, a folder that contains itself
 * is a problem. Memory grows with the largest folder, not with the tree. Throws `RootLost` when the root cannot be read
 * at the start, or is another folder at the end than it was (an unmounted disk); throws the signal's reason when it aborts.
 */
export async function* walk(root: Root, kind: LibraryKind, signal: AbortSignal): AsyncGenerator<Found, void> {
  const identity = await identityOf(root)
  let files = 0
  const linked: Identity[] = []
  const problem = (relative: string, code: ScanProblem['code'], detail: string, unwalked = false): Found => ({
    found: 'problem',
    problem: { rootId: root.rootId, relative: relative.slice(0, LONGEST), code, detail },
    unwalked,
  })
  const pathOf = (relative: string): Buffer => (relative === '' ? Buffer.from(resolve(root.path)) : resolveLocation(root.path, relative))

  async function list(relative: string): Promise<Listed[]> {
    const entries = await readdir(pathOf(relative), { encoding: 'buffer', withFileTypes: true })
    const listed = entries.map((entry): Listed => {
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'unknown'
      return { name: encodeName(entry.name), kind }
    })
    signal.throwIfAborted()
    return listed.sort((a, b) => compareRelative(a.name, b.name))
  }

  /** Files of a subtitle folder and of the folders in it; what cannot be read there is no loss worth a word. */
  async function subtitlesIn(relative: string, under: string, deeper: boolean): Promise<Sidecar[]> {
    const listed = await list(relative).catch(() => [])
    signal.throwIfAborted()
    const found: Sidecar[] = []
    for (const { name, kind } of listed) {
      const path = joinRelative(relative, name)
      if (kind === 'folder' && deeper) found.push(...(await subtitlesIn(path, readableName(name), false)))
      else if (kind !== 'folder' && typeOfName(name) === 'subtitle') found.push(...(await sidecar(path, under)))
    }
    return found
  }

  async function sidecar(relative: string, under?: string): Promise<Sidecar[]> {
    const found = await stat(pathOf(relative)).catch(() => undefined)
    if (!found?.isFile()) return []
    const name = readableName(relative.slice(relative.lastIndexOf('/') + 1))
    return [{ relative, name, sizeBytes: found.size, modifiedMs: Math.floor(found.mtimeMs), ...(under !== undefined && { under }) }]
  }

  /** What a link or an entry of unknown kind is; links to a folder are checked for loops. */
  async function follow(entry: Listed, relative: string, around: readonly Identity[]): Promise<Listed['kind'] | Found> {
    if (entry.kind === 'file' || entry.kind === 'folder') return entry.kind
    try {
      const target = await stat(pathOf(relative), { bigint: true })
      if (!target.isDirectory()) return target.isFile() ? 'file' : 'unknown'
      if (entry.kind !== 'link') return 'folder'
      if (around.some(one => same(one, target))) return problem(relative, 'loop', 'This link leads back to a folder it lies in.')
      // Each target is walked once by way of links, else links to links multiply without end.
      if (linked.some(one => same(one, target))) return 'unknown'
      linked.push({ dev: target.dev, ino: target.ino })
      return 'folder'
    } catch (error) {
      if (codeOf(error) === 'ELOOP') return problem(relative, 'loop', 'This link leads back to itself.')
      if (codeOf(error) === 'ENOENT') return 'unknown'
      return problem(relative, 'unreadable', `This link cannot be followed (${codeOf(error)}).`, true)
    }
  }

  async function* folder(here: Folder): AsyncGenerator<Found, void> {
    signal.throwIfAborted()
    let listed: Listed[]
    let rules = here.rules
    try {
      listed = await list(here.relative)
      for (const { name } of listed.filter(entry => IGNORE_FILES.includes(entry.name))) {
        const path = pathOf(joinRelative(here.relative, name))
        // A folder or a pipe of that name says nothing; reading a pipe would never end.
        const found = await stat(path).catch(() => undefined)
        if (found?.isFile() && found.size <= LARGEST_IGNORE_FILE) rules = [...rules, ignoreRules(name, here.readable, await readFile(path, 'utf8'))]
      }
    } catch (error) {
      signal.throwIfAborted()
      if (here.relative === '') throw new RootLost('unreadable')
      const code = codeOf(error)
      if (code === 'ENAMETOOLONG') yield problem(here.relative, 'too-long', 'The path of this folder is too long for the file system.', true)
      else if (code === 'ENOENT') yield problem(here.relative, 'vanished', 'This folder went away while it was being read.', true)
      else yield problem(here.relative, 'unreadable', `The server may not read this folder, or its disk does not answer (${code}).`, true)
      return
    }

    const media: { name: string; relative: string; type: MediaType }[] = []
    const sidecars: Sidecar[] = []
    const folders: { name: string; relative: string; readable: string }[] = []
    for (const entry of listed) {
      const relative = joinRelative(here.relative, entry.name)
      const name = readableName(entry.name)
      if (isHidden(name)) continue
      const readable = joinRelative(here.readable, name)
      if (relative.length > LONGEST) {
        yield problem(relative, 'too-long', 'The path of this file is too long to be kept.', true)
        continue
      }
      const kindOf = await follow(entry, relative, here.around)
      if (typeof kindOf === 'object') {
        yield kindOf
        continue
      }
      if (kindOf === 'file') files++
      const type = typeOfName(name)
      const screened = kind === 'films' || kind === 'shows'
      if (kindOf === 'unknown' || isIgnored(rules, readable, kindOf === 'folder')) continue
      if (kindOf === 'folder') {
        if (screened && isDiscFolder(name)) {
          if (/^(BDMV|VIDEO_TS|HVDVD_TS)$/i.test(name)) {
            yield problem(relative, 'not-media', 'A copied disc. Turn it into one file, for example with MakeMKV, and scan again.')
          }
        } else if (screened && SUBTITLE_FOLDER.test(name)) sidecars.push(...(await subtitlesIn(relative, '', true)))
        else if (!screened || !isExtra(name, 'folder', here.depth)) folders.push({ name: entry.name, relative, readable })
      } else if (type !== undefined && type !== 'subtitle' && WANTED[kind].includes(type)) {
        if (!screened || !isExtra(name, 'file', here.depth)) media.push({ name, relative, type })
      } else if (kind !== 'photos' && isSidecarName(name)) sidecars.push(...(await sidecar(relative)))
      else if (screened && /^(iso|img)$/.test(extensionOf(name))) {
        yield problem(relative, 'not-media', 'An image of a disc. Turn it into one file, for example with MakeMKV, and scan again.')
      }
    }

    sidecars.sort((a, b) => compareRelative(a.relative, b.relative))
    const of = besides(media.map(file => file.name), here.depth > 0 ? sidecars : sidecars.filter(one => !concernsFolder(one.name)), here.inherited)
    const passedOn = here.depth === 0 || kind === 'films' ? [] : [...sidecars.filter(one => concernsFolder(one.name)), ...here.inherited]
    const entries = [
      ...media.map(file => ({ order: file.relative, file, folder: undefined })),
      ...folders.map(folder => ({ order: `${folder.relative}/`, file: undefined, folder })),
    ].sort((a, b) => compareRelative(a.order, b.order))

    for (let start = 0; start < entries.length; start += STATS_AT_ONCE) {
      const some = entries.slice(start, start + STATS_AT_ONCE)
      const stats = await Promise.all(
        some.map(({ file, folder }) =>
          file ? stat(pathOf(file.relative)).catch(codeOf) : stat(pathOf(folder!.relative), { bigint: true }).catch(() => undefined),
        ),
      )
      for (const [index, { file, folder: below }] of some.entries()) {
        signal.throwIfAborted()
        const found = stats[index]
        if (below) {
          const around = typeof found === 'object' ? [...here.around, { dev: BigInt(found.dev), ino: BigInt(found.ino) }] : here.around
          yield* folder({ relative: below.relative, readable: below.readable, depth: here.depth + 1, rules, inherited: passedOn, around })
        } else if (file && typeof found === 'object') {
          const { size, mtimeMs } = found
          const facts = { relative: file.relative, type: file.type, sizeBytes: Number(size), modifiedMs: Math.floor(Number(mtimeMs)) }
          yield { found: 'file', file: { ...facts, beside: of.get(file.name) ?? nothingBeside } }
        } else if (file && found === 'ENAMETOOLONG') yield problem(file.relative, 'too-long', 'The path of this file is too long for the file system.', true)
        else if (file && found !== 'ENOENT') yield problem(file.relative, 'unreadable', `The file cannot be read (${found}).`, true)
      }
    }
  }

  yield* folder({ relative: '', readable: '', depth: 0, rules: [], inherited: [], around: [identity] })
  if (!same(await identityOf(root), identity)) throw new RootLost('missing')
  yield { found: 'end', files }
}
