import type { Response } from '@projectionist/shared/api/endpoint'
import type { DeviceProfile, PlaybackReason } from '@projectionist/shared/api/playback'
import type { ReplayedPlay, whatIf } from '@projectionist/shared/api/time-travel'
import type { MediaInfo } from '@projectionist/shared/events/media'
import { decidePlayback } from './decide-playback.js'

/** A play as it was recorded. */
export interface RecordedPlay extends Pick<ReplayedPlay, 'itemId' | 'title' | 'at' | 'device' | 'was' | 'wasReasons'> {
  /** The file that was played, as it was then; undefined where nothing is known of it. */
  readonly file: { readonly name: string; readonly media: MediaInfo } | undefined
}

/**
 * How plays would have been sent to another device, by today's rules: in the original quality, with the tracks that are played
 * when nobody chooses, keyframes known. Pure.
 */
export function replayPlays(plays: readonly RecordedPlay[], profile: DeviceProfile): Response<typeof whatIf> {
  const replayed = plays.flatMap(({ file, ...play }): ReplayedPlay[] => {
    if (!file) return []
    const { method, reasons } = decidePlayback({ media: file.media, profile, keyframes: true })
    return [{ ...play, file: file.name, wouldBe: method, reasons: [...reasons] }]
  })
  const groups = Map.groupBy(replayed, play => `${play.wouldBe} ${play.reasons.map(reasonText).toSorted().join(' ')}`)
  return {
    device: profile.name,
    plays: replayed.length,
    was: { direct: 0, remux: 0, transcode: 0, ...counts(replayed.map(({ was }) => was)) },
    wouldBe: { direct: 0, remux: 0, transcode: 0, impossible: 0, ...counts(replayed.map(({ wouldBe }) => wouldBe)) },
    unknown: plays.length - replayed.length,
    groups: [...groups.values()]
      .map(group => ({ wouldBe: group[0]!.wouldBe, reasons: group[0]!.reasons, plays: group }))
      .toSorted((a, b) => b.plays.length - a.plays.length),
  }
}

/** What stands in the way, without figures that are each file's own. */
const reasonText = ({ subject, code, detail = '' }: PlaybackReason): string => `${subject}:${code}:${/\d/.test(detail) && detail.includes('>') ? '' : detail}`

const counts = <T extends string>(values: readonly T[]): Partial<Record<T, number>> =>
  Object.fromEntries([...Map.groupBy(values, value => value)].map(([value, same]) => [value, same.length])) as Partial<Record<T, number>>
