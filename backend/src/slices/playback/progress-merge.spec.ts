import { PlaybackCompleted, PlaybackProgressed, PlaybackStarted, type PlaybackEvent } from '@projectionist/shared/events/playback'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { by } from '../../../test/deciders.js'
import { Recording } from '../../../test/events.js'
import { revert } from '../../platform/eventing/decider.js'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import type { Fold, Row } from '../../platform/eventing/projection.js'
import { join, nothing, type Intents } from './intents.js'
import { MarkWatched, playback, RateItem, RecordProgress, type PlaybackCommand } from './playback.js'
import type { Met } from './plays-and-marks.js'
import { standingOf, type Standing } from './standing.js'
import { watchStateProjection } from './watch-state.projection.js'

const userId = '0a0a0a0a-0000-4000-8000-000000000001'
const itemId = '0f0f0f0f-0000-4000-8000-000000000001'
const durationMs = 7_200_000
const minute = 60_000
const evening = Date.UTC(2026, 0, 6, 20)
/** When everything is heard of: late, so that no clock has to be held back. */
const heard = new Date(evening + 90 * 24 * 60 * minute)
const rounds = { numRuns: Number(process.env['ROUNDS'] ?? 100) }

interface Act {
  readonly device: 'tv' | 'tablet' | 'phone'
  readonly does: 'plays' | 'watched' | 'unwatched' | 'rates'
  /** Which of the device's plays, and where it is. */
  readonly play: number
  readonly positionMs: number
  readonly rating: number | null
}
const act: fc.Arbitrary<Act> = fc.record({
  device: fc.constantFrom('tv', 'tablet', 'phone'),
  does: fc.constantFrom('plays', 'plays', 'plays', 'plays', 'watched', 'unwatched', 'rates'),
  play: fc.integer({ min: 0, max: 2 }),
  positionMs: fc.constantFrom(0, 20_000, 30 * minute, 31 * minute, 60 * minute, 110 * minute, 115 * minute),
  rating: fc.constantFrom(null, 1, 7, 10),
})
/** How wrong each device's clock is, in ms; each knows by how much. */
const clocks = fc.record({ tv: fc.integer({ min: -1e9, max: 1e9 }), tablet: fc.integer({ min: -1e9, max: 1e9 }), phone: fc.constant(0) })

/** The commands of what a person does, a minute between one thing and the next, as their devices tell them. */
function told(acts: readonly Act[], wrong: Readonly<Record<Act['device'], number>>): PlaybackCommand[] {
  return acts.map(({ device, does, play, positionMs, rating }, index) => {
    const deviceTime = new Date(evening + index * minute + wrong[device]).toISOString()
    const data = { userId, itemId, deviceSequence: index, deviceTime, clockOffsetMs: -wrong[device] }
    if (does === 'rates') return new RateItem({ ...data, rating }, by)
    if (does !== 'plays') return new MarkWatched({ ...data, watched: does === 'watched' }, by)
    const playId = `0b0b0b0b-0000-4000-8000-0000000000${['tv', 'tablet', 'phone'].indexOf(device)}${play}`
    const source = { libraryId: itemId, fileId: itemId, method: 'direct' as const, device: { id: device, name: device } }
    return new RecordProgress({ ...data, playId, positionMs, durationMs, cause: 'pause', ...source }, by)
  })
}
/** What is recorded when commands arrive in this order. */
function recorded(commands: readonly PlaybackCommand[]): PlaybackEvent[] {
  const events: PlaybackEvent[] = []
  let state = nothing
  for (const command of commands) {
    const decided = playback.decide(command, state, { now: heard })
    state = decided.reduce(playback.evolve, state)
    events.push(...decided)
  }
  return events
}
const folded = (events: readonly Met[]): Intents => events.reduce(join, nothing)
const standing = (events: readonly Met[]): Standing => standingOf(folded(events))
const log = (events: readonly PlaybackEvent[]): RecordedEvent[] => new Recording().record(`playback-${userId}.${itemId}`, ...events)

/** The row that the projection makes of events, without PostgreSQL. */
function rowOf(events: readonly RecordedEvent[]): Row | undefined {
  const folds = new Map(watchStateProjection.when.map(each => [each.type, each as Fold]))
  return events.reduce<Row | undefined>((row, event) => {
    const kept = row && (JSON.parse(JSON.stringify(row)) as Row)
    return folds.get(event.type)!.apply(kept, event, [userId, itemId])
  }, undefined)
}
const shown = ({ lastPlayedAt, watchedAt, positionMs, unfinished, watched, plays, rating }: Standing) => ({
  position_ms: positionMs, unfinished, watched, plays, rating,
  last_played_at: lastPlayedAt && new Date(lastPlayedAt).toISOString(), watched_at: watchedAt && new Date(watchedAt).toISOString(),
})
/** In another order, with some things more than once. */
const shuffled = <T>(all: readonly T[]): fc.Arbitrary<T[]> =>
  fc.tuple(fc.array(fc.nat(), { maxLength: 6 }), fc.infiniteStream(fc.nat())).map(([again, order]) =>
    mixed([...all, ...(all.length > 0 ? again.map(index => all[index % all.length]!) : [])], order),
  )
