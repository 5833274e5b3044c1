import type { ItemKind } from '@projectionist/shared/events/media'
import { addBits, countBits, dropBits, hasBit, keepBits, membersOf, type Bits, type BitsPool } from '../bits.js'
import type { CatalogColumns } from '../columns.js'
import type { IndexedRow } from '../indexed-row.js'
import { OrdinalLists } from '../ordinal-lists.js'
import { OrdinalSets } from '../ordinal-sets.js'
import { kindsByWeight, prominencesOf, prominenceShare } from '../prominence.js'
import { firstNot } from '../sorting.js'
import { titleKey } from '../title-keys.js'
import { Dictionary } from './dictionary.js'
import { relevance } from './ranking.js'
import { addFound, PHRASE, type VisibleWords, type Words } from './slots.js'
import { asTyped, withMistakes, type Variant } from './variants.js'
import { eachWord, queryWords } from './words.js'

/** Finds of one kind, best first. `total` is what a list narrowed by the same words shows. */
export interface FoundGroup {
  readonly kind: ItemKind
  readonly total: number
  readonly ids: string[]
}

interface Ranked {
  readonly ordinal: number
  readonly score: number
}

/** Items found by readings of a query, to be ranked. */
interface Finding {
  readonly words: VisibleWords
  readonly found: Bits
  readonly variants: readonly Variant[]
  readonly q: string
  readonly limit: number
}

const mostWords = 255
/**
 * Of a kind with more finds than this for each word of the query, only the most prominent and those whose title begins as typed
 * are ranked: the fewer the words, the less there is to tell finds apart.
 */
const rankedPerWord = 250
/** More than any score. */
const asTypedFirst = 10_000

/** Words of titles and names, and what they find. */
export class SearchIndex {
  readonly #words: Words = { dictionary: new Dictionary(), items: new OrdinalSets(), lists: new OrdinalLists() }

  constructor(
    private readonly columns: CatalogColumns,
    private readonly pool: BitsPool,
  ) {}

  put(ordinal: number, row: Pick<IndexedRow, 'title' | 'names'>): void {
    const list: number[] = []
    for (const phrase of [row.title, ...row.names]) {
      if (list.length >= mostWords) break
      if (list.length > 0) list.push(PHRASE)
      eachWord(phrase, (units, length) => {
        if (list.length < mostWords) list.push(this.#intern(units, length))
      })
    }
    this.#replace(ordinal, list)
  }

  remove(ordinal: number): void {
    this.#replace(ordinal, [])
  }

  *prepare(): Generator<void> {
    yield* this.#words.dictionary.prepare()
    this.#words.items.trim()
    yield
    this.#words.lists.trim(this.columns.ids.end)
  }

  /** Narrows the set to what the words find as typed, or, where that is nothing, with mistakes forgiven. */
  keep(bits: Bits, q: string): void {
    const words = this.#asSeen(bits)
    const query = queryWords(q)
    const found = this.#find(words, asTyped(words, query))
    if (countBits(found) === 0) addBits(found, this.#find(words, withMistakes(words, query)))
    keepBits(bits, found)
  }

  /**
   * The best `limit` of each kind. Mistakes are forgiven where nothing is as typed, and after that for a single word, which a
   * mistake often turns into another. What hidden items have makes no difference to what is found.
   */
  search(q: string, visible: Bits, limit: number): FoundGroup[] {
    const words = this.#asSeen(visible)
    const query = queryWords(q)
    const typed = asTyped(words, query)
    const asTypedFound = this.#find(words, typed)
    const count = countBits(asTypedFound)
    const forgiving = count === 0 || (count < limit && query.length === 1) ? withMistakes(words, query) : []
    const forgivenFound = this.#find(words, forgiving)
    dropBits(forgivenFound, asTypedFound)
    const first = this.#best({ words, found: asTypedFound, variants: typed, q, limit })
    const then = this.#best({ words, found: forgivenFound, variants: forgiving, q, limit })
    return kindsByWeight
      .map(kind => {
        const [sure, likely] = [first.get(kind), then.get(kind)]
        const fill = likely?.ranked.slice(0, limit - (sure?.ranked.length ?? 0)) ?? []
        const best = [...(sure?.ranked ?? []), ...fill]
        const score = sure ? sure.ranked[0]!.score + asTypedFirst : (fill[0]?.score ?? 0)
        const total = count > 0 ? (sure?.total ?? 0) + fill.length : (likely?.total ?? 0)
        return { score, group: { kind, total, ids: best.map(({ ordinal }) => this.columns.ids.idOf(ordinal)) } }
      })
      .filter(({ group }) => group.ids.length > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ group }) => group)
  }

