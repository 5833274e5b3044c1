import { addBits, countBits, forEachBit, clearBit, keepBits, type Bits, type BitsPool } from '../bits.js'
import type { OrdinalLists } from '../ordinal-lists.js'
import type { OrdinalSets } from '../ordinal-sets.js'
import type { Dictionary, Range } from './dictionary.js'
import { similarWords } from './spelling.js'

/** Stands between the phrases of an item's list of words. */
export const PHRASE = 0xffffffff

/** What words and items there are: a set of items for each word, a list of words for each item, its title first. */
export interface Words {
  readonly dictionary: Dictionary
  readonly items: OrdinalSets
  readonly lists: OrdinalLists
}

/** The words, as somebody may see them: what nobody but others has is as though it were not there. */
export interface VisibleWords extends Words {
  readonly visible: Bits
  readonly pool: BitsPool
}

/** A word of the query, with the words of the dictionary that do for it. */
export interface Slot {
  readonly text: string
  /** The very word, -1 when it is not known. */
  readonly word: number
  /** Words near it, with the mistakes each one forgives. */
  readonly similar: ReadonlyMap<number, number> | undefined
  /** Words that begin with the text do too. */
  readonly begun: Range | undefined
  /** What lacks it is found as well, only not as well. */
  readonly optional: boolean
  /** Whether it finds anything that is visible. */
  readonly finds: boolean
}

type Found = Pick<Slot, 'word' | 'similar' | 'begun'>

/** The words that do for the slot, until one passes; some more than once. */
function someWord({ word, similar, begun }: Found, passes: (word: number) => boolean): boolean {
  if (begun) {
    for (let at = begun.from; at < begun.to; at++) if (passes(begun.words[at]!)) return true
  } else if (word >= 0 && passes(word)) return true
  if (similar) for (const near of similar.keys()) if (passes(near)) return true
  return false
}

function slot(
  { dictionary, items, visible }: VisibleWords,
  text: string,
  begins: boolean,
  similar?: ReadonlyMap<number, number>,
): Slot {
  const found = { text, word: dictionary.find(text), similar, begun: begins ? dictionary.beginning(text) : undefined }
  return { ...found, optional: false, finds: someWord(found, word => items.meets(visible, word)) }
}

/** Items of all its words, hidden ones too, some more than once: how much work the slot is. */
function weightOf({ items }: Words, slot: Slot): number {
  let weight = 0
  someWord(slot, word => (weight += items.size(word)) < 0)
  return weight
}

function itemsOf({ items, pool }: VisibleWords, slot: Slot): Bits {
  const found = pool.take()
  someWord(slot, word => {
    items.addTo(found, word)
    return false
  })
  return found
}

/** The word as typed, or one that it begins. */
export function exactSlot(words: VisibleWords, text: string, begins: boolean): Slot {
  return slot(words, text, begins)
}

/** The word as typed, or with a mistake. */
export function forgivingSlot(words: VisibleWords, text: string, begins: boolean): Slot {
  return slot(words, text, begins, text.length < 2 ? undefined : similarWords(words.dictionary, text, begins))
}

/** What an unfinished word counts for: two mistakes and a little, so `star` finds `Star Wars` before `Stardust`. */
const unfinished = 2.1

/** Mistakes forgiven if the word does for the slot, else -1. */
export function forgiven(slot: Slot, word: number, dictionary: Dictionary): number {
  if (word === slot.word) return 0
  if (slot.begun && word !== PHRASE && dictionary.startsWith(word, slot.text)) return unfinished
  return slot.similar?.get(word) ?? -1
}

/** Whether every slot finds one of the item's words. */
function hasAll({ lists, dictionary }: Words, ordinal: number, slots: readonly Slot[]): boolean {
  const start = lists.startOf(ordinal)
  const end = start + lists.items[start]!
  next: for (const slot of slots) {
    for (let at = start + 1; at <= end; at++) {
      const word = lists.items[at]!
      if (forgiven(slot, word, dictionary) >= 0) continue next
    }
    return false
  }
  return true
}

/** Up to this many items are asked for their words one by one. */
const few = 20_000

function rarestFirst(words: Words, slots: readonly Slot[]): readonly Slot[] {
  if (slots.length < 2) return slots
  const weighed = slots.map(slot => ({ slot, weight: weightOf(words, slot) }))
  return weighed.sort((a, b) => a.weight - b.weight).map(({ slot }) => slot)
}

/** Adds to `found` the visible items that have a word for every slot that is not optional; the rarest slot goes first. */
export function addFound(words: VisibleWords, slots: readonly Slot[], found: Bits): void {
  const required = slots.filter(slot => !slot.optional)
  if (required.length === 0 || !required.every(slot => slot.finds)) return
  const [rarest, ...others] = rarestFirst(words, required) as [Slot, ...Slot[]]
  words.pool.lend(() => {
    const items = itemsOf(words, rarest)
    keepBits(items, words.visible)
    if (others.length > 0 && countBits(items) <= few) {
      forEachBit(items, ordinal => {
        if (!hasAll(words, ordinal, others)) clearBit(items, ordinal)
      })
    } else for (const other of others) keepBits(items, itemsOf(words, other))
    addBits(found, items)
  })
}
