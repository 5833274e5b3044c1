import { forgiven, PHRASE, type Slot, type Words } from './slots.js'
import { mostQueryWords } from './words.js'

/** How the words of a query lie in a phrase, and what that is worth. */
const whole = 1100
const beginning = 800
const together = 600
const inOrder = 500
const anyhow = 400
const mistake = 120
const missing = 80

/** Of each slot: the mistakes that the best word of the phrase asks to forgive, and the best of the item; -1 for none. */
const here = new Float64Array(mostQueryWords)
const anywhere = new Float64Array(mostQueryWords)

/** Fills `here` for the phrase; how many of the slots it answers. */
function answered(words: Words, slots: readonly Slot[], from: number, to: number): number {
  const { items } = words.lists
  let count = 0
  for (let i = 0; i < slots.length; i++) {
    let least = -1
    for (let at = from; at < to && least !== 0; at++) {
      const mistakes = forgiven(slots[i]!, items[at]!, words.dictionary)
      if (mistakes >= 0 && (least < 0 || mistakes < least)) least = mistakes
    }
    here[i] = least
    if (least < 0) continue
    count++
    if (anywhere[i]! < 0 || least < anywhere[i]!) anywhere[i] = least
  }
  return count
}

/** How many words after one another, from `at` on, answer the slots of `here` in their order. */
function runFrom(words: Words, slots: readonly Slot[], at: number, to: number): number {
  let run = 0
  for (let i = 0; i < slots.length; i++) {
    if (here[i]! < 0) continue
    if (at + run === to || forgiven(slots[i]!, words.lists.items[at + run]!, words.dictionary) < 0) return run
    run++
  }
  return run
}

function lieInOrder(words: Words, slots: readonly Slot[], from: number, to: number): boolean {
  let at = from
  for (let i = 0; i < slots.length; i++) {
    if (here[i]! < 0) continue
    while (at < to && forgiven(slots[i]!, words.lists.items[at]!, words.dictionary) < 0) at++
    if (at++ >= to) return false
  }
  return true
}

function worthOf(words: Words, slots: readonly Slot[], count: number, from: number, to: number): number {
  if (runFrom(words, slots, from, to) === count && to - from === count) return whole
  const cover = (100 * count) / Math.max(count, to - from)
  for (let at = from; at + count <= to; at++) {
    if (runFrom(words, slots, at, to) === count) return (at === from ? beginning : together) + cover
  }
  return (lieInOrder(words, slots, from, to) ? inOrder : anyhow) + cover
}

/**
 * How well an item answers a query, up to 1,100, the higher the better: the whole title, its beginning, the words together, in
 * order, anyhow; the same in another of its names for half as much; else words from several. Mistakes and missing words cost.
 */
export function relevance(words: Words, ordinal: number, slots: readonly Slot[]): number {
  const { items } = words.lists
  const start = words.lists.startOf(ordinal) + 1
  const end = start + items[start - 1]!
  anywhere.fill(-1, 0, slots.length)
  let inTitle = 0
  let best = 0
  for (let from = start, to = start; from < end; from = to + 1) {
    for (to = from; to < end && items[to] !== PHRASE;) to++
    const count = answered(words, slots, from, to)
    if (from === start) inTitle = count
    if (count === 0) continue
    let enough = true
    for (let i = 0; i < slots.length; i++) enough &&= here[i]! >= 0 || slots[i]!.optional
    if (enough) best = Math.max(best, worthOf(words, slots, count, from, to) * (from === start ? 1 : 0.5))
  }
  let score = Math.max(best, 100 + (200 * inTitle) / slots.length)
  for (let i = 0; i < slots.length; i++) score -= anywhere[i]! < 0 ? missing : anywhere[i]! * mistake
  return score
}
