import { exactSlot, forgivingSlot, type Slot, type VisibleWords } from './slots.js'

/** One reading of a query. An item is found by a query when it is found by any of its readings. */
export type Variant = readonly Slot[]

const slotsOf = (words: VisibleWords, query: readonly string[]): Slot[] =>
  query.map((text, i) => exactSlot(words, text, i === query.length - 1))

/** The query as typed: every word as it is, the last perhaps unfinished. None when a word is nowhere to be seen. */
export function asTyped(words: VisibleWords, query: readonly string[]): Variant[] {
  const slots = slotsOf(words, query)
  return slots.length > 0 && slots.every(slot => slot.finds) ? [slots] : []
}

/**
 * Readings that forgive: each word with a mistake in it, where short words and numbers may be missing altogether; or, with all
 * other words as typed, a space that is missing, too many, at the wrong place, or another letter.
 */
export function withMistakes(words: VisibleWords, query: readonly string[]): Variant[] {
  return query.length === 0 ? [] : [misspelt(words, query), ...misspaced(words, query)]
}

/** Words that a mistake turns into too many others. */
const isWeak = (text: string): boolean => text.length <= 2 || /^\d+$/.test(text)

function misspelt(words: VisibleWords, query: readonly string[]): Variant {
  const allWeak = query.every(isWeak)
  const slots = query.map((text, i): Slot => {
    const unfinished = i === query.length - 1
    return !allWeak && isWeak(text)
      ? { ...exactSlot(words, text, unfinished), optional: true }
      : forgivingSlot(words, text, unfinished)
  })
  const lost = slots.filter(slot => !slot.finds && !slot.optional).length
  return lost * 2 < slots.length ? slots.map(slot => (slot.finds ? slot : { ...slot, optional: true })) : slots
}

/** Two words that the text may be: without a space, or with a letter for it. */
function* splits(text: string): Generator<readonly string[]> {
  for (let at = 1; at < text.length; at++) {
    yield [text.slice(0, at), text.slice(at)]
    if (at + 1 < text.length) yield [text.slice(0, at), text.slice(at + 1)]
  }
}

/** What two words may be: one, or two with the space one letter further on. */
function* joins(first: string, second: string): Generator<readonly string[]> {
  const both = first + second
  yield [both]
  for (const at of [first.length - 1, first.length + 1]) if (at > 0 && at < both.length) yield [both.slice(0, at), both.slice(at)]
}

function misspaced(words: VisibleWords, query: readonly string[]): Variant[] {
  const typed = slotsOf(words, query)
  const unknown = typed.flatMap((slot, i) => (slot.finds ? [] : [i]))
  const variants: Variant[] = []
  const replace = (at: number, count: number, texts: readonly string[]): void => {
    const last = at + count === query.length
    const slots: Slot[] = []
    for (const [i, text] of texts.entries()) {
      const slot = exactSlot(words, text, last && i === texts.length - 1)
      if (!slot.finds) return
      slots.push(slot)
    }
    variants.push([...typed.slice(0, at), ...slots, ...typed.slice(at + count)])
  }
  const onlyUnknown = (at: number, count: number): boolean => unknown.every(i => i >= at && i < at + count)
  query.forEach((text, i) => {
    if (onlyUnknown(i, 1)) for (const texts of splits(text)) replace(i, 1, texts)
    const next = query[i + 1]
    if (next !== undefined && onlyUnknown(i, 2)) for (const texts of joins(text, next)) replace(i, 2, texts)
  })
  return variants
}
