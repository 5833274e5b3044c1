import fc from 'fast-check'
import type { PlaybackEvent } from '@projectionist/shared/events/playback'
import {
  ItemRated, MarkedUnwatched, MarkedWatched, MarkForgotten, OtherPlaceDismissed, PlaybackCompleted, PlaybackProgressed, PlaybackStarted, PlayForgotten, PlayRemembered,
} from '@projectionist/shared/events/playback'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Recording } from '../../../test/events.js'
import { ProjectionBench } from '../../../test/projection.js'
import { watchStateProjection } from './watch-state.projection.js'

const ada = '0a0a0a0a-0000-4000-8000-000000000001'
const film = '0f0f0f0f-0000-4000-8000-000000000001'
const other = '0f0f0f0f-0000-4000-8000-000000000002'
const play = '0b0b0b0b-0000-4000-8000-000000000001'
const again = '0b0b0b0b-0000-4000-8000-000000000002'
const hours2 = 7_200_000
const [table] = watchStateProjection.tables
/** The n-th thing that happened, a minute after the one before. */
const clock = (n: number) => {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
  return { deviceSequence: n, deviceTime: at, clockOffsetMs: 0, happenedAt: at }
}
const started = (n: number, playId = play, device = 'Sofa', positionMs = 0) =>
  PlaybackStarted({ playId, positionMs, durationMs: hours2, libraryId: film, fileId: film, method: 'direct', device: { id: device, name: device }, ...clock(n) })
const at = (positionMs: number, n: number, playId = play) => PlaybackProgressed({ playId, positionMs, durationMs: hours2, cause: 'pause', ...clock(n) })
const completed = (n: number, playId = play) => PlaybackCompleted({ playId, positionMs: hours2, durationMs: hours2, ...clock(n) })

