import { isForgotten, isSameMark, markOf, playOf, type Mark, type Met, type Play, type Report } from './plays-and-marks.js'

/** Sums of plays that are no longer kept one by one. */
export interface Older {
  readonly plays: number
  readonly at: number
  readonly completedAt: number | null
}

/**
 * All that one person meant of one item, plays and marks newest first. Intents are joined, never overwritten: the result is the
 * same in whatever order they come and however often (a join-semilattice). JSON keeps it as it is.
 */
export interface Intents {
  readonly plays: readonly Play[]
  readonly marks: readonly Mark[]
  /** Null while every play is kept. */
  readonly older: Older | null
}

export const nothing: Intents = { plays: [], marks: [], older: null }

/** So many plays, and so many marks, are kept one by one in a row; of plays before them only sums. */
const MOST_KEPT = 50

/** What was meant, with one event more; the very same object when the event says nothing new. */
export function join(intents: Intents, event: Met): Intents {
  const mark = markOf(event)
  if (mark) return withMark(intents, mark)
  const play = playOf(event)
  return play ? withPlay(intents, play, event) : intents
}

/** Whether a report or mark is known; the same one, sent again, has the same number, though its time may be told otherwise. */
export function isKnown({ plays, marks }: Intents, event: Met): boolean {
  const mark = markOf(event)
  if (mark) return marks.some(known => isSameMark(known, mark))
  const said = playOf(event)
  const play = plays.find(({ playId }) => playId === said?.playId)
  return [play?.first, play?.last, play?.completed].some(report => report && report.sequence === said!.last?.sequence)
}

/** The same, small enough for a row whatever comes. */
export function bounded({ plays, marks, older }: Intents): Intents {
  let sums = older
  for (const play of plays.slice(MOST_KEPT)) sums = sumOf(sums, play)
  return { plays: plays.slice(0, MOST_KEPT), marks: marks.slice(0, MOST_KEPT), older: sums }
}

function withPlay(intents: Intents, said: Play, event: Met): Intents {
  const { plays, older } = intents
  const index = plays.findIndex(({ playId }) => playId === said.playId)
  // Every play begins with its start, so that what is not kept and does not start was summed up before.
  if (index < 0 && older && event.type !== 'PlaybackStarted') return { ...intents, older: olderAfter(older, event, said) }
  const known = plays[index]
  const play = known ? joinPlays(known, said) : said
  return play === known ? intents : { ...intents, plays: put(plays, index, play, isNewerPlay) }
}

function withMark(intents: Intents, said: Mark): Intents {
  const { marks } = intents
  const index = marks.findIndex(known => isSameMark(known, said))
  const known = marks[index]
  const mark = known ? unlessSame(known, { ...known, at: Math.min(known.at, said.at), turn: Math.max(known.turn, said.turn) }) : said
  return mark === known ? intents : { ...intents, marks: put(marks, index, mark, isNewerMark) }
}

function joinPlays(a: Play, b: Play): Play {
  return unlessSame(a, {
    playId: a.playId,
    device: a.device ?? b.device,
    first: best(a.first, b.first, (one, other) => -byNumber(one, other)),
    last: best(a.last, b.last, byNumber),
    furthestMs: Math.max(a.furthestMs, b.furthestMs),
    completed: best(a.completed, b.completed, (one, other) => -byNumber(one, other)),
    turn: Math.max(a.turn, b.turn),
    dismissedAt: best(a.dismissedAt, b.dismissedAt, (one, other) => one - other),
  })
}

function olderAfter(older: Older, event: Met, said: Play): Older {
  switch (event.type) {
    case 'PlaybackCompleted':
      return { plays: older.plays + 1, at: Math.max(older.at, said.last!.at), completedAt: Math.max(older.completedAt ?? 0, said.last!.at) }
    case 'PlayForgotten':
      return { ...older, plays: older.plays - Number(event.data.completed) }
    case 'PlayRemembered':
      return { ...older, plays: older.plays + Number(event.data.completed) }
    default:
      return { ...older, at: Math.max(older.at, said.last?.at ?? 0) }
  }
}

function sumOf(older: Older | null, play: Play): Older {
  const { plays, at, completedAt } = older ?? { plays: 0, at: 0, completedAt: null }
  if (isForgotten(play)) return { plays, at, completedAt }
  return {
    plays: plays + Number(play.completed !== null),
    at: Math.max(at, play.last?.at ?? 0),
    completedAt: best(completedAt, play.completed?.at ?? null, (one, other) => one - other),
  }
}

/** The device's own count says what came later; the rest makes sure that the order of arrival does not. */
const byNumber = (a: Report, b: Report): number => order([a.sequence, a.at, a.positionMs, a.durationMs], [b.sequence, b.at, b.positionMs, b.durationMs])

const isNewerPlay = (a: Play, b: Play): boolean => order([a.last?.at ?? 0, a.playId], [b.last?.at ?? 0, b.playId]) > 0
const isNewerMark = (a: Mark, b: Mark): boolean =>
  order([a.at, a.sequence, a.mark, a.rating ?? 0, a.deviceTime], [b.at, b.sequence, b.mark, b.rating ?? 0, b.deviceTime]) > 0

/** The list with an item in its place, instead of the one at `index`; a new one when that is -1. */
function put<T>(list: readonly T[], index: number, item: T, isNewer: (a: T, b: T) => boolean): readonly T[] {
  const rest = index < 0 ? list : list.toSpliced(index, 1)
  const place = rest.findIndex(other => isNewer(item, other))
  return rest.toSpliced(place < 0 ? rest.length : place, 0, item)
}

/** Of two, the one that is there, or the better one; the first when they are alike. */
const best = <T>(a: T | null, b: T | null, compare: (a: T, b: T) => number): T | null =>
  a === null || (b !== null && compare(b, a) > 0) ? b : a

function order(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]!
    if (value !== other) return value > other ? 1 : -1
  }
  return 0
}

const unlessSame = <T extends object>(known: T, now: T): T =>
  (Object.keys(now) as (keyof T)[]).every(name => Object.is(known[name], now[name])) ? known : now
