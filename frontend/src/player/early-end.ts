/** The last that is known of a playhead that moved. */
export interface Moved {
  readonly positionMs: number
  /** By the same clock as `endedMs`. */
  readonly atMs: number
}

/** Less than this missing is a container's inexact account of itself. */
const inexactMs = 3_000

/**
 * Where media really was when it ended before the end it promised, ms; null when it came to its end. Of a file that is cut off,
 * browsers say at the end that they are at the promised end. `unseenMs`: how long a playhead may have moved without being seen to.
 */
export function endedEarlyAt(
  moved: Moved | null,
  { durationMs, endedMs, rate, unseenMs }: { durationMs: number; endedMs: number; rate: number; unseenMs: number },
): number | null {
  if (moved === null || durationMs <= 0) return null
  const furthest = moved.positionMs + Math.min(unseenMs, Math.max(0, endedMs - moved.atMs)) * rate
  return durationMs - furthest > inexactMs ? moved.positionMs : null
}

/** From here on only credits remain, and nobody misses them. */
export const isAsGoodAsWhole = (positionMs: number, durationMs: number): boolean => positionMs >= durationMs * 0.9
