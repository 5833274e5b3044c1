import fc from 'fast-check'
import type { PlaybackEvent } from '@projectionist/shared/events/playback'
import { ItemRated, MarkedUnwatched, MarkedWatched, PlaybackCompleted, PlaybackProgressed, PlaybackStarted } from '@projectionist/shared/events/playback'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Recording } from '../../../test/events.js'
import { ProjectionBench } from '../../../test/projection.js'
import { watchStateProjection } from './watch-state.projection.js'

const ada = '0a0a0a0a-0000-4000-8000-000000000001'
const film = '0f0f0f0f-0000-4000-8000-000000000001'
const other = '0f0f0f0f-0000-4000-8000-000000000002'
const play = '0b0b0b0b-0000-4000-8000-000000000001'
const again = '0b0b0b0b-0000-4000-8000-000000000002'
const clock = { deviceSequence: 1, deviceTime: '2026-01-01T00:00:00.000Z', clockOffsetMs: 0 }
const hours2 = 7_200_000
const [table] = watchStateProjection.tables

const started = (playId = play) =>
  PlaybackStarted({ playId, positionMs: 0, durationMs: hours2, libraryId: film, fileId: film, method: 'direct', device: { id: 'd', name: 'Sofa' } })
const at = (positionMs: number, playId = play) => PlaybackProgressed({ playId, positionMs, durationMs: hours2, cause: 'pause', ...clock })
const completed = (playId = play) => PlaybackCompleted({ playId, positionMs: hours2, durationMs: hours2, ...clock })

describe('watch state', () => {
  let bench: ProjectionBench
  beforeAll(async () => {
    bench = await ProjectionBench.open(watchStateProjection)
  })
  afterAll(() => bench.drop())
  beforeEach(() => bench.empty(watchStateProjection))

  const after = async (...events: PlaybackEvent[]) => {
    await bench.project(watchStateProjection, new Recording().record(`playback-${ada}.${film}`, ...events))
    return (await bench.rows<object>(watchStateProjection, table!))[0]
  }

  it('remembers where somebody left off', async () => {
    expect(await after(started(), at(720_500))).toEqual({
      user_id: ada, item_id: film, position_ms: 720_500, duration_ms: hours2, unfinished: true, watched: false, plays: 0, completed_play: null,
      last_played_at: '2026-01-01T00:02:00.000Z', watched_at: null, rating: null,
    })
  })
  it('does not call it begun after half a minute', async () => {
    expect(await after(started(), at(30_000))).toMatchObject({ position_ms: 30_000, unfinished: false })
  })
  it('counts a completed play once, credits and all', async () => {
    expect(await after(started(), at(6_600_000), completed(), at(7_100_000))).toMatchObject({
      position_ms: 0, unfinished: false, watched: true, plays: 1, last_played_at: '2026-01-01T00:04:00.000Z', watched_at: '2026-01-01T00:03:00.000Z',
    })
  })
  it('takes going back, and a new play, for another viewing', async () => {
    expect(await after(started(), completed(), at(600_000))).toMatchObject({ position_ms: 600_000, unfinished: true, watched: true, plays: 1 })
    expect(await after(started(again), at(7_000_000, again), completed(again))).toMatchObject({ plays: 2, unfinished: false })
  })
  it('does as people mark', async () => {
    expect(await after(started(), at(720_000), MarkedWatched(clock))).toMatchObject({ watched: true, unfinished: false, position_ms: 0 })
    expect(await after(MarkedUnwatched(clock))).toMatchObject({ watched: false, watched_at: null })
    expect(await after(ItemRated({ rating: 9, ...clock }))).toMatchObject({ rating: 9 })
  })

  it('comes out the same however the events are cut into batches', async () => {
    const event = fc.constantFrom(started(), started(again), at(720_000), at(1000), at(7_100_000), completed(), completed(again), MarkedWatched(clock), MarkedUnwatched(clock), ItemRated({ rating: 3, ...clock }))
    const history = fc.array(fc.tuple(fc.constantFrom(film, other), event), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(history, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }), async (pairs, sizes) => {
        const recording = new Recording()
        const events = pairs.flatMap(([item, one]) => recording.record(`playback-${ada}.${item}`, one))
        await bench.empty(watchStateProjection)
        await bench.project(watchStateProjection, events)
        const whole = await bench.rows(watchStateProjection, table!)
        await bench.empty(watchStateProjection)
        await bench.project(watchStateProjection, events, sizes)
        expect(await bench.rows(watchStateProjection, table!)).toEqual(whole)
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 25) },
    )
  })
})
