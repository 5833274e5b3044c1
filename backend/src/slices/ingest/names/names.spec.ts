import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMoment } from './moment.js'
import { sortTitle } from '../../../platform/media/sort-title.js'
import { parseTrack } from './track.js'
import { titleKey } from './words.js'

const golden = <T>(name: string): T => JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as T

describe('paths of tracks', () => {
  it.each(golden<[string, object][]>('tracks'))('%s', (path, expected) => {
    expect(parseTrack(path)).toEqual(expected)
  })
})

describe('names of photos and home videos', () => {
  it.each(golden<[string, object][]>('moments'))('%s', (name, expected) => {
    expect(parseMoment(name)).toEqual(expected)
  })
})

describe('sort titles', () => {
  it.each(golden<[string, string][]>('sort-titles'))('%s', (title, expected) => {
    expect(sortTitle(title)).toBe(expected)
  })
})

describe('keys of titles', () => {
  it.each([
    ['Spider-Man', 'Spiderman'],
    ['WALL·E', 'Wall-E'],
    ['Amélie', 'AMELIE'],
    ['Mr. & Mrs. Smith', 'Mr and Mrs Smith'],
    ['千と千尋の神隠し', '千と千尋の神隠し '],
    ['Ame\u0301lie', 'Amélie'],
  ])('%s is %s', (a, b) => {
    expect(titleKey(a)).toBe(titleKey(b))
  })

  it.each([
    ['かき', 'がぎ'],
    ['Alien', 'Aliens'],
    ['दंगल', 'दगल'],
    ['???', '!!!'],
  ])('%s is not %s', (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b))
  })
})

describe('any name', () => {
  it('gets a title from every parser, quickly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 250 }), fc.array(fc.constantFrom('20230514', '_', '-', ' ', '.', '01', 'the ', '(', 'CD1', 'a'), { minLength: 1, maxLength: 60 }).map(parts => parts.join(''))), name => {
        const started = performance.now()
        const safe = name.replaceAll('/', '') || 'x'
        expect(parseTrack(`${safe}/${safe}.mp3`).title.length).toBeGreaterThan(0)
        expect(parseMoment(`${safe}.jpg`).title.length).toBeGreaterThan(0)
        expect(sortTitle(safe).length).toBeGreaterThan(0)
        expect(performance.now() - started).toBeLessThan(200)
      }),
    )
  })
})
