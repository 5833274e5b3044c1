import type { ItemKind } from '@projectionist/shared/events/media'
import type { IndexedRow } from './indexed-row.js'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function madeUpId(number: number, kind = 0): string {
  const hex = (value: number, length: number): string => (value >>> 0).toString(16).padStart(8, '0').slice(-length)
  const mixed = Math.imul(number ^ (kind << 24), 0x9e3779b1)
  return `${hex(mixed, 8)}-${hex(kind, 4)}-4${hex(mixed >>> 7, 3)}-8${hex(number >>> 20, 3)}-${hex(mixed, 4)}${hex(number, 8)}`
}

const common =
  'the of a and in to night love day man woman house dead black last girl boy city king queen blue red dark light time home world war road river summer winter white gold blood heart moon sun star secret lost long wild little big great old new good bad first fire water stone wind dream game party wedding family mother father brother sister friend stranger doctor teacher soldier captain detective murder mystery story life death kiss dance song music voice silence shadow mirror window door street bridge island mountain forest garden desert ocean train ship plane car horse dog cat bird wolf lion tiger dragon angel devil ghost witch hunter killer thief prince princess empire kingdom return revenge escape journey adventure promise memory letter book diary hotel school hospital prison church theatre circus carnival christmas halloween friday sunday midnight morning evening tomorrow yesterday forever never always'.split(
    ' ',
  )
const onsets = 'b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sh st t th tr v w z'.split(' ')
const vowels = 'a e i o u ai ea ou ie oo'.split(' ')
const codas = ['', '', 'n', 'r', 's', 'l', 'm', 't', 'nd', 'rk', 'st', 'x']
export const genres =
  'Drama Comedy Thriller Action Romance Crime Horror Adventure Documentary Fantasy Mystery Animation Family Western War Music History Sport Biography Musical Rock Pop Jazz Classical Electronic Folk Blues Metal Soul Ambient'.split(
    ' ',
  )
export const contentRatings = ['G', 'PG', 'PG-13', 'R', 'NC-17', 'FSK 12', 'FSK 16']
export const qualities = ['4K', '1080p', '720p', 'SD']
export const libraries = [0, 1, 2, 3].map(n => madeUpId(n, 0xff))

/** An invented word; low numbers are common English ones. */
export function wordOf(number: number): string {
  if (number < common.length) return common[number]!
  const roll = dice(number)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  return Array.from({ length: 2 + Math.floor(roll() * 2) }, () => pick(onsets) + pick(vowels) + pick(codas)).join('')
}

/** A small number most of the time, of 0 up to `below`: roughly Zipf's law. */
const zipf = (roll: () => number, below: number): number => Math.floor(below ** roll()) - 1

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

export function titleOf(roll: () => number, vocabulary: number): string {
  const words = Array.from({ length: 1 + Math.floor(roll() * 4) }, () => capital(wordOf(zipf(roll, vocabulary))))
  if (roll() < 0.04) words.push(String(1 + Math.floor(roll() * 20)))
  return words.join(' ')
}

/** With a typing mistake: a letter too many, too few, another, or two swapped. */
export function mistyped(title: string, roll: () => number): string {
  const at = Math.floor(roll() * title.length)
  const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(roll() * 26)]!
  const [before, here, after] = [title.slice(0, at), title.slice(at, at + 1), title.slice(at + 1)]
  const ways = [
    before + letter + here + after,
    before + after,
    before + letter + after,
    before + after.slice(0, 1) + here + after.slice(1),
  ]
  return ways[Math.floor(roll() * ways.length)]!
}

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Film by film, series with seasons and episodes, albums with tracks, photos: as in a large house, the same for the same number. */
export function madeUpRow(number: number, vocabulary = 200_000): IndexedRow {
  const roll = dice(number * 7 + 1)
  const family = Math.floor(number / 100)
  const place = number % 100
  const kind: ItemKind =
    family % 10 < 4
      ? 'film'
      : family % 10 < 7
        ? place === 0
          ? 'series'
          : place % 12 === 1
            ? 'season'
            : 'episode'
        : family % 10 < 9
          ? place === 0
            ? 'artist'
            : place % 12 === 1
              ? 'album'
              : 'track'
          : 'photo'
  const child = kind === 'episode' || kind === 'track'
  const middle = kind === 'season' || kind === 'album'
  const top = madeUpId(family * 100)
  const year = 1920 + Math.floor(106 * Math.sqrt(roll()))
  const visual = kind === 'film' || kind === 'episode'
  const title =
    kind === 'season'
      ? `Season ${Math.ceil(place / 12)}`
      : kind === 'photo'
        ? `IMG_${20_000_000 + number}`
        : titleOf(roll, vocabulary)
  const person = (): string => `${capital(wordOf(1000 + zipf(roll, 20_000)))} ${capital(wordOf(1000 + zipf(roll, vocabulary)))}`
  const some = (list: readonly string[], most: number): string[] =>
    Array.from({ length: Math.ceil(roll() * most) }, () => list[zipf(roll, list.length + 1)] ?? list[0]!)
  return {
    id: madeUpId(number),
    libraryId: libraries[kind === 'film' ? 0 : visual || kind === 'season' || kind === 'series' ? 1 : kind === 'photo' ? 3 : 2]!,
    kind,
    parentId: child ? madeUpId(number - ((place - 1) % 12)) : middle ? top : null,
    grandparentId: child ? top : null,
    title,
    sortTitle: title.replace(/^The (?=.)/, ''),
    names: kind === 'film' ? Array.from({ length: 4 }, person) : child || middle ? [titleOf(dice(family), vocabulary)] : [],
    year: kind === 'photo' ? null : year,
    addedMs: Date.UTC(2016, 0, 1) + Math.floor(roll() * 3e11),
    releasedOn: visual ? isoDay(Date.UTC(year, 0, 1) + roll() * 3e10) : null,
    takenAt: kind === 'photo' ? `${isoDay(Date.UTC(2000, 0, 1) + roll() * 8e11)}T12:34:56` : null,
    rating: kind === 'film' || kind === 'series' ? Math.round(roll() * 100) / 10 : null,
    durationMs: visual || kind === 'track' ? Math.floor(roll() * 7_200_000) : null,
    number: child || middle ? Math.ceil(place / 12) * 10_000 + (child ? place : 0) : null,
    quality: visual ? qualities[Math.floor(roll() * 4)]! : null,
    contentRating: kind === 'film' || kind === 'series' ? contentRatings[zipf(roll, 8)]! : null,
    genres: kind === 'photo' || kind === 'season' ? [] : some(genres, 4),
    tags: roll() < 0.1 ? some(['kids', 'favourites', 'scary', 'holiday', 'to sort'], 2) : [],
    removed: false,
    changedPosition: number,
  }
}
