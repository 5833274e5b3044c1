import { describe, expect, it } from 'vitest'
import { commonFields, draftOf, fieldsOf, valueOf, valueWords } from './fields.js'

const field = (name: string) => fieldsOf('film').find(one => one.name === name)!

describe('fields of a form', () => {
  it('are those that a kind of item has', () => {
    expect(fieldsOf('track').map(({ name }) => name)).toEqual([
      'title',
      'sortTitle',
      'year',
      'releasedOn',
      'discNumber',
      'trackNumber',
      'overview',
      'genres',
      'tags',
      'rating',
    ])
    expect(fieldsOf('episode').map(({ name }) => name)).toContain('episodeNumber')
    expect(commonFields(['film', 'track']).map(({ name }) => name)).toEqual(['year', 'releasedOn', 'rating'])
  })
  it('turn what was typed into values, and say what cannot stand', () => {
    expect(valueOf(field('year'), ' 1999 ')).toEqual({ value: 1999 })
    expect(valueOf(field('year'), 'soon')).toEqual({ problem: 'A year of four digits' })
    expect(valueOf(field('rating'), '7,5')).toEqual({ value: 7.5 })
    expect(valueOf(field('title'), '   ')).toEqual({ value: null })
    expect(valueOf(field('genres'), ['Drama'])).toEqual({ value: ['Drama'] })
    expect(valueOf(field('releasedOn'), '1999-02-31')).toEqual({ problem: 'This cannot stand here' })
  })
  it('show what stands', () => {
    expect([draftOf(null, 'line'), draftOf(7.5, 'number'), draftOf(['a'], 'words'), draftOf(null, 'words')]).toEqual([
      '',
      '7.5',
      ['a'],
      [],
    ])
    expect([valueWords(null), valueWords(['a', 'b']), valueWords([]), valueWords(3)]).toEqual(['nothing', 'a, b', 'nothing', '3'])
  })
})