function mixed<T>(all: readonly T[], order: Iterator<number>): T[] {
  const keyed = all.map(one => ({ one, key: Number(order.next().value) }))
  return keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one)
}
const acts = fc.array(act, { maxLength: 14 })
const history = fc.tuple(acts, clocks).map(([done, wrong]) => told(done, wrong))

describe('progress merge', () => {
  it.each<[does: string, acts: readonly Partial<Act>[], expected: object]>([
    ['the later place counts', [{ device: 'tablet', positionMs: 20 * minute }, { device: 'tv', positionMs: 40 * minute }], { positionMs: 40 * minute, elsewhere: null }],
    [
      'and the person is told of one further on that it did not know of',
      [{ device: 'tablet', positionMs: 62 * minute }, { device: 'tv', positionMs: 10 * minute }, { device: 'tv', positionMs: 40 * minute }],
      { positionMs: 40 * minute, elsewhere: expect.objectContaining({ positionMs: 62 * minute, device: 'tablet' }) as unknown },
    ],
    [
      'but not of one it went on from',
      [{ device: 'tv', positionMs: 40 * minute }, { device: 'tablet', positionMs: 62 * minute }, { device: 'tv', play: 1, positionMs: 62 * minute }, { device: 'tv', play: 1, positionMs: 30 * minute }],
      { positionMs: 30 * minute, elsewhere: null },
    ],
    ['unwatched beats the end before it', [{ device: 'tablet', positionMs: 115 * minute }, { device: 'phone', does: 'unwatched' }], { watched: false, plays: 1, positionMs: 0 }],
    ['and is beaten by one after it', [{ device: 'phone', does: 'unwatched' }, { device: 'tablet', positionMs: 115 * minute }], { watched: true, plays: 1 }],
    ['a look takes no place away', [{ device: 'tablet', positionMs: 62 * minute }, { device: 'tv', positionMs: 10_000 }], { positionMs: 62 * minute, unfinished: true }],
    ['a rewatch beats the end before it', [{ device: 'tv', positionMs: 115 * minute }, { device: 'tv', play: 1, positionMs: 5 * minute }], { watched: true, positionMs: 5 * minute, unfinished: true }],
    ['the later rating counts', [{ device: 'phone', does: 'rates', rating: 9 }, { device: 'tv', does: 'rates', rating: 7 }], { rating: 7 }],
  ])('does as the page about it says: %s', (_, done, expected) => {
    const commands = told(done.map(one => ({ device: 'tv', does: 'plays', play: 0, positionMs: 0, rating: null, ...one })), { tv: 7e8, tablet: -7e8, phone: 0 })
    for (const order of permutations(commands)) expect(standing(recorded(order))).toMatchObject(expected)
  })
  it('comes to the same in whatever order intents arrive, and however often', () => {
    fc.assert(
      fc.property(history.chain(commands => fc.tuple(fc.constant(commands), shuffled(commands))), ([commands, arriving]) => {
        expect(standing(recorded(arriving))).toEqual(standing(recorded(commands)))
      }),
      rounds,
    )
  })
  it('does so in every order there is of a few', () => {
    fc.assert(
      fc.property(fc.tuple(fc.array(act, { minLength: 1, maxLength: 4 }), clocks), ([done, wrong]) => {
        const commands = told(done, wrong)
        const expected = standing(recorded(commands))
        for (const order of permutations(commands)) expect(standing(recorded(order))).toEqual(expected)
      }),
      { numRuns: Math.ceil(rounds.numRuns / 5) },
    )
  })
  it('projects a log to the same row in whatever order its events are folded, and the decider sees the same', () => {
    fc.assert(
      fc.property(history.chain(commands => fc.tuple(shuffled(commands).map(recorded).map(log), fc.nat())).chain(([events]) => fc.tuple(fc.constant(events), shuffled(events))), ([events, otherwise]) => {
        const row = rowOf(events)
        expect(rowOf(otherwise)).toEqual(row)
        if (row) expect(row).toMatchObject(shown(standing(events as Met[])))
      }),
      rounds,
    )
  })
  it('folds a log of the time before this rule, with doubled numbers and no clock at the start, the same in any order', () => {
    const old = history.map(commands => log(recorded(commands).map(withoutClock)))
    fc.assert(
      fc.property(old.chain(events => fc.tuple(fc.constant(events), shuffled(events))), ([events, otherwise]) => {
        expect(rowOf(otherwise)).toEqual(rowOf(events))
      }),
      rounds,
    )
  })
  it('forgets as if it had never been, and remembers as if it had never been forgotten', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.nat()), (commands, choose, order) => {
        const events = recorded(commands)
        const chosen = events.filter(() => choose.next().value)
        const undone = undo(chosen, events)
        const without = events.filter(event => !chosen.some(gone => isOfSame(gone, event)))
        expect(standing([...events, ...undone])).toEqual(standing(without))
        const redone = undo(undone, [...events, ...undone])
        expect(standing([...events, ...undone, ...redone])).toEqual(standing(events))
        for (const all of [[...events, ...undone], [...events, ...undone, ...redone]]) {
          const row = rowOf(log(all))
          expect(rowOf(mixed(log(all), order))).toEqual(row)
          if (row) expect(row).toMatchObject(shown(standing(all)))
        }
      }),
      rounds,
    )
  })
  it('keeps the row of a track small however often it is played; forgetting a day of it leaves the right number', () => {
    const playIds = Array.from({ length: 120 }, (_, n) => `0b0b0b0b-0000-4000-8000-${String(n).padStart(12, '0')}`)
    const source = { libraryId: itemId, fileId: itemId, method: 'direct' as const, device: { id: 'tv', name: 'TV' } }
    const trackMs = 180_000
    const events = playIds.flatMap((playId, n) => {
      const clock = { deviceSequence: n, deviceTime: heard.toISOString(), clockOffsetMs: 0, happenedAt: new Date(evening + n * trackMs).toISOString() }
      const place = { playId, positionMs: trackMs, durationMs: trackMs }
      return [
        PlaybackStarted({ ...place, ...source, ...clock }), PlaybackProgressed({ ...place, cause: 'stop', ...clock }), PlaybackCompleted({ ...place, ...clock }),
      ]
    })
    const undone = undo(events.slice(-180), events)
    const row = rowOf(log([...events, ...undone]))
    expect(row).toMatchObject({ plays: 60, watched: true, unfinished: false, position_ms: 0 })
    expect(JSON.stringify(row).length).toBeLessThan(25_000)
    expect(standing([...events, ...undone])).toMatchObject({ plays: 60, lastPlayedAt: evening + 59 * trackMs })
    const redone = undo(undone, [...events, ...undone])
    expect(rowOf(log([...events, ...undone, ...redone]))).toMatchObject(shown(standing(events)))
  })
  it('never lets a stale device pull a place back, nor its old end undo what was said since', () => {
    fc.assert(
      fc.property(acts, act, clocks, (done, last, wrong) => {
        const commands = told([...done, { ...last, does: 'plays', positionMs: 42 * minute }], wrong)
        const late = [...commands.slice(0, -1)].toReversed()
        expect(standing(recorded([commands.at(-1)!, ...late]))).toMatchObject({ positionMs: 42 * minute, unfinished: true })
        const said = told([...done, { ...last, does: 'unwatched' }], wrong)
        expect(standing(recorded([said.at(-1)!, ...said.slice(0, -1)]))).toMatchObject({ watched: false, positionMs: 0, unfinished: false })
      }),
      rounds,
    )
  })
})

