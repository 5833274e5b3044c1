import { access, constants, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cutOffFrom } from '../../platform/media/claimed-size.js'
import { MediaError, type MediaEngine, type OpenMedia } from '../../platform/media/media-engine.js'
import type { CutList, RenditionName, SessionPlan } from '../../platform/media/stream-plan.js'
import { audioArguments, videoArguments } from './arguments.js'
import { type Capabilities, readCapabilities } from './capabilities.js'
import { startFfmpeg } from './ffmpeg-process.js'
import { readKeyframes } from './keyframes/read-keyframes.js'
import { type Ffmpeg, locateFfmpeg, type LocateOptions } from './locate-ffmpeg.js'
import { SegmentStore } from './segment-store.js'
import { SegmentedStream } from './segmented-stream.js'
import { startTime } from './start-time.js'
import { subtitleAsWebVtt } from './subtitle.js'

export interface EngineOptions extends LocateOptions {
  /** Bytes of segments kept on disk for each rendition. */
  readonly cacheBytes?: number
}

/** An FFmpeg and what it can do. */
export interface Tool {
  readonly ffmpeg: Ffmpeg
  readonly can: Capabilities
}

const CACHE_BYTES = 512 << 20

/** FFmpeg as the engine of playback. It is looked for when first needed, and again as long as it is not found. */
export class FfmpegEngine implements MediaEngine {
  private found: Promise<Tool> | undefined

  constructor(private readonly options: EngineOptions) {}

  async check(): Promise<void> {
    await this.tool()
  }

  /** The FFmpeg in use and what it can do. */
  tool(): Promise<Tool> {
    this.found ??= this.find().catch(error => {
      this.found = undefined
      throw error
    })
    return this.found
  }

  async keyframes(path: string, streamIndex: number): Promise<readonly number[] | null> {
    const { ffmpeg } = await this.tool()
    await readable(path)
    return readKeyframes(ffmpeg.path, path, streamIndex)
  }

  open(plan: SessionPlan, folder: string): OpenMedia {
    const stream = (name: RenditionName, make: (first: number, tool: Tool, cutOff: boolean) => readonly string[] | Promise<readonly string[]>, cuts: CutList) =>
      new SegmentedStream({
        cuts,
        store: new SegmentStore(join(folder, name), this.options.cacheBytes ?? CACHE_BYTES),
        start: async first => {
          const [tool] = await Promise.all([this.tool(), readable(plan.path)])
          return startFfmpeg(tool.ffmpeg.path, await make(first, tool, await isCutOff(plan.path)))
        },
      })
    const { video, audio } = plan
    const streams: Partial<Record<RenditionName, SegmentedStream>> = {
      ...(video && {
        video: stream(
          'video',
          async (first, { ffmpeg, can }, cutOff) => {
            const burn = video.plan.action === 'encode' ? video.plan.burn?.path : undefined
            const burnStart = burn === undefined ? 0 : await startTime(ffmpeg.path, burn)
            return videoArguments(plan.path, video.plan, video.cuts, first, { can, burnStart, cutOff })
          },
          video.cuts,
        ),
      }),
      ...(audio && { audio: stream('audio', (first, _, cutOff) => audioArguments(plan.path, audio.plan, audio.cuts, first, cutOff), audio.cuts) }),
    }
    const all = Object.values(streams)
    const ending = new AbortController()
    const texts = new Map<number, Promise<Buffer>>()
    return {
      prepare: seconds => all.forEach(one => one.prepare(seconds)),
      rendition: name => {
        const one = streams[name]
        if (!one) throw new MediaError('no-such-segment', `This session has no ${name}`)
        return one
      },
      subtitle: async index => {
        const source = plan.subtitles.find(subtitle => subtitle.index === index)
        if (!source) throw new MediaError('no-such-segment', `This session has no text subtitle ${index}`)
        const made = texts.get(index) ?? this.tool().then(({ ffmpeg }) => subtitleAsWebVtt(ffmpeg.path, plan.path, source, ending.signal))
        texts.set(index, made)
        made.catch(() => texts.delete(index))
        return made
      },
      get segmentsMade() {
        return all.reduce((sum, one) => sum + one.made, 0)
      },
      speed: () => (streams.video ?? streams.audio)?.speed() ?? null,
      close: async () => {
        ending.abort(new MediaError('closed', 'The session has ended'))
        await Promise.all(all.map(one => one.close()))
        await rm(folder, { recursive: true, force: true })
      },
    }
  }

  private async find() {
    const ffmpeg = await locateFfmpeg(this.options)
    return { ffmpeg, can: await readCapabilities(ffmpeg.path) }
  }
}

/** What cannot be looked into is left to FFmpeg to complain of. */
const isCutOff = async (path: string): Promise<boolean> =>
  (await stat(path).then(({ size }) => cutOffFrom(path, size)).catch(() => null)) !== null

async function readable(path: string): Promise<void> {
  await access(path, constants.R_OK).catch(error => {
    throw new MediaError('source-unreadable', `${path} cannot be read: ${(error as Error).message}`, { cause: error })
  })
}
