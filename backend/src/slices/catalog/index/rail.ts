import type { ItemSort } from '@projectionist/shared/api/items'
import type { CatalogColumns } from './columns.js'

/** Groups that a list falls into along its sort, as numbers that rise with it, and the words for them. */
export interface Rail {
  groupOf(ordinal: number): number
  keyOf(group: number): string
}

const kanaRows: readonly (readonly [number, string])[] = [
  [0x3041, 'あ'],
  [0x304b, 'か'],
  [0x3055, 'さ'],
  [0x305f, 'た'],
  [0x306a, 'な'],
  [0x306f, 'は'],
  [0x307e, 'ま'],
  [0x3083, 'や'],
  [0x3089, 'ら'],
  [0x308e, 'わ'],
]
const initials = [
  'ㄱ',
  'ㄱ',
  'ㄴ',
  'ㄷ',
  'ㄷ',
  'ㄹ',
  'ㅁ',
  'ㅂ',
  'ㅂ',
  'ㅅ',
  'ㅅ',
  'ㅇ',
  'ㅈ',
  'ㅈ',
  'ㅊ',
  'ㅋ',
  'ㅌ',
  'ㅍ',
  'ㅎ',
]

/**
 * Code points that share a letter of the rail, by the first one: kana by the rows of the syllabary, Hangul by its initial
 * consonant (doubled ones with the single), Han together, all others each by itself. Numbers and symbols are 0.
 */
function letterGroup(point: number): number {
  if (point >= 0x3041 && point <= 0x309f) return kanaRows.findLast(([first]) => first <= point)![0]
  if (point >= 0xac00 && point <= 0xd7a3) {
    const initial = Math.floor((point - 0xac00) / 588)
    return 0xac00 + 588 * initials.indexOf(initials[initial]!)
  }
  if (point >= 0x3400 && point <= 0x9fff) return 0x3400
  return point >= 0x20000 ? 0x20000 : point
}

function letterKey(group: number): string {
  if (group === 0) return '#'
  if (group === 0x3400 || group === 0x20000) return '漢'
  if (group >= 0xac00 && group <= 0xd7a3) return initials[(group - 0xac00) / 588]!
  const row = kanaRows.find(([first]) => first === group)
  return row ? row[1] : String.fromCodePoint(group).toUpperCase()
}

const dayMs = 86_400_000
function monthOf(ms: number): number {
  const date = new Date(ms)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
const monthKey = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((((month % 12) + 12) % 12) + 1).padStart(2, '0')}`
const tenMinutesKey = (tens: number): string => `${Math.floor(tens / 6)}:${tens % 6}0`

/** What stands beside a list in this sort: letters, years, months, whole points, tens of minutes, seasons or discs. */
export function railOf(sort: ItemSort, { titles, numbers }: CatalogColumns): Rail {
  const by = (group: (value: number) => number, keyOf: (group: number) => string = String): Rail => {
    const column = numbers[sort as Exclude<ItemSort, 'title'>]
    return { groupOf: ordinal => group(column.get(ordinal)), keyOf }
  }
  switch (sort) {
    case 'title':
      return { groupOf: ordinal => letterGroup(titles.firstPoint(ordinal)), keyOf: letterKey }
    case 'year':
      return by(year => year)
    case 'added':
    case 'taken':
      return by(monthOf, monthKey)
    case 'released':
      return by(days => monthOf(days * dayMs), monthKey)
    case 'rating':
      return by(thousandths => Math.floor(thousandths / 1000))
    case 'duration':
      return by(ms => Math.floor(ms / 600_000), tenMinutesKey)
    case 'number':
      return by(number => Math.floor(number / 10_000))
  }
}
