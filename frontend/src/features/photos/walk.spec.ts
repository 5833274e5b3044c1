import type { ItemSummary } from '@projectionist/shared/api/items'
import { describe, expect, it } from 'vitest'
import { createWalk, type ListIndex } from './walk.js'

const photo = (id: number) =>
  ({ id: `p${id}`, takenAt: `2020-${String(1 + Math.floor(id / 10)).padStart(2, '0')}-05T10:00:00` }) as unknown as ItemSummary
const photos = Array.from({ length: 60 }, (_, id) => photo(id))

/** Months of ten photos, cut into buckets of five: neighbouring buckets share a key. */
function library() {
  const asked: string[] = []
  const index: ListIndex = {
    total: photos.length,
    buckets: Array.from({ length: 12 }, (_, at) => ({
      key: photos[at * 5]!.takenAt!.slice(0, 7),
      count: 5,
      cursor: String(at * 5),
    })),
  }
  let failures = 0
  const walk = createWalk(
    {
      index: async () => index,
      page: async (cursor, limit) => {
        asked.push(cursor)
        if (failures-- > 0) throw new Error('offline')
        return photos.slice(Number(cursor), Number(cursor) + limit)
      },
    },
    'taken',
  )
  return { walk, asked, failNext: (times: number) => (failures = times) }
}

describe('a walk through a library', () => {
  it('finds an item by its month and fetches no more than that', async () => {
    const { walk, asked } = library()
    expect(await walk.find(photos[27]!)).toBe(27)
    expect(asked).toEqual(['20', '25'])
  })

  it('goes on across buckets in both directions, and stops at the ends', async () => {
    const { walk } = library()
    const ids = await Promise.all([-1, 0, 4, 5, 59, 60].map(async place => (await walk.at(place))?.id ?? null))
    expect(ids).toEqual([null, 'p0', 'p4', 'p5', 'p59', null])
    expect(await walk.total()).toBe(60)
  })

  it('fetches each bucket once', async () => {
    const { walk, asked } = library()
    for (let place = 0; place < 10; place++) await walk.at(place)
    expect(asked).toEqual(['0', '5'])
  })

  it('finds what is not where its month says, and says when something is not there', async () => {
    const { walk } = library()
    expect(await walk.find({ ...photos[3]!, takenAt: null })).toBe(3)
    expect(await walk.find(photo(99))).toBeNull()
  })

  it('asks again for what failed', async () => {
    const { walk, failNext } = library()
    failNext(1)
    await expect(walk.at(3)).rejects.toThrow('offline')
    expect((await walk.at(3))?.id).toBe('p3')
  })
})
