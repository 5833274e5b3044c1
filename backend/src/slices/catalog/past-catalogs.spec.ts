import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PastReading } from '../../platform/past-libraries.js'
import { everything } from './index/visibility.js'
import { PastCatalogs } from './past-catalogs.js'

const item = '0f0f0f0f-0000-4000-8000-000000000001'
const row = {
  id: item, library_id: item, kind: 'film', parent_id: null, title: 'Alien', sort_title: 'Alien', artist: null, year: 1979, released_on: null, taken_at: null, rating: null,
  duration_ms: null, season_number: null, disc_number: null, episode_number: null, track_number: null, quality: null, content_rating: null, genres: [], tags: [], sources: {},
  changed_position: 1, added_ms: 0, grand_id: null, parent_title: null, grand_title: null, gone: false,
}

describe('catalogues of past libraries', () => {
  let read: string[]
  const pasts = (): PastCatalogs => new PastCatalogs()
  const library = (id: string): PastReading => ({
    id,
    sql: {
      async *pages() {
        read.push(id)
        yield await Promise.resolve([row])
      },
    } as unknown as PastReading['sql'],
  })
  beforeEach(() => {
    read = []
  })
  afterEach(() => vi.useRealTimers())

  it('are read once, when they are asked for', async () => {
    const kept = pasts()
    const [one, again] = await Promise.all([kept.index(library('a'), 5000), kept.index(library('a'), 5000)])
    expect([one?.size, again, read]).toEqual([1, one, ['a']])
    expect(one?.count({ kind: ['film'] }, everything)).toBe(1)
    await kept.close()
  })
  it('are two at most: the one asked for longest ago goes', async () => {
    const kept = pasts()
    for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await kept.index(library(id), 5000)
    expect(read).toEqual(['a', 'b', 'c', 'b'])
    await kept.close()
  })
  it('go when nobody has asked for a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const kept = pasts()
    await kept.index(library('a'), 5000)
    await vi.advanceTimersByTimeAsync(9 * 60_000)
    await kept.index(library('a'), 5000)
    await vi.advanceTimersByTimeAsync(11 * 60_000)
    await kept.index(library('a'), 5000)
    expect(read).toEqual(['a', 'a'])
    await kept.close()
  })
  it('say what keeps them from being read', async () => {
    const kept = pasts()
    const gone = new Error('gone')
    const broken: PastReading = { id: 'a', sql: { pages: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(gone) }) }) } as unknown as PastReading['sql'] }
    await expect(kept.index(broken, 50)).rejects.toBe(gone)
    await kept.close()
  })
})
