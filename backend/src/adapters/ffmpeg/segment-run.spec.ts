import { describe, expect, it } from 'vitest'
import type { FfmpegProcess } from './ffmpeg-process.js'
import { SegmentRun } from './segment-run.js'

const cuts = { timescale: 1, times: [0, 4, 8] }

/** An FFmpeg that writes what it is given and then neither writes nor ends, until it is killed. */
function hanging(...bytes: readonly Buffer[]): FfmpegProcess & { readonly killed: Promise<void> } {
  const { promise: killed, resolve: kill } = Promise.withResolvers<void>()
  const output = (async function* () {
    yield* bytes
    await killed
    throw new Error('Premature close')
  })()
  return { output, killed, kill, pid: undefined, ended: killed.then(() => ({ code: null, said: '' })) }
}

describe('a run of FFmpeg', () => {
  it('that hangs is killed and counts as dead', async () => {
    const process = hanging(Buffer.from([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65]))
    await expect(new SegmentRun(process, cuts, 0, () => undefined, 20).next()).rejects.toMatchObject({ code: 'ffmpeg-died', message: 'FFmpeg stood still' })
    await process.killed
  })

  it('that is stopped says so', async () => {
    const run = new SegmentRun(hanging(), cuts, 0, () => undefined)
    const next = run.next()
    await Promise.all([expect(next).rejects.toMatchObject({ code: 'closed' }), run.stop()])
  })

  it('that writes something else is refused', async () => {
    const run = new SegmentRun(hanging(Buffer.from('no boxes at all')), cuts, 0, () => undefined)
    await expect(run.next()).rejects.toMatchObject({ code: 'ffmpeg-died' })
  })
})
