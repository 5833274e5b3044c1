import { describe, expect, test } from 'vitest'
import { markAt, marksOf, pageAt, pagesOf } from './pages.js'

const bucket = (key: string, count: number, at: number) => ({ key, count, cursor: `c${at}` })

describe('pages', () => {
  test('a bucket that is large enough is a page', () => {
    expect(pagesOf({ buckets: [bucket('A', 500, 0), bucket('A', 130, 500)] })).toEqual([
      { start: 0, count: 500, cursor: 'c0' },
      { start: 500, count: 130, cursor: 'c500' },
    ])
  })

  test('small neighbours share a page that starts at the first of them', () => {
    expect(pagesOf({ buckets: [bucket('A', 40, 0), bucket('B', 50, 40), bucket('C', 60, 90), bucket('D', 10, 150)] })).toEqual([
      { start: 0, count: 150, cursor: 'c0' },
      { start: 150, count: 10, cursor: 'c150' },
    ])
  })

  test('no page is longer than the server answers', () => {
    const pages = pagesOf({ buckets: [bucket('A', 119, 0), bucket('B', 400, 119)] })
    expect(pages.map(page => page.count)).toEqual([119, 400])
  })

  test('buckets without items are passed over', () => {
    expect(pagesOf({ buckets: [bucket('A', 0, 0), bucket('B', 3, 0)] })).toEqual([{ start: 0, count: 3, cursor: 'c0' }])
  })

  test('every item of a million is on exactly one page', () => {
    let at = 0
    const buckets = Array.from({ length: 4000 }, (_, index) => {
      const count = (index * 7919) % 501
      at += count
      return bucket(String(index), count, at - count)
    })
    const pages = pagesOf({ buckets })
    expect(pages.reduce((sum, page) => sum + page.count, 0)).toBe(at)
    pages.forEach((page, index) => {
      expect(page.count).toBeLessThanOrEqual(500)
      expect(pageAt(pages, page.start)).toBe(index)
      expect(pageAt(pages, page.start + page.count - 1)).toBe(index)
      expect(page.cursor).toBe(`c${page.start}`)
    })
  })

  test('what lies beyond the end is on the last page', () => {
    expect(pageAt([{ start: 0, count: 5, cursor: 'c' }], 99)).toBe(0)
  })
})

describe('marks', () => {
  const marks = marksOf({ buckets: [bucket('A', 500, 0), bucket('A', 20, 500), bucket('B', 7, 520)] })

  test('neighbouring buckets of one key are one mark', () => {
    expect(marks).toEqual([
      { key: 'A', start: 0, count: 520 },
      { key: 'B', start: 520, count: 7 },
    ])
  })

  test('an item stands under the last mark before it', () => {
    expect([0, 519, 520, 526].map(item => markAt(marks, item))).toEqual([0, 0, 1, 1])
  })
})
