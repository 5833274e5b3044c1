import { describe, expect, it } from 'vitest'
import { fieldName, fieldValue } from './field-words.js'

describe('fields in words', () => {
  it('calls them what people do', () => {
    expect(['title', 'positionMs', 'overview', 'lostFolders', 'somethingNew'].map(fieldName)).toEqual([
      'Title',
      'Left off at',
      'Overview',
      'Folders out of reach',
      'Something new',
    ])
  })
  it('says what they hold', () => {
    expect(fieldValue('genres', ['Drama', 'Horror'])).toBe('Drama, Horror')
    expect(fieldValue('watched', true)).toBe('yes')
    expect(fieldValue('positionMs', 185_000)).toBe('3:05')
    expect(fieldValue('rating', 8)).toBe('8 of 10')
    expect(fieldValue('people', [{ name: 'Sigourney Weaver', role: 'actor', character: 'Ripley' }])).toBe(
      'Sigourney Weaver · Ripley',
    )
    expect(fieldValue('externalIds', { imdb: 'tt0078748' })).toBe('imdb: tt0078748')
    expect([fieldValue('title', null), fieldValue('genres', [])]).toEqual(['–', '–'])
  })
})
