import type { CutList } from '../../platform/media/stream-plan.js'
import type { Sample } from './samples.js'

/** Samples between two cuts, in decoding order, and the ticks of the track's timescale they span. */
export interface Cut {
  readonly number: number
  readonly start: number
  readonly end: number
  readonly samples: readonly Sample[]
}

/** Containers round times to milliseconds at worst; a cut is recognised within this much, which is less than any picture lasts. */
const TOLERANCE_SECONDS = 0.003

/** The segment that holds a time in ticks of `timescale`; -1 before the first. */
export function segmentAt({ timescale: unit, times }: CutList, time: number, timescale: number): number {
  const wanted = (time / timescale + TOLERANCE_SECONDS) * unit
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= wanted) low = middle + 1
    else high = middle
  }
  return Math.min(low, times.length - 1) - 1
}

/**
 * Sorts a run of samples into the segments of a cut list, from segment `first` on; what comes earlier is dropped. A segment
 * begins with the first sync sample at or after its cut. It is given out once the pictures shown before the next segment's
 * first are known (leading pictures follow it in decoding order). A cut without any sample gives an empty segment.
 */
export async function* cutSamples(samples: AsyncIterable<Sample>, cuts: CutList, timescale: number, first: number): AsyncGenerator<Cut> {
  const ticks = (number: number): number => Math.round((cuts.times[number]! / cuts.timescale) * timescale)
  let current: { number: number; samples: Sample[] } | undefined
  let next: { number: number; samples: Sample[] } | undefined

  function* finish(until: { number: number; samples: Sample[] }): Generator<Cut> {
    const end = Math.min(...until.samples.map(sample => sample.pts))
    if (current) yield { ...current, start: ticks(current.number), end: until.number > current.number + 1 ? ticks(current.number + 1) : end }
    for (let hole = current ? current.number + 1 : first; hole < until.number; hole++)
      yield { number: hole, start: ticks(hole), end: ticks(hole + 1), samples: [] }
    current = until
    next = undefined
  }

  const end = ticks(cuts.times.length - 1) - TOLERANCE_SECONDS * timescale
  for await (const sample of samples) {
    if (sample.pts >= end) continue
    const number = sample.sync ? segmentAt(cuts, sample.pts, timescale) : -1
    if (next && (sample.pts > next.samples[0]!.pts || number > next.number)) yield* finish(next)
    if (number >= first && number > (next ?? current ?? { number: -1 }).number) next = { number, samples: [sample] }
    else (next ?? current)?.samples.push(sample)
  }
  if (next) yield* finish(next)
  if (!current) return
  const last = current.samples.reduce((a, b) => (b.pts > a.pts ? b : a))
  yield { ...current, start: ticks(current.number), end: Math.max(last.pts + last.duration, last.pts + 1) }
}
