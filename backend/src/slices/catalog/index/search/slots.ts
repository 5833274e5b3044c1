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
  /** Items of all its words, hidden ones too, some more than once: how much work the slot is. */
  readonly weight: number
  /** Whether it finds anything that is visible. */
  readonly finds: boolean
}

function slot(words: VisibleWords, text: string, unfinished: boolean, similar?: ReadonlyMap<number, number>): Slot {
  const found = { text, word: words.dictionary.find(text), similar, begun: unfinished ? words.dictionary.beginning(text) : undefined }
  let weight = 0
  let finds = false
  eachWordOf(found, word => {
    weight += words.items.size(word)
    finds ||= words.items.meets(words.visible, word)
  })
  return { ...found, optional: false, weight, finds }
}

/** Calls `visit` for every word that does for the slot, for some more than once. */
function eachWordOf({ word, similar, begun }: Pick<Slot, 'word' | 'similar' | 'begun'>, visit: (word: number) => void): void {
  if (begun) for (let at = begun.from; at < begun.to; at++) visit(begun.words[at]!)
  else if (word >= 0) visit(word)
  if (similar) for (const near of similar.keys()) visit(near)
}

/** The word as typed, or one that it begins. */
export function exactSlot(words: VisibleWords, text: string, unfinished: boolean): Slot {
  return slot(words, text, unfinished)
}

/** The word as typed, or with a mistake. */
export function forgivingSlot(words: VisibleWords, text: string, unfinished: boolean): Slot {
  return slot(words, text, unfinished, text.length < 2 ? undefined : similarWords(words.dictionary, text, unfinished))
}

/** Mistakes forgiven if the word does for the slot, a tenth for an unfinished one, else -1. */
export function forgiven(slot: Slot, word: number, dictionary: Dictionary): number {
  if (word === slot.word) return 0
  if (slot.begun && word !== PHRASE && dictionary.startsWith(word, slot.text)) return 0.1
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

/** Adds to `found` the visible items that have a word for every slot that is not optional; the rarest slot goes first. */
export function addFound(words: VisibleWords, slots: readonly Slot[], found: Bits): void {
  const [rarest, ...others] = slots.filter(slot => !slot.optional).sort((a, b) => a.weight - b.weight)
  if (!rarest?.finds) return
  words.pool.lend(() => {
    const items = words.pool.take()
    eachWordOf(rarest, word => words.items.addTo(items, word))
    keepBits(items, words.visible)
    if (others.length > 0 && (rarest.weight <= few || countBits(items) <= few)) {
      forEachBit(items, ordinal => {
        if (!hasAll(words, ordinal, others)) clearBit(items, ordinal)
      })
    } else {
      for (const other of others) {
        const more = words.pool.take()
        eachWordOf(other, word => words.items.addTo(more, word))
        keepBits(items, more)
      }
    }
    addBits(found, items)
  })
}
