import type { ItemSummary } from '@projectionist/shared/api/items'
import { describe, expect, it } from 'vitest'
import {
  clearUpcoming,
  currentEntry,
  cycleRepeat,
  emptyQueue,
  following,
  gainFactor,
  goTo,
  heardAsAlbum,
  moveEntry,
  preceding,
  removeEntry,
  setShuffled,
  startQueue,
  type Queue,
} from './queue.js'

const track = (title: string, album = 'one') =>
  ({ id: title, title, parents: [{ id: album, kind: 'album', title: album }] }) as unknown as ItemSummary
/** A small linear congruential generator: the same order in every run. */
const seeded = (seed: number) => () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
const abcd = startQueue(
  emptyQueue,
  ['a', 'b', 'c', 'd'].map(title => track(title)),
  1,
  'q',
  seeded(1),
)
const titles = (queue: Queue) => queue.entries.map(entry => entry.item.title).join('')
const playing = (queue: Queue) => currentEntry(queue)?.item.title

describe('queue', () => {
  it('starts where one pressed play; an index outside counts as the nearest', () => {
    expect([titles(abcd), playing(abcd)]).toEqual(['abcd', 'b'])
    expect(playing(startQueue(emptyQueue, [track('a'), track('b')], 9, 'q', seeded(1)))).toBe('b')
    expect(currentEntry(startQueue(abcd, [], 0, 'q', seeded(1)))).toBeNull()
  })

  it('goes on, back, and ends', () => {
    expect([following(abcd, false), preceding(abcd)]).toEqual([2, 0])
    expect(following(goTo(abcd, 3), false)).toBeNull()
    expect(preceding(goTo(abcd, 0))).toBeNull()
    expect([following(emptyQueue, true), preceding(emptyQueue)]).toEqual([null, null])
  })

  it('repeats all, or one until a hand says otherwise', () => {
    const all = cycleRepeat(goTo(abcd, 3))
    expect([all.repeat, following(all, false)]).toEqual(['all', 0])
    expect(preceding(goTo(all, 0))).toBe(3)
    const one = cycleRepeat(all)
    expect([one.repeat, following(one, false), following(one, true)]).toEqual(['one', 3, 0])
    expect(cycleRepeat(one).repeat).toBe('off')
  })

  it('shuffles with the current track first, loses none, and comes back to the order', () => {
    const many = startQueue(
      emptyQueue,
      Array.from({ length: 50 }, (_, at) => track(`${at} `)),
      20,
      'q',
      seeded(1),
    )
    const mixed = setShuffled(many, true, seeded(7))
    expect([playing(mixed), mixed.current]).toEqual(['20 ', 0])
    expect(titles(mixed)).not.toBe(titles(many))
    expect(mixed.entries.map(entry => entry.order).toSorted((a, b) => a - b)).toEqual(many.entries.map(entry => entry.order))
    expect(setShuffled(goTo(mixed, 5), false, seeded(7)).entries).toEqual(many.entries)
  })

  it('shuffles a new queue when shuffle is on', () => {
    const next = startQueue(
      { ...emptyQueue, shuffled: true },
      ['a', 'b', 'c', 'd', 'e'].map(title => track(title)),
      3,
      'r',
      seeded(3),
    )
    expect([playing(next), next.current, next.entries.length]).toEqual(['d', 0, 5])
  })

  it('moves entries under what plays', () => {
    expect([titles(moveEntry(abcd, 0, 3)), playing(moveEntry(abcd, 0, 3))]).toEqual(['bcda', 'b'])
    expect([titles(moveEntry(abcd, 1, 3)), playing(moveEntry(abcd, 1, 3))]).toEqual(['acdb', 'b'])
    expect(moveEntry(abcd, 0, 9)).toBe(abcd)
    expect(titles(setShuffled(setShuffled(moveEntry(abcd, 3, 0), true, seeded(5)), false, seeded(5)))).toBe('dabc')
  })

  it('removes entries under what plays', () => {
    expect(playing(removeEntry(abcd, 0))).toBe('b')
    expect(playing(removeEntry(abcd, 3))).toBe('b')
    expect(playing(removeEntry(abcd, 1))).toBe('c')
    expect(playing(removeEntry(goTo(abcd, 3), 3))).toBe('c')
    expect(removeEntry(abcd, 7)).toBe(abcd)
    let left = abcd
    while (left.entries.length > 0) left = removeEntry(left, 0)
    expect(left.current).toBe(-1)
  })

  it('keeps what plays when the rest is cleared', () => {
    expect([titles(clearUpcoming(abcd)), playing(clearUpcoming(abcd))]).toEqual(['b', 'b'])
  })
})

describe('loudness', () => {
  it('is a factor of the volume that never exceeds it', () => {
    expect(gainFactor({ trackGainDb: -6, albumGainDb: null }, false)).toBeCloseTo(0.501, 3)
    expect(gainFactor({ trackGainDb: 4, albumGainDb: null }, false)).toBe(1)
    expect(gainFactor({ trackGainDb: null, albumGainDb: null }, true)).toBe(1)
    expect(gainFactor({ trackGainDb: -3, albumGainDb: -9 }, true)).toBeCloseTo(0.355, 3)
  })

  it('is the album’s where the album is heard in order', () => {
    const mixed = startQueue(emptyQueue, [track('a'), track('b'), track('x', 'two')], 0, 'q', seeded(1))
    expect([0, 1, 2].map(at => heardAsAlbum(mixed, at))).toEqual([true, true, false])
    expect(heardAsAlbum({ ...mixed, shuffled: true }, 0)).toBe(false)
  })
})
