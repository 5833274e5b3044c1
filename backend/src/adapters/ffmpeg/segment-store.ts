import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MediaError } from '../../platform/media/media-engine.js'

/** Segments of one rendition on disk, at most so many bytes; those farthest from where the player is go first. */
export class SegmentStore {
  private readonly sizes = new Map<number, number>()
  private total = 0
  private made: Promise<unknown> | undefined

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  has(number: number): boolean {
    return this.sizes.has(number)
  }

  /** The segment, or undefined when it is not here (any more). */
  async read(number: number): Promise<Buffer | undefined> {
    if (!this.sizes.has(number)) return undefined
    try {
      return await readFile(this.path(number))
    } catch {
      this.forget(number)
      return undefined
    }
  }

  /** Keeps a segment. Rejects with `MediaError` `disk-full`. `playing` is the segment the player is at. */
  async write(number: number, bytes: Buffer, playing: number): Promise<void> {
    try {
      await (this.made ??= mkdir(this.folder, { recursive: true, mode: 0o700 }))
      await writeFile(this.path(number), bytes, { mode: 0o600 })
    } catch (error) {
      this.made = undefined
      throw noRoom(error) ? new MediaError('disk-full', `No room for segments in ${this.folder}`, { cause: error }) : error
    }
    this.forget(number)
    this.sizes.set(number, bytes.length)
    this.total += bytes.length
    while (this.total > this.maxBytes && this.sizes.size > 1) await this.drop(this.farthestFrom(playing))
  }

  private farthestFrom(playing: number): number {
    return [...this.sizes.keys()].reduce((a, b) => (Math.abs(b - playing) > Math.abs(a - playing) ? b : a))
  }

  private async drop(number: number): Promise<void> {
    this.forget(number)
    await rm(this.path(number), { force: true })
  }

  private forget(number: number): void {
    this.total -= this.sizes.get(number) ?? 0
    this.sizes.delete(number)
  }

  private path(number: number): string {
    return join(this.folder, `${number}.m4s`)
  }
}

const noRoom = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
