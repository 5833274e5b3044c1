import type { FrameRate } from '../../platform/media/stream-plan.js'

const whole = (rate: number): FrameRate => ({ num: rate * 1000, den: 1000 })
const ntsc = (rate: number): FrameRate => ({ num: rate * 1000, den: 1001 })
const rates: readonly FrameRate[] = [
  whole(10), whole(12), whole(15), ntsc(24), whole(24), whole(25), ntsc(30), whole(30), whole(48), whole(50), ntsc(60), whole(60), whole(100),
  ntsc(120), whole(120),
]
const value = ({ num, den }: FrameRate): number => num / den

/**
 * The rate at which pictures are made anew: the source's when it is a usual one, else (a varying rate) the next higher
 * usual one, so that no picture is lost; halved until it is within `most`.
 */
export function encodingRate(source: number | undefined, most: number): FrameRate {
  const wanted = source ?? 30
  const usual = rates.find(rate => Math.abs(value(rate) - wanted) / wanted < 0.0006) ?? rates.find(rate => value(rate) >= wanted) ?? whole(60)
  let rate = usual
  while (value(rate) > most * 1.001 && value(rate) > 20) rate = { num: rate.num / 2, den: rate.den }
  return rate
}