describe('watch state', () => {
  let bench: ProjectionBench
  beforeAll(async () => {
    bench = await ProjectionBench.open(watchStateProjection)
  })
  afterAll(() => bench.drop())
  beforeEach(() => bench.empty(watchStateProjection))

  /** What others read of it. */
  const seen = async () => (await bench.sql.query<object>('select * from read.watch_state'))[0]
  const after = async (...events: PlaybackEvent[]) => {
    await bench.empty(watchStateProjection)
    await bench.project(watchStateProjection, new Recording().record(`playback-${ada}.${film}`, ...events))
    return seen()
  }

  it('remembers where somebody left off', async () => {
    expect(await after(started(1), at(720_500, 2))).toEqual({
      user_id: ada, item_id: film, position_ms: 720_500, duration_ms: hours2, unfinished: true, watched: false, plays: 0,
      last_played_at: '2026-01-01T00:02:00.000Z', watched_at: null, rating: null, elsewhere: null,
    })
  })
  it('does not call it begun after half a minute, and takes no place away for a look', async () => {
    expect(await after(started(1), at(30_000, 2))).toMatchObject({ position_ms: 30_000, unfinished: false })
    expect(await after(started(1), at(720_000, 2), started(3, again), at(30_000, 4, again))).toMatchObject({
      position_ms: 720_000, unfinished: true, last_played_at: '2026-01-01T00:04:00.000Z',
    })
  })
  it('counts a completed play once, credits and all', async () => {
    expect(await after(started(1), at(6_600_000, 3), completed(3), at(7_100_000, 4))).toMatchObject({
      position_ms: 0, unfinished: false, watched: true, plays: 1, last_played_at: '2026-01-01T00:04:00.000Z', watched_at: '2026-01-01T00:03:00.000Z',
    })
  })
  it('takes going back, and a new play, for another viewing', async () => {
    const back = [started(1), completed(2), at(600_000, 3)]
    expect(await after(...back)).toMatchObject({ position_ms: 600_000, unfinished: true, watched: true, plays: 1 })
    expect(await after(...back, started(4, again), at(7_000_000, 5, again), completed(5, again))).toMatchObject({ plays: 2, unfinished: false })
  })
  it('does as people mark', async () => {
    const marked = [started(1), at(720_000, 2), MarkedWatched(clock(3))]
    expect(await after(...marked)).toMatchObject({ watched: true, unfinished: false, position_ms: 0 })
    expect(await after(...marked, MarkedUnwatched(clock(4)))).toMatchObject({ watched: false, watched_at: null })
    expect(await after(ItemRated({ rating: 9, ...clock(1) }))).toMatchObject({ rating: 9 })
  })
  it('lets the later word stand, though the earlier came last', async () => {
    expect(await after(MarkedUnwatched(clock(9)), started(1), at(7_000_000, 2), completed(2))).toMatchObject({ watched: false, plays: 1, position_ms: 0 })
    expect(await after(ItemRated({ rating: 9, ...clock(9) }), ItemRated({ rating: 2, ...clock(3) }))).toMatchObject({ rating: 9 })
  })
  it('tells of another device that got further and was not known of, until that is dismissed', async () => {
    const apart = [started(5, again, 'TV', 600_000), at(2_400_000, 8, again), started(1, play, 'Tablet'), at(3_730_000, 2)]
    expect(await after(...apart)).toMatchObject({
      position_ms: 2_400_000, unfinished: true,
      elsewhere: { playId: play, positionMs: 3_730_000, durationMs: hours2, device: 'Tablet', at: '2026-01-01T00:02:00.000Z' },
    })
    expect(await after(...apart, OtherPlaceDismissed({ playId: play, ...clock(9) }))).toMatchObject({ position_ms: 2_400_000, elsewhere: null })
    // Who went on from there, saw it to its end, or spoke of it since, need not be told.
    expect(await after(started(1, play, 'Tablet'), at(3_730_000, 2), started(5, again, 'TV', 3_730_000), at(2_400_000, 8, again))).toMatchObject({ elsewhere: null })
    expect(await after(...apart, at(7_000_000, 9, again), completed(9, again))).toMatchObject({ elsewhere: null })
    expect(await after(...apart, MarkedUnwatched(clock(9)))).toMatchObject({ elsewhere: null })
  })
  it('forgets a play and a mark as if they had never been, and remembers them', async () => {
    const once = [started(1), at(720_000, 2)]
    const twice = [...once, started(3, again), at(7_000_000, 4, again), completed(4, again), MarkedUnwatched(clock(5))]
    const before = await after(...once)
    const forgotten = [...twice, MarkForgotten({ mark: 'unwatched', rating: null, turn: 1, ...clock(5) }), PlayForgotten({ playId: again, completed: true, turn: 1 })]
    expect(await after(...forgotten)).toEqual(before)
    expect(await after(...forgotten, PlayRemembered({ playId: again, completed: true, turn: 2 }))).toEqual(await after(...twice.slice(0, -1)))
  })

  it('comes out the same in any order, however the events are cut into batches', async () => {
    const event = fc.constantFrom(
      started(0), started(1, again, 'TV'), at(720_000, 2), at(1000, 3, again), at(7_100_000, 4), completed(4), completed(5, again), MarkedWatched(clock(6)),
      MarkedUnwatched(clock(7)), ItemRated({ rating: 3, ...clock(8) }), ItemRated({ rating: null, ...clock(9) }),
      PlayForgotten({ playId: play, completed: true, turn: 1 }), OtherPlaceDismissed({ playId: play, ...clock(9) }),
    )
    const history = fc.array(fc.tuple(fc.constantFrom(film, other), event), { maxLength: 30 })
    const shuffled = history.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    await fc.assert(
      fc.asyncProperty(shuffled, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }), async ([pairs, mixed], sizes) => {
        const recording = new Recording()
        const record = (all: typeof pairs) => all.flatMap(([item, one]) => recording.record(`playback-${ada}.${item}`, one))
        await bench.empty(watchStateProjection)
        await bench.project(watchStateProjection, record(pairs))
        const whole = await bench.rows(watchStateProjection, table!)
        await bench.empty(watchStateProjection)
        await bench.project(watchStateProjection, record(mixed), sizes)
        expect(await bench.rows(watchStateProjection, table!)).toEqual(whole)
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 25) },
    )
  })
})
