const MOST_WORDS = 40
const LONGEST = 40

/** The words of a text as they are looked for: lower case, without accents. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MOST_WORDS).map(word => word.slice(0, LONGEST))
}

/** The first word after all that begin so, in the order of code points. */
export const afterAll = (prefix: string): string => `${prefix}\u{10FFFF}`

/**
 * Whether any of the words of some marks begins so. Looks among the marks' own words: there are few of them, and without the
 * fence PostgreSQL takes the words that begin so for fewer.
 */
export const hasWordOf = (marks: string, from: string, until: string): string =>
  `exists (select from (select word from read.history_words where mark ${marks} offset 0) w where w.word ~>=~ ${from} and w.word ~<~ ${until})`

/** A word's beginning as a regular expression of PostgreSQL. Words are letters and digits alone. */
export const startsWord = (word: string): string => `\\m${word}`

/** Whether a row of names is of the few that are looked for by their names themselves, and one of its words begins so. */
export const isNamed = (kind: string, name: string, expression: string): string =>
  `${kind} in ('device', 'process', 'reason') and ${name} ~* ${expression}`
