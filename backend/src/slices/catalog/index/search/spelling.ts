import { type Dictionary, type Range } from './dictionary.js'
import { longestWord } from './words.js'

const rows = [0, 1, 2].map(() => new Uint8Array(longestWord + 2)) as [Uint8Array, Uint8Array, Uint8Array]

/**
 * Insertions, deletions, substitutions and swaps of neighbours that make the word out of the text, each place touched once
 * (optimal string alignment, a restricted Damerau-Levenshtein distance); more than `most` when it takes more than that. With
 * `unfinished`, the distance to the beginning of the word that is nearest.
 */
export function distance(dictionary: Dictionary, word: number, text: string, most: number, unfinished = false): number {
  const length = unfinished ? Math.min(dictionary.lengthOf(word), text.length + most) : dictionary.lengthOf(word)
  if (text.length - length > most || length - text.length > most) return most + 1
  let [before, above, row] = rows
  for (let j = 0; j <= length; j++) above[j] = j
  for (let i = 1; i <= text.length; i++) {
    const unit = text.charCodeAt(i - 1)
    row[0] = i
    let least = i
    for (let j = 1; j <= length; j++) {
      const letter = dictionary.unitOf(word, j - 1)
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (unit === letter ? 0 : 1))
      if (i > 1 && j > 1 && unit === dictionary.unitOf(word, j - 2) && text.charCodeAt(i - 2) === letter) {
        cost = Math.min(cost, before[j - 2]! + 1)
      }
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    ;[before, above, row] = [above, row, before]
  }
  if (!unfinished) return above[length]!
  let nearest = most + 1
  for (let j = Math.max(0, text.length - most); j <= length; j++) nearest = Math.min(nearest, above[j]!)
  return nearest
}

/**
 * Words near the text, with their distances: one mistake, in words of eight letters and more two. A single mistake, a swap
 * included, leaves the first or the last half of the word as it is, if the halves leave one letter between them; so only words
 * that begin or end alike are looked at. Two mistakes are found where they leave one half. With `unfinished`, also words whose
 * beginning is near, if the mistake is in the later half of what was typed.
 */
export function similarWords(dictionary: Dictionary, text: string, unfinished: boolean): Map<number, number> {
  const most = text.length >= 8 ? 2 : 1
  const first = Math.floor((text.length - 1) / 2)
  const last = text.length - 1 - first
  const found = new Map<number, number>()
  const look = ({ words, from, to }: Range, begun: boolean): void => {
    for (let at = from; at < to; at++) {
      const word = words[at]!
      const length = dictionary.lengthOf(word)
      if (length < text.length - most || (length > text.length + most && !begun)) continue
      const away = distance(dictionary, word, text, most, begun)
      if (away <= most) found.set(word, Math.min(away, found.get(word) ?? away))
    }
  }
  look(dictionary.beginning(text.slice(0, first)), unfinished && text.length >= 4)
  look(dictionary.ending(text.slice(text.length - last)), false)
  return found
}
