import { PlaybackCompleted, PlaybackProgressed, PlaybackStarted, type PlaybackEvent } from '@projectionist/shared/events/playback'
import { describe, expect, it } from 'vitest'
import { by, given } from '../../../test/deciders.js'
import { isBarelyBegun, MarkWatched, playback, RateItem, RecordProgress } from './playback.js'

const userId = '0a0a0a0a-0000-4000-8000-000000000001'
const itemId = '0f0f0f0f-0000-4000-8000-000000000001'
const playId = '0b0b0b0b-0000-4000-8000-000000000001'
const durationMs = 7_200_000
const clock = (deviceSequence: number) => ({ deviceSequence, deviceTime: '2026-01-01T20:00:00.000Z', clockOffsetMs: 0 })
const source = { libraryId: itemId, fileId: itemId, method: 'direct' as const, device: { id: 'sofa', name: 'Sofa' } }
const report = (positionMs: number, sequence: number, cause: 'pause' | 'stop' = 'pause') =>
  new RecordProgress({ userId, itemId, playId, positionMs, durationMs, cause, ...source, ...clock(sequence) }, by)
const started = (positionMs: number) => PlaybackStarted({ playId, positionMs, durationMs, ...source })
const progressed = (positionMs: number, sequence: number, cause: 'pause' | 'stop' = 'pause') =>
  PlaybackProgressed({ playId, positionMs, durationMs, cause, ...clock(sequence) })
const completed = (positionMs: number, sequence: number) => PlaybackCompleted({ playId, positionMs, durationMs, ...clock(sequence) })
const history = (...events: PlaybackEvent[]) => given(playback, events)

describe('playback', () => {
  it('starts with the first report', () => {
    history().when(report(60_000, 1)).then(started(60_000), progressed(60_000, 1))
  })
  it('goes on with the next', () => {
    history(started(0), progressed(0, 1)).when(report(90_000, 2)).then(progressed(90_000, 2))
  })
  it('drops a report that comes late or twice', () => {
    history(started(0), progressed(90_000, 2)).when(report(60_000, 1)).then()
    history(started(0), progressed(90_000, 2)).when(report(90_000, 2)).then()
  })
  it('is completed when only credits remain, once a play', () => {
    history(started(0), progressed(0, 1)).when(report(6_480_000, 2)).then(progressed(6_480_000, 2), completed(6_480_000, 2))
    history(started(0), progressed(6_480_000, 2), completed(6_480_000, 2)).when(report(7_000_000, 3, 'stop')).then(progressed(7_000_000, 3, 'stop'))
  })
  it('is marked only when that changes something', () => {
    const mark = (watched: boolean) => new MarkWatched({ userId, itemId, watched, ...clock(9) }, by)
    history().when(mark(true)).then({ type: 'MarkedWatched', data: clock(9) })
    history(started(0), completed(7_000_000, 2)).when(mark(true)).then()
    history(started(0), completed(7_000_000, 2)).when(mark(false)).then({ type: 'MarkedUnwatched', data: clock(9) })
    history().when(mark(false)).then()
  })
  it('is rated, and the rating taken back', () => {
    const rate = (rating: number | null) => new RateItem({ userId, itemId, rating, ...clock(9) }, by)
    history().when(rate(8)).then({ type: 'ItemRated', data: { rating: 8, ...clock(9) } })
    history({ type: 'ItemRated', data: { rating: 8, ...clock(1) } }).when(rate(8)).then()
    history({ type: 'ItemRated', data: { rating: 8, ...clock(1) } }).when(rate(null)).then({ type: 'ItemRated', data: { rating: null, ...clock(9) } })
  })
  it('has a stream for each person and item', () => {
    expect(playback.streamId(report(0, 0))).toBe(`playback-${userId}.${itemId}`)
  })
  it('counts as begun after a minute, or sooner in something short', () => {
    expect([isBarelyBegun(59_999, durationMs), isBarelyBegun(60_000, durationMs), isBarelyBegun(600, 10_000)]).toEqual([true, false, false])
  })
})
