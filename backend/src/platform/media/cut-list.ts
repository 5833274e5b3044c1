import type { CutList, FrameRate } from './stream-plan.js'

/** Seconds. The first segments are short, so that playing starts soon; all are short enough that a jump is answered soon. */
const FIRST_LENGTHS = [1]
const LENGTH = 2
/** Copied pictures: keyframes nearer to each other than this share a segment. */
const LEAST_COPIED = 3
const COPY_TIMESCALE = 90_000
/** Samples in a frame of AAC-LC (ISO/IEC 14496-3). */
const AAC_FRAME = 1024

/** The planned starts of segments, seconds: `FIRST_LENGTHS`, then every `LENGTH`. */
function* evenly(durationSeconds: number): Generator<number> {
  let at = 0
  for (let index = 0; at < durationSeconds; index++) {
    yield at
    at += FIRST_LENGTHS[index] ?? LENGTH
  }
}

/** Cuts of pictures made anew: on whole pictures of the frame rate, which is also the timescale's. */
export function encodedVideoCuts(durationMs: number, { num, den }: FrameRate): CutList {
  const pictures = Math.max(1, Math.round((durationMs * num) / (1000 * den)))
  const starts = [...evenly(durationMs / 1000)].map(seconds => wholeFrom((seconds * num) / den)).filter(picture => picture < pictures)
  return tidy(num, [...starts, pictures].map(picture => picture * den))
}

/** Cuts of pictures passed on as they are: at keyframes, given in ascending seconds, at least three seconds apart. */
export function copiedVideoCuts(durationMs: number, keyframes: readonly number[]): CutList {
  const end = durationMs / 1000
  const starts = [0]
  for (const time of keyframes) if (time - starts.at(-1)! >= LEAST_COPIED && end - time > 0.1) starts.push(time)
  return tidy(COPY_TIMESCALE, [...starts, end].map(seconds => Math.round(seconds * COPY_TIMESCALE)))
}

/** Cuts of AAC made anew: on its grid of 1024 samples, at or after the times at which pictures are cut (or evenly without). */
export function encodedAudioCuts(durationMs: number, sampleRate: number, pictures: CutList | null): CutList {
  const frames = Math.max(1, Math.ceil((durationMs * sampleRate) / (1000 * AAC_FRAME)))
  const starts = startsOf(durationMs, pictures).map(seconds => wholeFrom((seconds * sampleRate) / AAC_FRAME)).filter(frame => frame < frames)
  return tidy(sampleRate, [...starts, frames].map(frame => frame * AAC_FRAME))
}

/** Cuts of sound passed on as it is: segments begin with the first frame at or after these. */
export function copiedAudioCuts(durationMs: number, pictures: CutList | null): CutList {
  const end = Math.round((durationMs / 1000) * COPY_TIMESCALE)
  const starts = startsOf(durationMs, pictures).map(seconds => Math.round(seconds * COPY_TIMESCALE)).filter(time => time < end)
  return tidy(COPY_TIMESCALE, [...starts, end])
}

const startsOf = (durationMs: number, pictures: CutList | null): readonly number[] =>
  pictures ? pictures.times.slice(0, -1).map(time => time / pictures.timescale) : [...evenly(durationMs / 1000)]

/** The first whole number at or after, with what floating point may be off. */
const wholeFrom = (value: number): number => Math.max(0, Math.ceil(value - 1e-6))

/** Strictly ascending from 0; rounding may have made neighbours equal. */
function tidy(timescale: number, times: readonly number[]): CutList {
  return { timescale, times: times.filter((time, index) => index === 0 || time > times[index - 1]!) }
}

/** Seconds that each segment lasts. */
export function segmentSeconds({ timescale, times }: CutList): readonly number[] {
  return times.slice(1).map((time, index) => (time - times[index]!) / timescale)
}
