import { narrow, offsetMs, type ClockOffset } from './clock-offset.js'

/** When this device did something, as reports and marks tell it. */
export interface DeviceSays {
  /** Grows with everything this device tells, also across its pages. */
  readonly sequence: number
  readonly deviceTime: string
  readonly clockOffsetMs?: number
}

let clock: ClockOffset | undefined
let asked = -Infinity
const oftenMs = 10 * 60_000

/** Asks the server for its time, once in a while. */
export function measureClock(): void {
  if (performance.now() - asked < oftenMs) return
  asked = performance.now()
  const sentMs = Date.now()
  fetch('/api/health', { cache: 'no-store' }).then(
    answer => (clock = narrow(clock, answer.headers.get('date'), sentMs, Date.now())),
    () => (asked = -Infinity),
  )
}

/** How far this device's clock is behind the server's, ms; undefined until it was compared. */
export const clockOffsetMs = (): number | undefined => clock && offsetMs(clock)

const sequenceKey = 'progress-sequence'
export function nextSequence(): number {
  const next = (Number(localStorage.getItem(sequenceKey)) || 0) + 1
  localStorage.setItem(sequenceKey, String(next))
  return next
}

/** The next thing this device tells, done now. */
export function deviceSays(): DeviceSays {
  const offset = clockOffsetMs()
  return {
    sequence: nextSequence(),
    deviceTime: new Date().toISOString(),
    ...(offset !== undefined && { clockOffsetMs: offset }),
  }
}
