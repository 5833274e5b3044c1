import {
  ItemRated, MarkedUnwatched, MarkedWatched, MarkForgotten, MarkRemembered, OtherPlaceDismissed, PlaybackCompleted, PlaybackProgressed, PlaybackStarted,
  PlayForgotten, PlayRemembered, PlayStopped, playbackEvents, type PlaybackEvent,
} from '@projectionist/shared/events/playback'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { revert } from '../../platform/eventing/decider.js'
import { join, nothing } from './intents.js'
import { DismissOtherPlace, MarkWatched, playback, RateItem, RecordProgress } from './playback.js'
import { isBarelyBegun } from './progress.js'
import { standingOf } from './standing.js'

const userId = '0a0a0a0a-0000-4000-8000-000000000001'
const itemId = '0f0f0f0f-0000-4000-8000-000000000001'
const playId = '0b0b0b0b-0000-4000-8000-000000000001'
const durationMs = 7_200_000
/** Device time of the n-th thing that happened: a minute after the one before. */
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 18, n)).toISOString()
const told = (n: number) => ({ deviceSequence: n, deviceTime: at(n), clockOffsetMs: 0 })
const clock = (n: number) => ({ ...told(n), happenedAt: at(n) })
const source = { libraryId: itemId, fileId: itemId, method: 'direct' as const, device: { id: 'sofa', name: 'Sofa' } }
const report = (positionMs: number, n: number, cause: 'pause' | 'stop' = 'pause', when: object = {}) =>
  new RecordProgress({ userId, itemId, playId, positionMs, durationMs, cause, ...source, ...told(n), ...when }, by)
const mark = (watched: boolean, n: number) => new MarkWatched({ userId, itemId, watched, ...told(n) }, by)
const rate = (rating: number | null, n: number) => new RateItem({ userId, itemId, rating, ...told(n) }, by)
const started = (positionMs: number, n: number) => PlaybackStarted({ playId, positionMs, durationMs, ...source, ...clock(n) })
const progressed = (positionMs: number, n: number, cause: 'pause' | 'stop' = 'pause') =>
  PlaybackProgressed({ playId, positionMs, durationMs, cause, ...clock(n) })
const completed = (positionMs: number, n: number) => PlaybackCompleted({ playId, positionMs, durationMs, ...clock(n) })
const history = (...events: PlaybackEvent[]) => given(playback, events)
const folded = (...events: PlaybackEvent[]) => events.reduce(join, nothing)

describe('playback', () => {
  it('starts with the first report', () => {
    history().when(report(60_000, 1)).then(started(60_000, 1), progressed(60_000, 1))
  })
  it('goes on with the next', () => {
    history(started(0, 1), progressed(0, 1)).when(report(90_000, 2)).then(progressed(90_000, 2))
  })
  it('drops a report that says nothing new: one that comes twice, or an earlier one between others', () => {
    history(started(0, 1), progressed(90_000, 3)).when(report(90_000, 3)).then()
    history(started(0, 1), progressed(90_000, 3)).when(report(60_000, 2)).then()
  })
  it('records a late report that means something: the film was seen to its end before', () => {
    history(started(0, 1), progressed(90_000, 3)).when(report(7_000_000, 2)).then(progressed(7_000_000, 2), completed(7_000_000, 2))
  })
  it('is completed when only credits remain, once a play', () => {
    history(started(0, 1), progressed(0, 1)).when(report(6_480_000, 2)).then(progressed(6_480_000, 2), completed(6_480_000, 2))
    history(started(0, 1), progressed(6_480_000, 2), completed(6_480_000, 2)).when(report(7_000_000, 3, 'stop')).then(progressed(7_000_000, 3, 'stop'))
  })
  it('takes a device’s time with its offset, but nothing from the future, from before there was anything, or from before it can be', () => {
    const happened = (when: object) => {
      const [event] = playback.decide(report(0, 1, 'pause', when), nothing, { now: new Date('2026-01-01T20:00:00Z') })
      return (event!.data as { happenedAt: string }).happenedAt
    }
    expect(happened({ clockOffsetMs: 60_000 })).toBe(at(2))
    expect(happened({ deviceTime: '2031-05-05T00:00:00.000Z' })).toBe('2026-01-01T20:00:00.000Z')
    expect(happened({ deviceTime: '1970-01-01T00:10:00.000Z' })).toBe('2020-01-01T00:00:00.000Z')
    expect(happened({ deviceTime: '1970-01-01T00:10:00.000Z', notBefore: Date.parse(at(30)) })).toBe(at(30))
  })
  it('is marked whatever stands, since a mark also speaks to what has yet to be heard of; but once', () => {
    history().when(mark(true, 9)).then(MarkedWatched(clock(9)))
    history(started(0, 1), completed(7_000_000, 2)).when(mark(true, 9)).then(MarkedWatched(clock(9)))
    history().when(mark(false, 9)).then(MarkedUnwatched(clock(9)))
    history(MarkedUnwatched(clock(9))).when(mark(false, 9)).then()
    history(MarkedUnwatched(clock(9))).when(mark(true, 8)).then(MarkedWatched(clock(8)))
  })
  it('is rated, and the rating taken back', () => {
    history().when(rate(8, 9)).then(ItemRated({ rating: 8, ...clock(9) }))
    history(ItemRated({ rating: 8, ...clock(9) })).when(rate(8, 9)).then()
    history(ItemRated({ rating: 8, ...clock(1) })).when(rate(null, 9)).then(ItemRated({ rating: null, ...clock(9) }))
  })
  it('says of a mark in which library it is, where that is known, and of its being taken back as well', () => {
    const libraryId = '0f0f0f0f-0000-4000-8000-0000000000f1'
    const at = { userId, itemId, libraryId, ...told(9) }
    history().when(new MarkWatched({ ...at, watched: true }, by)).then(MarkedWatched({ ...clock(9), libraryId }))
    history().when(new RateItem({ ...at, rating: 8 }, by)).then(ItemRated({ rating: 8, ...clock(9), libraryId }))
    history(MarkedWatched(clock(9))).when(new MarkWatched({ ...at, watched: true }, by)).then()
    const rated = ItemRated({ rating: 8, ...clock(9), libraryId })
    expect(revert(playback, rated, folded(rated))).toMatchObject([{ type: 'MarkForgotten', data: { libraryId, turn: 1 } }])
  })
  it('is no more told of another place once that was dismissed, if there is one', () => {
    const dismiss = new DismissOtherPlace({ userId, itemId, playId, ...told(9) }, by)
    history().when(dismiss).then()
    history(started(0, 1)).when(dismiss).then(OtherPlaceDismissed({ playId, ...clock(9) }))
    history(started(0, 1), OtherPlaceDismissed({ playId, ...clock(9) })).when(dismiss).then()
  })
  it('has a stream for each person and item', () => {
    expect(playback.streamId(report(0, 0))).toBe(`playback-${userId}.${itemId}`)
  })
  it('counts as begun after a minute, or sooner in something short', () => {
    expect([isBarelyBegun(59_999, durationMs), isBarelyBegun(60_000, durationMs), isBarelyBegun(600, 10_000)]).toEqual([true, false, false])
  })
})

