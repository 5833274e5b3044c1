import fc from 'fast-check'
import { expect, it } from 'vitest'
import { longestKey } from './title-key.js'
import { titleKey } from './title-keys.js'

const sorted = (titles: readonly string[]): string[] => titles.toSorted((a, b) => Buffer.compare(titleKey(a), titleKey(b)))

it.each([
  ['numbers by their value', ['Rocky', 'Rocky 2', 'Rocky 010', 'Rocky 11', 'Rocky 100', 'Rocky II']],
  ['huge numbers too', ['9', '10', '9999999999', '10000000000', `1${'0'.repeat(60)}`, 'A']],
  ['symbols, numbers, letters', ['!!!', '…', '(500) Days of Summer', 'Alien']],
  ['a word before a longer one', ['Star-Crossed', 'Star Wars', 'Starman']],
  ['accents and case as nothing', ['eclair', 'Éclairs', 'ECLAT']],
  ['apostrophes as nothing, other signs as a space', ["Rock 'n' Roll", 'Rock: The Movie', 'Rocky']],
  ['ligatures spelled out', ['Aeon', 'Æon Flux', 'Aerial', 'Straße', 'Strassen']],
  ['kana of both syllabaries and with marks as one row', ['カー', 'がけ', 'きみ', 'ギン']],
  ['Thai by its first consonant', ['กา', 'เข', 'คน']],
])('titles are sorted with %s', (_, titles) => {
  expect(sorted(titles.toReversed())).toEqual(titles)
})

it('keys are UTF-8 of any title, never too long', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.stringMatching(/^\d{0,300}$/),
      ),
      title => {
        const key = titleKey(title)
        expect(key.length).toBeLessThanOrEqual(longestKey)
        expect(key.length === 0).toBe(title.trim() === '' || !/\S/.test(decoder.decode(key)))
      },
    ),
    { numRuns: Number(process.env['ROUNDS'] ?? 300) },
  )
})
