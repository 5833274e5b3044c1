import { classOf, fold, SEPARATOR, SILENT, UNSPACED } from '../characters.js'

/** Longest word in UTF-16 units; longer ones are cut. */
export const longestWord = 32

const units = new Uint16Array(longestWord)
const initials = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu

/** `tail`: the last letter of an unspaced run, there to be found by itself; a query has no use for it. */
export type OnWord = (units: Uint16Array, length: number, tail: boolean) => void

function emit(text: string, from: number, to: number, onWord: OnWord, tail = false): void {
  let length = 0
  for (let i = from; i < to && length < longestWord; i++) {
    const unit = text.charCodeAt(i)
    if (classOf(unit) !== SILENT) units[length++] = unit
  }
  if (length > 0) onWord(units, length, tail)
}

/**
 * Calls `onWord` for every word of a text, folded: letters and digits, apostrophes left out, `S.W.A.T.` one word, `&` read as
 * `and`. Scripts without spaces (Han, kana, Thai, …) give pairs of neighbouring letters and the last one by itself. A text of
 * symbols alone is a word. The units are valid until `onWord` returns.
 */
export function eachWord(text: string, onWord: OnWord): void {
  let folded = fold(text)
  if (folded.includes('&')) folded = folded.replaceAll('&', ' and ')
  if (folded.includes('.')) folded = folded.replace(initials, match => match.replaceAll('.', ''))
  let words = 0
  for (let i = 0; i < folded.length;) {
    const kind = classOf(folded.charCodeAt(i))
    if (kind === SEPARATOR || kind === SILENT) {
      i++
      continue
    }
    let end = i + 1
    const together = (next: number): boolean => next !== SEPARATOR && (kind === UNSPACED ? next === UNSPACED : next !== UNSPACED)
    while (end < folded.length && together(classOf(folded.charCodeAt(end)))) end++
    words++
    if (kind === UNSPACED) {
      for (let at = i; at < end - 1; at++) emit(folded, at, at + 2, onWord)
      emit(folded, end - 1, end, onWord, end - i > 1)
    } else emit(folded, i, end, onWord)
    i = end
  }
  if (words === 0) {
    const symbols = folded.trim()
    emit(symbols, 0, symbols.length, onWord)
  }
}

/** Words of a query beyond this many are passed over. */
export const mostQueryWords = 12

/** Words of a query, in their order. */
export function queryWords(q: string): string[] {
  const words: string[] = []
  eachWord(q, (letters, length, tail) => {
    if (!tail && words.length < mostQueryWords) words.push(String.fromCharCode(...letters.subarray(0, length)))
  })
  return words
}
