/** When something happened by the device's own account. */
export interface Clock {
  readonly deviceSequence: number
  readonly deviceTime: string
  readonly clockOffsetMs: number
}

/** Nothing was played here before: a clock that says so was never set. */
const EARLIEST = Date.UTC(2020, 0, 1)

/**
 * When something happened by the server's clock, ms since 1970: the device's time with its offset, never later than `now`,
 * when it was heard of, nor earlier than `notBefore`.
 */
export function happenedAt({ deviceTime, clockOffsetMs }: Omit<Clock, 'deviceSequence'>, now: number, notBefore = EARLIEST): number {
  return Math.min(now, Math.max(EARLIEST, notBefore, Date.parse(deviceTime) + clockOffsetMs))
}

/**
 * The times of what one device sends together, given in the order it happened. Where its clock was set back meanwhile, or is
 * ahead, the order stands and the times give way: each is later than the one before, none later than `now`.
 */
export function inOrder(times: readonly number[], now: number): number[] {
  let before = -Infinity
  return times.map((time, index) => {
    before = Math.max(time, before + 1)
    return Math.min(before, now - (times.length - 1 - index))
  })
}
