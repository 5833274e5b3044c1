const MOST_WORDS = 40
const LONGEST = 40

/** The words of a text as they are looked for: lower case, without accents. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MOST_WORDS).map(word => word.slice(0, LONGEST))
}

/** The first word after all that begin so, in the order of code points. */
export const afterAll = (prefix: string): string => `${prefix}\u{10FFFF}`

/** A word's beginning as a regular expression of PostgreSQL. Words are letters and digits alone. */
export const startsWord = (word: string): string => `\\m${word}`

/** Whether a row of names is of the few that are looked for by their names themselves, and one of its words begins so. */
export const isNamed = (kind: string, name: string, expression: string): string =>
  `${kind} in ('device', 'process', 'reason') and ${name} ~* ${expression}`
