/** From here on only credits remain. */
export const isFinished = (positionMs: number, durationMs: number): boolean => durationMs > 0 && positionMs >= durationMs * 0.9

/** So little was seen that nobody would call it begun: up to a minute, less where the whole thing is short. */
export const isBarelyBegun = (positionMs: number, durationMs: number): boolean => positionMs < Math.min(60_000, durationMs * 0.05)
