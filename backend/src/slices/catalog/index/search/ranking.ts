import { PHRASE, forgiven, type Slot, type Words } from './slots.js'

/** How the words of a query lie in a phrase, and what that is worth. */
const whole = 1000
const beginning = 800
const together = 600
const inOrder = 500
const anyhow = 400
const mistake = 120
const missing = 80

/** Whether the slots lie in the phrase one after another from `at` on. */
function lieAt(words: Words, slots: readonly Slot[], at: number): boolean {
  return slots.every(
    (slot, i) => words.lists.items[at + i]! !== PHRASE && forgiven(slot, words.lists.items[at + i]!, words.dictionary) >= 0,
  )
}

function lieInOrder(words: Words, slots: readonly Slot[], from: number, to: number): boolean {
  let found = 0
  for (let at = from; at < to && found < slots.length; at++) {
    if (forgiven(slots[found]!, words.lists.items[at]!, words.dictionary) >= 0) found++
  }
  return found === slots.length
}

function worthOf(words: Words, slots: readonly Slot[], from: number, to: number): number {
  const cover = (100 * slots.length) / (to - from)
  for (let at = from; at + slots.length <= to; at++) {
    if (!lieAt(words, slots, at)) continue
    if (at > from) return together + cover
    return to - from === slots.length ? whole + 100 : beginning + cover
  }
  return (lieInOrder(words, slots, from, to) ? inOrder : anyhow) + cover
}

/** Mistakes that the best word of the phrase asks to forgive; -1 when none does. */
function leastForgiven(words: Words, slot: Slot, from: number, to: number): number {
  let least = -1
  for (let at = from; at < to; at++) {
    const mistakes = forgiven(slot, words.lists.items[at]!, words.dictionary)
    if (mistakes >= 0 && (least < 0 || mistakes < least)) least = mistakes
  }
  return least
}

/**
 * How well an item answers a query, from 0 to about 1,100, the higher the better: the whole title, its beginning, the words together,
 * in order, anyhow; the same in another of its names for half as much; else words from several. Mistakes and missing words
 * cost.
 */
export function relevance(words: Words, ordinal: number, slots: readonly Slot[]): number {
  const { lists } = words
  const start = lists.startOf(ordinal) + 1
  const end = start + lists.items[start - 1]!
  const costs = slots.map(() => -1)
  let inTitle = 0
  let best = 0
  for (let from = start, to = start; from < end; from = to + 1) {
    for (to = from; to < end && lists.items[to] !== PHRASE;) to++
    const here = slots.filter((slot, i) => {
      const mistakes = leastForgiven(words, slot, from, to)
      if (mistakes >= 0) costs[i] = costs[i]! < 0 ? mistakes : Math.min(costs[i]!, mistakes)
      return mistakes >= 0
    })
    if (from === start) inTitle = here.length
    const enough = slots.every(slot => slot.optional || here.includes(slot))
    if (enough && here.length > 0) best = Math.max(best, worthOf(words, here, from, to) * (from === start ? 1 : 0.5))
  }
  const scattered = 100 + (200 * inTitle) / slots.length
  return costs.reduce((score, cost) => score - (cost < 0 ? missing : cost * mistake), Math.max(best, scattered))
}
