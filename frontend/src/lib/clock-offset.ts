/**
 * How far this device's clock is behind the server's, in ms, from the `Date` of answers (RFC 9110 §6.6.1). That header has
 * whole seconds only, so each answer gives an interval in which the offset lies; their intersection soon narrows.
 */
export interface ClockOffset {
  readonly lowMs: number
  readonly highMs: number
}

/** Narrows `known` by an answer dated `date`, asked for at `sentMs` and received at `receivedMs` of this device's clock. */
export function narrow(
  known: ClockOffset | undefined,
  date: string | null,
  sentMs: number,
  receivedMs: number,
): ClockOffset | undefined {
  const server = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(server)) return known
  const seen = { lowMs: server - receivedMs, highMs: server + 999 - sentMs }
  if (known === undefined) return seen
  const both = { lowMs: Math.max(known.lowMs, seen.lowMs), highMs: Math.min(known.highMs, seen.highMs) }
  // Either clock was set meanwhile: what was known is worth nothing now.
  return both.lowMs > both.highMs ? seen : both
}

/** The best guess, whole ms to add to this device's clock. */
export const offsetMs = ({ lowMs, highMs }: ClockOffset) => Math.round((lowMs + highMs) / 2)
