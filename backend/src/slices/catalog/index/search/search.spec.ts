import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CatalogIndex } from '../catalog-index.js'
import type { IndexedRow } from '../indexed-row.js'
import { dice, madeUpId, madeUpRow, mistyped, titleOf } from '../made-up-rows.fixture.js'
import { everything } from '../visibility.js'
import { Dictionary } from './dictionary.js'
import { distance } from './spelling.js'
import { eachWord, queryWords } from './words.js'

const film: IndexedRow = { ...madeUpRow(0), kind: 'film', names: [], rating: null }

function indexOf(rows: readonly Partial<IndexedRow>[]): { index: CatalogIndex; titles: (q: string, limit?: number) => string[] } {
  const all = rows.map((row, i): IndexedRow => ({ ...film, ...row, sortTitle: null, id: madeUpId(i) }))
  const index = new CatalogIndex()
  index.apply(all)
  const titleById = new Map(all.map(row => [row.id, row.title]))
  return {
    index,
    titles: (q, limit = 20) => index.search(q, everything, limit).flatMap(group => group.ids.map(id => titleById.get(id)!)),
  }
}
const titled = (...titles: string[]): Partial<IndexedRow>[] => titles.map(title => ({ title }))

describe('words', () => {
  it.each([
    ["Don't Look Now", ['dont', 'look', 'now']],
    ['S.W.A.T. vs. Mr. T', ['swat', 'vs', 'mr', 't']],
    ['Fast & Furious', ['fast', 'and', 'furious']],
    ['Amélie — ＦＵＬＬ', ['amelie', 'full']],
    ['東京物語 2', ['東京', '京物', '物語', '2']],
    ['七', ['七']],
    ['!!!', ['!!!']],
    ['  ', []],
  ])('of %j are %j', (text, words) => {
    expect(queryWords(text)).toEqual(words)
  })

  it('are never empty and never endless', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        eachWord(text, (_, length) => expect(length > 0 && length <= 32).toBe(true))
      }),
    )
  })
})

it('mistakes are counted as in the textbook', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 })
  const textbook = (a: string, b: string): number => {
    const at: number[][] = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    )
    for (let i = 1; i <= a.length; i++)
      for (let j = 1; j <= b.length; j++) {
        at[i]![j] = Math.min(at[i - 1]![j]! + 1, at[i]![j - 1]! + 1, at[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          at[i]![j] = Math.min(at[i]![j]!, at[i - 2]![j - 2]! + 1)
      }
    return at[a.length]![b.length]!
  }
  fc.assert(
    fc.property(letters, letters, fc.integer({ min: 1, max: 2 }), (word, text, most) => {
      const dictionary = new Dictionary()
      eachWord(word, (units, length) => void dictionary.intern(units, length))
      expect(Math.min(distance(dictionary, 0, text, most), most + 1)).toBe(Math.min(textbook(word, text), most + 1))
      const beginnings = Array.from({ length: word.length + 1 }, (_, i) => textbook(word.slice(0, i), text))
      expect(distance(dictionary, 0, text, most, true)).toBe(Math.min(...beginnings, most + 1))
    }),
    { numRuns: Number(process.env['ROUNDS'] ?? 500) },
  )
})