  #asSeen(visible: Bits): VisibleWords {
    return { ...this.#words, visible, pool: this.pool }
  }

  #find(words: VisibleWords, variants: readonly Variant[]): Bits {
    const found = this.pool.take()
    for (const variant of variants) addFound(words, variant, found)
    return found
  }

  /** The best finds of each kind that has any. */
  #best(finding: Finding): Map<ItemKind, { total: number; ranked: Ranked[] }> {
    const { found, variants, q, limit } = finding
    const best = new Map<ItemKind, { total: number; ranked: Ranked[] }>()
    if (variants.length === 0) return best
    const { kind: kinds } = this.columns
    const most = rankedPerWord * Math.min(4, variants[0]!.length)
    for (const [kind, total] of kinds.counts(found, this.columns.count)) {
      const ofKind = this.pool.take()
      kinds.addTo(ofKind, [kind])
      keepBits(ofKind, found)
      const candidates = total <= most ? membersOf(ofKind, total) : this.#likeliest(kind, ofKind, q, most)
      best.set(kind, { total, ranked: this.#ranked(finding, candidates).slice(0, limit) })
    }
    return best
  }

  #ranked({ words, variants }: Finding, candidates: Iterable<number>): Ranked[] {
    const { numbers, orders } = this.columns
    const byTitle = orders.compareIn('title')
    const ranked: Ranked[] = []
    for (const ordinal of candidates) {
      let best = -Infinity
      for (const variant of variants) best = Math.max(best, relevance(words, ordinal, variant))
      ranked.push({ ordinal, score: best + 60 * prominenceShare(numbers.prominence.get(ordinal)) })
    }
    return ranked.sort((a, b) => b.score - a.score || byTitle(a.ordinal, b.ordinal))
  }

  /** Those of a kind whose title begins as typed, and the most prominent. */
  #likeliest(kind: ItemKind, found: Bits, q: string, most: number): Iterable<number> {
    const { orders, titles, numbers } = this.columns
    const likely = new Set<number>()
    const gather = (ordinals: Int32Array, from: number, to: number, upTo: number): void => {
      for (let at = from; at < to && likely.size < upTo; at++) if (hasBit(found, ordinals[at]!)) likely.add(ordinals[at]!)
    }
    const key = titleKey(q)
    const byTitle = orders.get('title').ordinals
    const from = firstNot(byTitle, 0, byTitle.length, ordinal => titles.compareTo(ordinal, key, key.length, true) < 0)
    const to = firstNot(byTitle, from, byTitle.length, ordinal => titles.compareTo(ordinal, key, key.length, true) <= 0)
    gather(byTitle, from, to, most / 2)
    const { ordinals } = orders.get('prominence')
    const [first, last] = prominencesOf(kind)
    const start = firstNot(ordinals, 0, ordinals.length, ordinal => numbers.prominence.get(ordinal) < first)
    const end = firstNot(ordinals, start, ordinals.length, ordinal => numbers.prominence.get(ordinal) <= last)
    gather(ordinals, start, end, most)
    return likely
  }

  #intern(units: Uint16Array, length: number): number {
    const word = this.#words.dictionary.intern(units, length)
    if (word === this.#words.items.length) this.#words.items.create()
    return word
  }

  #replace(ordinal: number, after: readonly number[]): void {
    const { items, lists } = this.#words
    const before = lists.get(ordinal)
    if (before.length === after.length && after.every((word, i) => before[i] === word)) return
    for (const word of before) if (word !== PHRASE && !after.includes(word)) items.remove(word, ordinal)
    for (const word of after) if (word !== PHRASE) items.add(word, ordinal)
    lists.set(ordinal, after)
  }
}
