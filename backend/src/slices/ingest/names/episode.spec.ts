import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEpisode } from './episode.js'

const table = JSON.parse(readFileSync(new URL('golden/episodes.json', import.meta.url), 'utf8')) as [string, Record<string, unknown>][]

function flat(path: string): Record<string, unknown> {
  const { series, ...rest } = parseEpisode(path)
  return {
    series: series.title,
    ...(series.year !== undefined && { year: series.year }),
    ...(Object.keys(series.ids).length > 0 && { ids: series.ids }),
    ...rest,
  }
}

describe('names of episodes', () => {
  it.each(table)('%s', (path, expected) => {
    expect(flat(path)).toEqual(expected)
  })

  it('gives every name a series and a season, quickly', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.array(fc.constantFrom('S01', 'E02', '-', ' ', '.', '1x02', '2021', '(', '[', '第', '05', 'a', 'Season 1'), { maxLength: 40 }).map(parts => parts.join('')))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), parts => {
        const started = performance.now()
        const found = parseEpisode(`${parts.map(name => name.replaceAll('/', '') || 'x').join('/')}.mkv`)
        expect(found.series.title.length).toBeGreaterThan(0)
        expect(found.season).toBeGreaterThanOrEqual(0)
        expect(performance.now() - started).toBeLessThan(200)
      }),
    )
  })
})