function undo(chosen: readonly PlaybackEvent[], events: readonly PlaybackEvent[]): PlaybackEvent[] {
  const said: PlaybackEvent[] = []
  let state = folded(events)
  for (const event of chosen.toReversed()) {
    const way = revert(playback, event, state) as readonly PlaybackEvent[]
    state = way.reduce(join, state)
    said.push(...way)
  }
  return said
}

/** Of the same play, or the same mark: what is forgotten together. */
function isOfSame(a: PlaybackEvent, b: PlaybackEvent): boolean {
  if ('playId' in a.data) return 'playId' in b.data && a.data.playId === b.data.playId
  return a.type === b.type && !('playId' in b.data) && a.data.deviceSequence === b.data.deviceSequence
}

function withoutClock({ type, data }: PlaybackEvent): PlaybackEvent {
  const { happenedAt: _, ...old } = data as { happenedAt?: string; deviceSequence?: number }
  if (type !== 'PlaybackStarted') return { type, data: old } as PlaybackEvent
  const { deviceSequence: __, deviceTime: ___, clockOffsetMs: ____, ...start } = old as Record<string, unknown>
  return { type, data: start } as unknown as PlaybackEvent
}

function permutations<T>(all: readonly T[]): T[][] {
  return all.length === 0 ? [[]] : all.flatMap((first, index) => permutations(all.toSpliced(index, 1)).map(rest => [first, ...rest]))
}
