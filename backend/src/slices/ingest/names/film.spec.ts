import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilm, type FilmName } from './film.js'

const table = JSON.parse(readFileSync(new URL('golden/films.json', import.meta.url), 'utf8')) as [string, Partial<FilmName>][]

describe('names of films', () => {
  it.each(table)('%s', (path, expected) => {
    expect(parseFilm(path)).toEqual({ ids: {}, ...expected })
  })

  it('gives every name a title, quickly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 250 }), fc.array(fc.constantFrom('(', ')', '[', ']', '{', '.', ' ', '-', '1999', '1080p', 'a', 'cd1', 'ß'), { maxLength: 120 }).map(parts => parts.join(''))), name => {
        const started = performance.now()
        expect(parseFilm(`${name.replaceAll('/', '')}.mkv`).title.length).toBeGreaterThan(0)
        expect(performance.now() - started).toBeLessThan(200)
      }),
    )
  })
})