describe('taking playback back', () => {
  const play = [started(0, 1), progressed(60_000, 2), progressed(7_000_000, 3), completed(7_000_000, 3)]
  /** As the undo process does it: newest first, each answer folded in before the next. */
  const undo = (events: readonly PlaybackEvent[], history: readonly PlaybackEvent[]): PlaybackEvent[] => {
    const said: PlaybackEvent[] = []
    for (const event of events.toReversed()) {
      const way = revert(playback, event, folded(...history, ...said))
      if (!Array.isArray(way)) throw new Error(JSON.stringify(way))
      said.push(...(way as PlaybackEvent[]))
    }
    return said
  }

  it('has a way for every kind of event but that somebody else stopped it', () => {
    const own = playbackEvents.filter(type => type !== PlayStopped)
    expect(Object.keys(playback.reverts!).toSorted()).toEqual(own.map(({ name }) => name).toSorted())
  })
  it('forgets a play as a whole, once', () => {
    expect(undo(play, play)).toEqual([PlayForgotten({ playId, completed: true, turn: 1 })])
    expect(standingOf(folded(...play, ...undo(play, play)))).toEqual(standingOf(nothing))
  })
  it('can itself be taken back, and that too', () => {
    const forgotten = [...play, ...undo(play, play)]
    const remembered = [...forgotten, ...undo(forgotten.slice(4), forgotten)]
    expect(remembered.at(-1)).toEqual(PlayRemembered({ playId, completed: true, turn: 2 }))
    expect(standingOf(folded(...remembered))).toEqual(standingOf(folded(...play)))
    const again = [...remembered, ...undo(remembered.slice(5), remembered)]
    expect(again.at(-1)).toEqual(PlayForgotten({ playId, completed: true, turn: 3 }))
    expect(standingOf(folded(...again))).toEqual(standingOf(nothing))
    expect(undo(again.slice(4), again).map(({ type }) => type)).toEqual(['PlayRemembered', 'PlayForgotten', 'PlayRemembered'])
  })
  it('forgets marks and ratings: what was before stands again', () => {
    const events = [ItemRated({ rating: 3, ...clock(1) }), ...play, MarkedUnwatched(clock(5)), ItemRated({ rating: 9, ...clock(6) })]
    const said = undo(events.slice(-2), events)
    expect(said).toEqual([
      MarkForgotten({ mark: 'rated', rating: 9, turn: 1, ...clock(6) }),
      MarkForgotten({ mark: 'unwatched', rating: null, turn: 1, ...clock(5) }),
    ])
    expect(standingOf(folded(...events, ...said))).toEqual(standingOf(folded(...events.slice(0, -2))))
    expect(undo(said, [...events, ...said])).toEqual([
      MarkRemembered({ mark: 'unwatched', rating: null, turn: 2, ...clock(5) }),
      MarkRemembered({ mark: 'rated', rating: 9, turn: 2, ...clock(6) }),
    ])
  })
  it('keeps what a device says later of a forgotten play, for when it is remembered', () => {
    const before = [started(0, 1), progressed(60_000, 2), PlayForgotten({ playId, completed: false, turn: 1 })]
    history(...before).when(report(7_000_000, 3)).then(progressed(7_000_000, 3))
    const later = [...before, progressed(7_000_000, 3)]
    expect(standingOf(folded(...later))).toEqual(standingOf(nothing))
    expect(undo(later.slice(2, 3), later)).toEqual([PlayRemembered({ playId, completed: true, turn: 2 })])
  })
})