describe('a search', () => {
  it('puts the very title first, then beginnings, then words together, in order, and anyhow', () => {
    const { titles } = indexOf(
      titled('Dark Nights', 'Night of the Dark', 'The Dark Night', 'Dark and Long Night', 'Dark Night', 'Dark Night Falls'),
    )
    expect(titles('dark night')).toEqual([
      'Dark Night',
      'Dark Night Falls',
      'Dark Nights',
      'The Dark Night',
      'Dark and Long Night',
      'Night of the Dark',
    ])
  })

  it('finds a title while its last word is being typed', () => {
    const { titles } = indexOf(titled('Interstellar', 'Internal Affairs'))
    expect(titles('interst')).toEqual(['Interstellar'])
    expect(titles('internal a')).toEqual(['Internal Affairs'])
  })

  it('finds by names beside the title', () => {
    const { titles } = indexOf([{ title: 'Alien', names: ['Sigourney Weaver'] }, { title: 'Weaver' }, { title: 'Heat' }])
    expect(titles('weaver')).toEqual(['Weaver', 'Alien'])
    expect(titles('sigourney alien')).toEqual(['Alien'])
  })

  it.each([
    ['interstelar', 'Interstellar'],
    ['intersetlalr', 'Interstellar'],
    ['thegodfather', 'The Godfather'],
    ['thexgodfather', 'The Godfather'],
    ['th egodfather', 'The Godfather'],
    ['god father the', 'The Godfather'],
    ['the godfahter', 'The Godfather'],
    ['mat rix', 'Matrix'],
    ['матирца', 'Матрица'],
    ['spiderman', 'Spider-Man'],
    ['wall e', 'WALL·E'],
    ['2002 a space odyssey', '2001: A Space Odyssey'],
    ['東京物', '東京物語'],
    ['amelie', 'Amélie'],
  ])('finds %j', (q, title) => {
    const { titles } = indexOf(
      titled(
        'Interstellar',
        'The Godfather',
        'Matrix',
        'Матрица',
        'Spider-Man',
        'WALL·E',
        '2001: A Space Odyssey',
        '東京物語',
        'Amélie',
      ),
    )
    expect(titles(q)).toEqual([title])
  })

  it('groups by kind, the kind with the best find first, with totals', () => {
    const { index } = indexOf([
      { title: 'Love', kind: 'track' },
      ...Array.from({ length: 30 }, (_, i) => ({ title: `Love Story ${i}`, kind: 'film' as const })),
      { title: 'Heat', kind: 'photo' },
    ])
    expect(index.search('love', everything, 5).map(({ kind, total, ids }) => [kind, total, ids.length])).toEqual([
      ['track', 1, 1],
      ['film', 30, 5],
    ])
  })

  it('prefers what is rated well among equals, also where there are too many to look at all', () => {
    const { titles } = indexOf(
      Array.from({ length: 3000 }, (_, i) => ({ title: i === 1500 ? 'Star' : `Star ${i} Night`, rating: i === 2999 ? 9.9 : 5 })),
    )
    expect(titles('star', 2)).toEqual(['Star', 'Star 2999 Night'])
  })

  it('forgets words of what was renamed or removed', () => {
    const { index } = indexOf(titled('Alien', 'Alien Nation', 'Heat'))
    index.apply([
      { ...film, id: madeUpId(0), title: 'Xenomorph' },
      { ...film, id: madeUpId(1), removed: true },
    ])
    expect(index.search('alien', everything, 5)).toEqual([])
    expect(index.search('xeno', everything, 5)[0]!.ids).toEqual([madeUpId(0)])
  })

  it('takes any text', () => {
    const { titles } = indexOf(titled('Alien', '!!!', '東京物語'))
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), q => void titles(q)))
    expect(titles('!!!')).toEqual(['!!!'])
    expect(titles('')).toEqual([])
    expect(titles(`alien ${'x '.repeat(100)}`)).toEqual(['Alien'])
  })
})

describe('titles with one mistake are found among the first 20 in 96% of cases', () => {
  function share(titles: readonly string[]): number {
    const { titles: found } = indexOf(titled(...titles))
    const roll = dice(7)
    const asked = Array.from({ length: 400 }, () => titles[Math.floor(roll() * titles.length)]!)
    return asked.filter(title => found(mistyped(title, roll)).includes(title)).length / asked.length
  }

  it('made-up ones', () => {
    const roll = dice(3)
    expect(share(Array.from({ length: 20_000 }, () => titleOf(roll, 50_000)))).toBeGreaterThanOrEqual(0.96)
  })

  it('real ones, where there is a list of them', () => {
    const list = fileURLToPath(new URL('../../../../../../../shared/data/films.jsonl', import.meta.url))
    const films = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : []
    const titles = films.map(line => (JSON.parse(line) as { title: string }).title)
    expect(titles.length === 0 || share(titles) >= 0.96).toBe(true)
  })
})
