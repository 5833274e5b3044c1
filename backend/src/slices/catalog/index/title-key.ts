import { classOf, DIGIT, fold, SEPARATOR, SILENT } from './characters.js'

/** Longest key in bytes. Titles that agree so far are ordered by id. */
export const longestKey = 200

const SPACE = 0x20
const SYMBOL = 0x21
const A = 0x61
const longestNumber = 42
const leads = [0, 0xc0, 0xe0, 0xf0] as const
const leadingVowels = /([เ-ไ])([ก-ฮ])/g

/** UTF-8 of one code point (RFC 3629) at `at`; the place after it. */
function writePoint(into: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    into[at] = point
    return at + 1
  }
  const tail = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
  into[at] = leads[tail]! | (point >>> (6 * tail))
  for (let i = 1; i <= tail; i++) into[at + i] = 0x80 | ((point >>> (6 * (tail - i))) & 0x3f)
  return at + tail + 1
}

/**
 * Writes the key by which titles are sorted, byte by byte: folded, punctuation as one space, apostrophes gone, and numbers after
 * their number of digits, so that `Rocky 2` comes before `Rocky 10` (`rocky 12` < `rocky 210`). The sign for a number's length
 * lies between `1` and `Z`, which nothing else in a key uses at its start. A title of symbols alone is kept behind a `!`.
 * Returns the number of bytes written, at most `longestKey`.
 */
export function writeTitleKey(title: string, into: Uint8Array): number {
  const text = fold(title).replace(leadingVowels, '$2$1')
  let at = 0
  let space = false
  for (let i = 0; i < text.length && at < longestKey - 8;) {
    const unit = text.charCodeAt(i)
    const kind = classOf(unit)
    if (kind === SEPARATOR) space = at > 0
    if (kind === SEPARATOR || kind === SILENT) {
      i++
      continue
    }
    if (space) into[at++] = SPACE
    space = false
    if (kind === DIGIT) {
      let end = i + 1
      while (end < text.length && classOf(text.charCodeAt(end)) === DIGIT) end++
      while (i < end - 1 && text.charCodeAt(i) === 0x30) i++
      into[at++] = 0x30 + Math.min(end - i, longestNumber)
      while (i < end && at < longestKey) into[at++] = text.charCodeAt(i++)
      i = end
    } else {
      const point = text.codePointAt(i)!
      at = writePoint(into, at, point)
      i += point > 0xffff ? 2 : 1
    }
  }
  return at > 0 ? at : writeSymbols(text.trim(), into)
}

function writeSymbols(text: string, into: Uint8Array): number {
  if (text === '') return 0
  into[0] = SYMBOL
  let at = 1
  for (const character of text) {
    if (at > longestKey - 4) break
    at = writePoint(into, at, character.codePointAt(0)!)
  }
  return at
}

/** First code point of a key, 0 for an empty one and for all that starts with a number or a symbol. */
export function firstPoint(key: Uint8Array, start: number, length: number): number {
  const lead = length === 0 ? 0 : key[start]!
  if (lead < A) return 0
  if (lead < 0x80) return lead
  const tail = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
  let point = lead & (0x3f >>> tail)
  for (let i = 1; i <= tail; i++) point = (point << 6) | (key[start + i]! & 0x3f)
  return point
}
