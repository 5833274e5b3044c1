/** Rec. ITU-T H.264, table A-1: level times ten, macroblocks a second, macroblocks a frame, kilobits a second (High: × 1.25). */
const levels = [
  [21, 19_800, 792, 4_000], [30, 40_500, 1_620, 10_000], [31, 108_000, 3_600, 14_000], [32, 216_000, 5_120, 20_000], [40, 245_760, 8_192, 20_000],
  [42, 522_240, 8_704, 50_000], [50, 589_824, 22_080, 135_000], [51, 983_040, 36_864, 240_000], [52, 2_073_600, 36_864, 240_000],
] as const

/** The lowest level, times ten, that holds such pictures; undefined when none does. */
export function h264Level(width: number, height: number, framesPerSecond: number, bitRate: number): number | undefined {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  return levels.find(
    ([, perSecond, perFrame, kilobits]) => blocks <= perFrame && blocks * framesPerSecond <= perSecond && bitRate <= kilobits * 1250,
  )?.[0]
}
