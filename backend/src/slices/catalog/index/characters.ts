/** What a UTF-16 unit is to titles and words, after `fold`. */
export const SEPARATOR = 0
export const LETTER = 1
export const DIGIT = 2
/** A letter of a script that puts no spaces between words. */
export const UNSPACED = 3
/** Belongs to the word around it without being seen: an apostrophe, a soft hyphen. */
export const SILENT = 4
const UNKNOWN = 255

const silent = /^['’‘ʼ`\u00ad\u200b-\u200d\u2060\ufeff]$/
const inWords = /^[\p{L}\p{N}\p{M}]$/u
const unspaced = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]$/u
const combining = /^[\u0300-\u036f]$/

function classify(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return DIGIT
  if (unit >= 0xd800 && unit <= 0xdfff) return LETTER
  const character = String.fromCharCode(unit)
  if (silent.test(character)) return SILENT
  if (!inWords.test(character)) return SEPARATOR
  return unspaced.test(character) && !combining.test(character) ? UNSPACED : LETTER
}

const classes = new Uint8Array(65536).fill(UNKNOWN)

/** Halves of surrogate pairs count as letters: ancient scripts, rare Han, emoji. */
export function classOf(unit: number): number {
  const known = classes[unit]!
  return known === UNKNOWN ? (classes[unit] = classify(unit)) : known
}

const plain = /^[\x00-\x7f]*$/
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
  ς: 'σ',
}

/**
 * Text without what people leave out when they look for it: case, accents, ligatures, width, the difference between the
 * two Japanese syllabaries. Compatibility decomposition (UAX 15), so `Ｆｉｌｍ ①` is `film 1`; Hangul comes back composed.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .replace(/[ßæœøđðłıþħς]/g, letter => spelled[letter]!)
    .replace(/[ァ-ヶ]/g, letter => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .normalize('NFC')
}
