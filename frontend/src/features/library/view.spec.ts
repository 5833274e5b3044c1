import { describe, expect, test } from 'vitest'
import { initialView, isFiltered, requestOf, viewOf } from './view.js'

const view = (search: string, kept = initialView) => viewOf(new URLSearchParams(search), 'films', kept)

describe('a view from an address', () => {
  test('is by title when nothing is said', () => {
    expect(view('')).toMatchObject({ kind: 'film', sort: 'title', order: 'asc' })
    expect(isFiltered(view(''))).toBe(false)
  })

  test('has the most first where the sort is not by title', () => {
    expect(view('sort=rating').order).toBe('desc')
  })

  test('is as the library remembers it', () => {
    const kept = { ...initialView, sorts: { film: { sort: 'added', order: 'asc' } as const } }
    expect(view('', kept)).toMatchObject({ sort: 'added', order: 'asc' })
    expect(view('sort=rating', kept)).toMatchObject({ sort: 'rating', order: 'desc' })
  })

  test('passes over what makes no sense', () => {
    expect(view('kind=track&sort=nonsense&order=up&year=19&watched=maybe&quality=9K')).toEqual(view(''))
  })

  test('becomes a request with only what was asked', () => {
    expect(requestOf('l', view('genre=Drama&genre=Noir&year=1940-1949'))).toEqual({
      library: 'l',
      kind: 'film',
      genre: ['Drama', 'Noir'],
      year: '1940-1949',
      sort: 'title',
      order: 'asc',
    })
  })
})
