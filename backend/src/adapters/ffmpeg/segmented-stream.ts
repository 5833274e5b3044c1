import { MediaError, type Rendition } from '../../platform/media/media-engine.js'
import type { CutList } from '../../platform/media/stream-plan.js'
import { type Cut, segmentAt } from './cut-samples.js'
import type { FfmpegProcess } from './ffmpeg-process.js'
import { initSegment, mediaSegment } from './fmp4.js'
import { SegmentRun } from './segment-run.js'
import type { SegmentStore } from './segment-store.js'

/** Segments made ahead of the last one asked for; then FFmpeg is held back. */
const AHEAD = 3
/** A segment this far ahead of FFmpeg is waited for; for one farther on FFmpeg is started anew. */
const REACH = 2
/** How often in a row FFmpeg may die without having made anything. */
const ATTEMPTS = 3

export interface StreamOptions {
  readonly cuts: CutList
  readonly store: SegmentStore
  /** Starts FFmpeg so that segment `first` is the first whole one it makes. */
  readonly start: (first: number) => Promise<FfmpegProcess>
}

interface Waiter {
  readonly number: number
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: unknown) => void
}

/** One stream of a session. A request for a segment is its only control: FFmpeg is started, held back and restarted to serve it. */
export class SegmentedStream implements Rendition {
  /** Segments made so far. */
  made = 0
  private run: SegmentRun | undefined
  private initialization: Buffer | undefined
  private asked = 0
  private readonly waiters: Waiter[] = []
  private readonly initWaiters: Waiter[] = []
  private deaths = 0
  private working: Promise<void> | undefined
  private closed = false
  private pace = { seconds: 0, milliseconds: 0 }

  constructor(private readonly options: StreamOptions) {}

  /** Begins to make segments from a time on, before they are asked for. */
  prepare(seconds: number): void {
    this.asked = Math.max(0, segmentAt(this.options.cuts, seconds, 1))
    this.work()
  }

  init(signal?: AbortSignal): Promise<Buffer> {
    if (this.initialization) return Promise.resolve(this.initialization)
    return this.wait(this.initWaiters, this.asked, signal)
  }

  async segment(number: number, signal?: AbortSignal): Promise<Buffer> {
    signal?.throwIfAborted()
    if (this.closed) throw new MediaError('closed', 'The session has ended')
    if (!Number.isInteger(number) || number < 0 || number >= this.options.cuts.times.length - 1)
      throw new MediaError('no-such-segment', `There is no segment ${number}`)
    this.asked = number
    const kept = await this.options.store.read(number)
    signal?.throwIfAborted()
    if (kept) {
      this.work()
      return kept
    }
    return this.wait(this.waiters, number, signal)
  }

  /** Media seconds made for each second of work by the FFmpeg now working; null when it rests. */
  speed(): number | null {
    return this.working && this.pace.milliseconds > 0 ? this.pace.seconds / (this.pace.milliseconds / 1000) : null
  }

  async close(): Promise<void> {
    this.closed = true
    await this.run?.stop()
    await this.working
    this.refuse(new MediaError('closed', 'The session has ended'))
  }

  private wait(list: Waiter[], number: number, signal: AbortSignal | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = list.indexOf(waiter)
        if (at >= 0) list.splice(at, 1)
        reject(signal?.reason)
      }
      const settle = <T>(then: (value: T) => void) => (value: T) => {
        signal?.removeEventListener('abort', leave)
        then(value)
      }
      const waiter = { number, resolve: settle(resolve), reject: settle(reject) }
      list.push(waiter)
      signal?.addEventListener('abort', leave, { once: true })
      if (this.run && list === this.waiters && !this.reaches(this.run, number)) void this.run.stop()
      this.work()
    })
  }

  private reaches(run: SegmentRun, number: number): boolean {
    return number >= run.position && number <= run.position + REACH
  }

  /** The segment to work towards: the one asked for last, else whatever comes after those made ahead. */
  private target(): number | undefined {
    const last = this.waiters.at(-1) ?? this.initWaiters.at(-1)
    if (last) return last.number
    const { store, cuts } = this.options
    const end = Math.min(this.asked + AHEAD, cuts.times.length - 2)
    for (let number = this.asked; number <= end; number++) if (!store.has(number)) return number
    return undefined
  }

  /** Starts the loop unless it runs. */
  private work(): void {
    if (this.closed) return
    this.working ??= this.loop().finally(() => {
      this.working = undefined
      // Somebody may have asked between the loop's last look and its end.
      if (this.waiters.length + this.initWaiters.length > 0) this.work()
    })
  }

  private async loop(): Promise<void> {
    for (let target = this.target(); target !== undefined && !this.closed; target = this.target()) {
      try {
        const kept = this.initialization && (await this.options.store.read(target))
        if (kept) {
          this.serve(target, kept)
          continue
        }
        const run = await this.runFor(target)
        const before = performance.now()
        const cut = await run.next()
        if (!cut) {
          this.run = undefined
          if (run.position <= target) throw new MediaError('source-ends', `The file ends before segment ${target}`)
          continue
        }
        await this.keep(cut)
        this.pace = { seconds: this.pace.seconds + this.seconds(cut.number), milliseconds: this.pace.milliseconds + performance.now() - before }
        this.deaths = 0
      } catch (error) {
        if (!this.recovers(error)) return this.refuse(error)
      }
    }
  }

  private async runFor(target: number): Promise<SegmentRun> {
    if (this.run && this.reaches(this.run, target)) return this.run
    void this.run?.stop()
    this.run = undefined
    this.pace = { seconds: 0, milliseconds: 0 }
    const process = await this.options.start(target)
    this.run = new SegmentRun(process, this.options.cuts, target, track => {
      this.initialization ??= initSegment(track)
      for (const waiter of this.initWaiters.splice(0)) waiter.resolve(this.initialization)
    })
    if (this.closed) void this.run.stop()
    return this.run
  }

  private async keep({ number, start, end, samples }: Cut): Promise<void> {
    const bytes = mediaSegment(number, start, end, samples)
    await this.options.store.write(number, bytes, this.asked)
    this.made++
    this.serve(number, bytes)
  }

  private serve(number: number, bytes: Buffer): void {
    for (const waiter of this.waiters.filter(waiter => waiter.number === number)) {
      this.waiters.splice(this.waiters.indexOf(waiter), 1)
      waiter.resolve(bytes)
    }
  }

  /** Whether to go on after a failure: when FFmpeg was stopped for another place, or died and may live the next time. */
  private recovers(error: unknown): boolean {
    void this.run?.stop()
    this.run = undefined
    if (!(error instanceof MediaError)) return false
    if (error.code === 'closed') return !this.closed
    return error.code === 'ffmpeg-died' && ++this.deaths < ATTEMPTS
  }

  private refuse(error: unknown): void {
    this.deaths = 0
    for (const waiter of [...this.waiters.splice(0), ...this.initWaiters.splice(0)]) waiter.reject(error)
  }

  private seconds(number: number): number {
    const { times, timescale } = this.options.cuts
    return (times[number + 1]! - times[number]!) / timescale
  }
}
