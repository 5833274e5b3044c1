import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artwork, ArtworkSource } from '@projectionist/shared/events/media'
import { BadLocation, resolveLocation } from '../../platform/media/file-location.js'
import { typeOfName } from '../../platform/media/media-types.js'
import { withPlainPath } from '../../platform/media/plain-path.js'
import { NoPicture, type Pictures, type PictureSubject } from '../../platform/media/pictures.js'
import { childPool, ChildLost, TaskFailed, type ChildPool } from '../../platform/processes/child-pool.js'
import { compiled } from '../../platform/processes/compiled.js'
import { candidates } from './candidates.js'
import { renderingOf, type Description, type PictureInput, type PictureTask } from './picture-task.js'

export interface PictureMakerOptions {
  /** For what is derived; pictures go into a folder in it. */
  readonly cache: string
  /** Takes pictures out of media files. Both reject when they cannot. */
  readonly stills: {
    at(path: string, atMs: number, signal?: AbortSignal): Promise<Buffer>
    attached(path: string, signal?: AbortSignal): Promise<Buffer>
  }
  /** How many at once. */
  readonly size?: number
}

/** Pictures decoded, measured and made in child processes: what a broken one does to its decoder stays there. */
export function pictureMaker({ cache, stills, size = 2 }: PictureMakerOptions): Pictures {
  const folder = join(cache, 'pictures')
  const pool: ChildPool<PictureTask, Description | undefined> = childPool({
    entry: compiled(import.meta.url, './picture-child.js'),
    size,
    timeoutMs: 60_000,
    idleMs: 20_000,
    tasksPerChild: 2000,
  })
  const rendering = new Map<string, Promise<void>>()

  const run = async (task: PictureTask, signal?: AbortSignal): Promise<Description | undefined> => {
    try {
      return await pool.run(task, signal)
    } catch (error) {
      if (error instanceof TaskFailed && error.code === 'ENOSPC') throw Object.assign(new Error(error.message), { code: 'ENOSPC' })
      if (error instanceof TaskFailed) throw new NoPicture(error.message, error.code as NoPicture['code'])
      if (error instanceof ChildLost) throw new NoPicture(error.message, 'unreadable')
      throw error
    }
  }

  const inputOf = async (source: ArtworkSource, root: string, signal?: AbortSignal): Promise<PictureInput> => {
    const path = pathOf(source, root)
    if (source.from === 'file') return { path }
    // Audio files keep their cover in their tags, other media as a stream or attachment.
    if (source.from === 'embedded' && typeOfName(source.location.relative) === 'audio') return { tagsOf: path }
    const bytes = await withPlainPath(path, plain => (source.from === 'frame' ? stills.at(plain, source.atMs, signal) : stills.attached(plain, signal))).catch(
      (error: Error) => {
        throw signal?.aborted ? error : new NoPicture(error.message, 'unreadable')
      },
    )
    if (bytes.length === 0) throw new NoPicture('There is no picture in it', 'not-a-picture')
    return { bytes }
  }

  return {
    async find(subject: PictureSubject, signal?: AbortSignal) {
      const found: Artwork[] = []
      for (const { role, source } of await candidates(subject)) {
        if (found.some(artwork => artwork.role === role)) continue
        try {
          const input = await inputOf(source, subject.root, signal)
          const described = await run({ do: 'describe', input, keep: folder }, signal)
          found.push({ role, source, ...described! })
        } catch (error) {
          // The next best one may do.
          if (!(error instanceof NoPicture)) throw error
        }
      }
      return found
    },

    async render(source: ArtworkSource, root: string, contentHash: string, width: number) {
      const to = renderingOf(folder, contentHash, width)
      if (!(await exists(to))) {
        let making = rendering.get(to)
        if (!making) {
          making = inputOf(source, root)
            .then(input => run({ do: 'render', input, width, to }))
            .then(() => undefined)
            .finally(() => rendering.delete(to))
          rendering.set(to, making)
        }
        await making
      }
      return { path: to, type: 'image/webp' }
    },

    async kept(contentHash: string, width: number) {
      const path = renderingOf(folder, contentHash, width)
      return (await exists(path)) ? { path, type: 'image/webp' } : undefined
    },

    close: () => pool.close(),
  }
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)

function pathOf({ location: { relative } }: ArtworkSource, root: string): Uint8Array {
  try {
    return resolveLocation(root, relative)
  } catch (error) {
    if (error instanceof BadLocation) throw new NoPicture(error.message, 'gone')
    throw error
  }
}
