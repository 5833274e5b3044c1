import type { Quality } from '@projectionist/shared/api/playback'

/** A rung of the ladder. Bits a second for picture and sound together. */
export interface Rung {
  readonly id: string
  readonly height: number
  readonly bitRate: number
}

const rung = (height: number, megabits: number): Rung => ({ id: `${height}p`, height, bitRate: megabits * 1e6 })
/** What x264 needs for a picture that pleases at each height, at up to 60 pictures a second. */
export const rungs: readonly Rung[] = [rung(2160, 25), rung(1440, 14), rung(1080, 8), rung(720, 4), rung(480, 1.8), rung(360, 0.9)]
/** For what has sound only. */
export const soundRungs: readonly Rung[] = [192_000, 96_000].map(bitRate => ({ id: `${bitRate / 1000}k`, height: 0, bitRate }))

export const ORIGINAL = 'original'
const original: Quality = { id: ORIGINAL, label: 'Original', height: null, bitRate: null }

const rate = (bitRate: number): string => (bitRate >= 1e6 ? `${Number((bitRate / 1e6).toFixed(1))} Mb/s` : `${Math.round(bitRate / 1000)} kb/s`)

/**
 * What a person can choose: the original, and all rungs below it. The rung of the original's own height is there when it
 * saves something: the original takes more, or nobody knows what it takes.
 */
export function ladder(height: number, bitRate: number | undefined): readonly Quality[] {
  const worthwhile = rungs.filter(rung => rung.height < height || (rung.height === height && (bitRate === undefined || bitRate > rung.bitRate)))
  return [original, ...worthwhile.map(({ id, height, bitRate }) => ({ id, label: `${height}p · ${rate(bitRate)}`, height, bitRate }))]
}

export function soundLadder(bitRate: number | undefined): readonly Quality[] {
  const worthwhile = soundRungs.filter(rung => bitRate === undefined || bitRate > rung.bitRate)
  return [original, ...worthwhile.map(({ id, bitRate }) => ({ id, label: rate(bitRate), height: null, bitRate }))]
}
