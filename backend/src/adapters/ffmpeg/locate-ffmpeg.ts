import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { arch, platform } from 'node:process'
import { promisify } from 'node:util'
import { MediaError } from '../../platform/media/media-engine.js'

const run = promisify(execFile)

/** A working FFmpeg: its path, what it calls itself, and where it was found. */
export interface Ffmpeg {
  readonly path: string
  readonly version: string
  readonly from: 'FFMPEG_PATH' | 'bundled' | 'PATH'
}

export interface LocateOptions {
  /** Value of `FFMPEG_PATH`; when given, nothing else is tried. */
  readonly configured?: string | undefined
  /** Value of `PATH`. */
  readonly searchPath?: string | undefined
  /** The binary that came with the program; found by itself unless given. Null: none. */
  readonly bundled?: string | null
}

const remedy = 'Install FFmpeg (for example `apt install ffmpeg`) or set FFMPEG_PATH to its binary.'

/**
 * Finds FFmpeg: `FFMPEG_PATH`, the one bundled as an npm package, the first on `PATH`; each is run once to see that it
 * works. Rejects with `MediaError` `ffmpeg-missing`, whose message names what was tried and what to do.
 */
export async function locateFfmpeg({ configured, searchPath, bundled }: LocateOptions): Promise<Ffmpeg> {
  if (configured) {
    const found = await tryOut(configured, 'FFMPEG_PATH')
    if ('version' in found) return found
    throw new MediaError('ffmpeg-missing', `FFMPEG_PATH is ${configured}, which does not run: ${found.problem}. ${remedy}`)
  }
  const problems: string[] = []
  const packaged = bundled === undefined ? await bundledBinary() : bundled
  if (packaged) {
    const found = await tryOut(packaged, 'bundled')
    if ('version' in found) return found
    problems.push(`the bundled one does not run: ${found.problem}`)
  }
  for (const folder of (searchPath ?? '').split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg')
    if (!(await isExecutable(candidate))) continue
    const found = await tryOut(candidate, 'PATH')
    if ('version' in found) return found
    problems.push(`${candidate} does not run: ${found.problem}`)
  }
  throw new MediaError('ffmpeg-missing', `FFmpeg was not found${problems.map(problem => `; ${problem}`).join('')}. ${remedy}`)
}

async function tryOut(path: string, from: Ffmpeg['from']): Promise<Ffmpeg | { readonly problem: string }> {
  try {
    const { stdout } = await run(path, ['-version'], { timeout: 10_000 })
    const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1]
    return version ? { path, version, from } : { problem: 'it does not say that it is FFmpeg' }
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : firstLine((error as Error).message) }
  }
}

async function bundledBinary(): Promise<string | null> {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@ffmpeg-binary/${platform}-${arch}/package.json`)
    const binary = join(dirname(manifest), platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg')
    return (await isExecutable(binary)) ? binary : null
  } catch {
    return null
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text
