import { MediaError } from '../../platform/media/media-engine.js'
import type { CutList } from '../../platform/media/stream-plan.js'
import { OUTPUT_SHIFT_SECONDS } from './arguments.js'
import { type Cut, cutSamples } from './cut-samples.js'
import type { FfmpegProcess } from './ffmpeg-process.js'
import { readSamples, type Sample, type Track } from './samples.js'

/**
 * FFmpeg that is wanted and writes nothing for so long has hung: 7.0 deadlocks now and then when a subtitle ends before the
 * picture it is laid over. Killed, it is started anew like one that died.
 */
const STALL_MS = 12_000

/** One FFmpeg, from its start at a segment until it ends or is no longer wanted. Makes a segment only when asked for the next. */
export class SegmentRun {
  /** The segment that `next` gives next. */
  position: number
  private readonly cuts: AsyncGenerator<Cut>
  private stopped = false
  private stalled = false

  constructor(
    private readonly process: FfmpegProcess,
    cuts: CutList,
    readonly first: number,
    private readonly described: (track: Track) => void,
    private readonly stallMs = STALL_MS,
  ) {
    this.position = first
    this.cuts = this.cut(cuts)
  }

  /** The next segment; undefined when the source has no more. Rejects with `MediaError` when FFmpeg fails or was stopped. */
  async next(): Promise<Cut | undefined> {
    const { value, done } = await this.cuts.next()
    if (done) return undefined
    this.position = (value as Cut).number + 1
    return value as Cut
  }

  /** Ends FFmpeg; a pending `next` rejects with `closed`. Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.stopped = true
    this.process.kill()
    await this.process.ended.catch(() => undefined)
  }

  private async *cut(cuts: CutList): AsyncGenerator<Cut> {
    const parts = readSamples(this.watched(this.process.output))
    try {
      const { value: part, done } = await parts.next()
      if (done || part.kind !== 'track') return yield* this.ending('source-unreadable')
      const { track } = part
      this.described(track)
      yield* cutSamples(this.samples(parts, OUTPUT_SHIFT_SECONDS * track.timescale), cuts, track.timescale, this.first)
    } catch (error) {
      if (this.stopped) throw new MediaError('closed', 'Stopped', { cause: error })
      if (this.stalled) throw new MediaError('ffmpeg-died', 'FFmpeg stood still', { cause: error })
      if (error instanceof RangeError) throw new MediaError('ffmpeg-died', `FFmpeg wrote what is no MP4: ${error.message}`)
      throw error
    } finally {
      this.process.kill()
    }
  }

  /** The bytes as they come. The clock runs only while we wait: held back by a full pipe, FFmpeg has all the time. */
  private async *watched(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const pieces = bytes[Symbol.asyncIterator]()
    for (;;) {
      const timer = setTimeout(() => {
        this.stalled = true
        this.process.kill()
      }, this.stallMs)
      const { value, done } = await pieces.next().finally(() => clearTimeout(timer))
      if (done) return
      yield value as Buffer
    }
  }

  private async *samples(parts: AsyncIterable<{ kind: string; sample?: Sample }>, shift: number): AsyncGenerator<Sample> {
    for await (const { sample } of parts) if (sample) yield { ...sample, pts: sample.pts - shift }
    yield* this.ending('ffmpeg-died')
  }

  /** What was read last counts only when FFmpeg ended in peace: else it may be half a segment. */
  private async *ending(failure: 'source-unreadable' | 'ffmpeg-died'): AsyncGenerator<never> {
    const { code, said } = await this.process.ended
    if (code === null) throw new MediaError('ffmpeg-died', 'FFmpeg was killed')
    if (code !== 0) throw new MediaError(failure, said || `FFmpeg ended with ${code}`)
  }
}
