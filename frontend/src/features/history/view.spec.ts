import { describe, expect, test } from 'vitest'
import { dayBefore, filterOf, isNarrowed, viewOf, withView } from './view.js'

const search = (text: string) => new URLSearchParams(text)

describe('what one looks for', () => {
  test('stands in the address, and says nothing where nothing is asked', () => {
    expect(filterOf(viewOf(search('')))).toEqual({})
    expect(isNarrowed(viewOf(search('entry=x')))).toBe(false)
    expect(isNarrowed(viewOf(search('what=plays')))).toBe(true)
    expect(withView(search('q=a&what=plays&what=edits'), { q: null, what: ['scans'], user: 'u' }).toString()).toBe(
      'what=scans&user=u',
    )
  })

  test('names kinds as people do', () => {
    expect(filterOf(viewOf(search('what=ratings&what=marks')))).toEqual({
      kind: ['MarkedWatched', 'MarkedUnwatched', 'ItemRated'],
    })
    expect(filterOf(viewOf(search('what=unheard-of')))).toEqual({})
  })

  test('has whole days of where the person is', () => {
    const { from, to } = filterOf(viewOf(search('from=2026-03-28&to=2026-03-29')))
    expect(from).toBe(new Date('2026-03-28T00:00:00').toISOString())
    expect(to).toBe(new Date('2026-03-30T00:00:00').toISOString())
    expect(filterOf(viewOf(search('from=yesterday')))).toEqual({})
    expect(dayBefore(1, new Date('2026-03-01T12:00:00').getTime())).toBe('2026-02-28')
  })
})
