import type { Intents } from './intents.js'
import { isDismissed, isForgotten, type Play, type Report } from './plays-and-marks.js'
import { isBarelyBegun, isFinished } from './progress.js'

/** Where a person is in an item on another device than the one that counts: worth telling, theirs to choose. */
export interface OtherPlace {
  readonly playId: string
  readonly positionMs: number
  readonly durationMs: number
  readonly device: string
  readonly at: number
}

/** Where a person stands with an item. Times in ms since 1970. */
export interface Standing {
  /** The play that gives the place; null when none does. */
  readonly playId: string | null
  readonly positionMs: number
  readonly durationMs: number
  /** Begun and not finished: it belongs into continue watching. */
  readonly unfinished: boolean
  readonly watched: boolean
  readonly plays: number
  readonly lastPlayedAt: number | null
  readonly watchedAt: number | null
  readonly rating: number | null
  readonly elsewhere: OtherPlace | null
}

type Heard = Play & { readonly last: Report; readonly first: Report }

/** Two plays further apart are two viewings, whatever either device knew of the other. */
const CONCURRENT_MS = 30 * 86_400_000

/**
 * What all intents come to: the newest says where the person is. A mark beats every play before it and at the same moment; a play
 * after a mark beats it; a look at the first minute takes no place away. See docs/progress-merge.md.
 */
export function standingOf({ plays, marks, older }: Intents): Standing {
  const heard = plays.filter((play): play is Heard => play.last !== null && !isForgotten(play))
  const meant = marks.filter(mark => !isForgotten(mark))
  const mark = meant.find(({ mark: said }) => said !== 'rated')
  const since = heard.filter(({ last }) => last.at > (mark?.at ?? -1))
  const current = since.find(play => !isLook(play)) ?? since[0]
  const seen = [...heard.map(({ completed }) => completed?.at ?? null), ...(older && older.plays > 0 ? [older.completedAt] : [])]
  const seenAt = newest(seen)
  const watched = mark && (seenAt === null || mark.at >= seenAt) ? mark.mark === 'watched' : seenAt !== null
  const place = current?.last
  const finished = place !== undefined && isFinished(place.positionMs, place.durationMs)
  return {
    playId: current?.playId ?? null,
    positionMs: place && !finished ? place.positionMs : 0,
    durationMs: (place ?? heard[0]?.last)?.durationMs ?? 0,
    unfinished: place !== undefined && !finished && !isBarelyBegun(place.positionMs, place.durationMs),
    watched,
    plays: heard.filter(({ completed }) => completed !== null).length + (older?.plays ?? 0),
    lastPlayedAt: newest([...heard.map(({ last }) => last.at), older && older.at > 0 ? older.at : null]),
    watchedAt: watched ? newest([seenAt, mark?.mark === 'watched' ? mark.at : null]) : null,
    rating: meant.find(({ mark: said }) => said === 'rated')?.rating ?? null,
    elsewhere: current ? elsewhereOf(current, since, seenAt) : null,
  }
}

/** The furthest place of another device that the one that counts did not start from: it knew nothing of it. */
function elsewhereOf(current: Heard, plays: readonly Heard[], seenAt: number | null): OtherPlace | null {
  const isFurther = (from: Report, { last }: Heard): boolean => !isBarelyBegun(last.positionMs - from.positionMs, last.durationMs)
  const others = plays.filter(
    play =>
      play.device?.id !== current.device?.id &&
      play.last.at <= current.last.at &&
      play.last.at > (seenAt ?? -1) &&
      current.last.at - play.last.at <= CONCURRENT_MS &&
      !isDismissed(play) &&
      !isFinished(play.last.positionMs, play.last.durationMs) &&
      isFurther(current.last, play) &&
      isFurther(current.first, play),
  )
  const [furthest] = others.toSorted((a, b) => b.last.positionMs - a.last.positionMs)
  if (!furthest) return null
  const { positionMs, durationMs, at } = furthest.last
  return { playId: furthest.playId, positionMs, durationMs, device: furthest.device?.name ?? '', at }
}

/** Somebody looked in and was gone within the first minute. */
const isLook = ({ last, furthestMs }: Heard): boolean => isBarelyBegun(furthestMs, last.durationMs)

const newest = (times: readonly (number | null)[]): number | null =>
  times.reduce<number | null>((latest, time) => (time !== null && time > (latest ?? -Infinity) ? time : latest), null)

