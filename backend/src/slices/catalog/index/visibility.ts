import { clearBit, copyBits, forEachBit, hasBit, wordsFor, type Bits } from './bits.js'
import type { CatalogColumns } from './columns.js'

/**
 * What a person may see. An item is inside its parents: what hides a series hides its episodes, an episode without a content
 * rating has its season's or series', and a tag on a series counts for all in it. Under any rule but libraries, an item whose
 * parents are not known is hidden.
 */
export interface Visibility {
  readonly libraries: 'all' | readonly string[]
  /** Content ratings that may be seen, as printed, and whether what has none may be. Absent: all of them. */
  readonly contentRatings?: { readonly allowed: readonly string[]; readonly unrated: boolean } | undefined
  readonly blockedTags?: readonly string[] | undefined
  /** Only what has one of these tags. */
  readonly requiredTags?: readonly string[] | undefined
}

export const everything: Visibility = { libraries: 'all' }

/** How many people's sets are remembered: 125 kB each at a million items. */
const remembered = 32

/** The items each visibility lets through, worked out once for every state of the catalogue. */
export class VisibleItems {
  readonly #known = new Map<string, { readonly version: number; readonly bits: Bits }>()

  constructor(private readonly columns: CatalogColumns) {}

  /** Lent: must not be changed. Shorter than the catalogue when nothing beyond is visible. */
  get(visibility: Visibility, version: number): Bits {
    const { libraries, contentRatings, blockedTags, requiredTags } = visibility
    const ruled = contentRatings !== undefined || (blockedTags?.length ?? 0) > 0 || requiredTags !== undefined
    if (libraries === 'all' && !ruled) return this.columns.live
    const key = JSON.stringify([libraries, contentRatings, blockedTags, requiredTags])
    const known = this.#known.get(key)
    this.#known.delete(key)
    const bits = known?.version === version ? known.bits : this.#of(visibility, ruled, known?.bits)
    this.#known.set(key, { version, bits })
    for (const [oldest] of this.#known) if (this.#known.size > remembered) this.#known.delete(oldest)
    return bits
  }

  #of({ libraries, ...rules }: Visibility, ruled: boolean, reuse: Bits | undefined): Bits {
    const length = wordsFor(this.columns.ids.end)
    const bits = reuse?.length === length ? reuse.fill(0) : new Uint32Array(length)
    if (libraries === 'all') copyBits(bits, this.columns.live)
    else this.columns.library.addTo(bits, libraries)
    if (ruled) this.#applyRules(bits, rules)
    return bits
  }

  #applyRules(bits: Bits, { contentRatings, blockedTags, requiredTags }: Omit<Visibility, 'libraries'>): void {
    const { contentRating, tags, live, parent, grandparent } = this.columns
    const some = (fill: (set: Bits) => void): Bits => {
      const set = new Uint32Array(bits.length)
      fill(set)
      return set
    }
    const blocked = some(set => tags.addTo(set, blockedTags ?? []))
    const required = requiredTags && some(set => tags.addTo(set, requiredTags))
    const rated = contentRatings && some(set => contentRating.addWhere(set, () => true))
    const allowed = contentRatings && some(set => contentRating.addTo(set, contentRatings.allowed))
    if (rated && allowed) for (let i = 0; i < blocked.length; i++) blocked[i]! |= rated[i]! & ~allowed[i]!
    const mustBeRated = contentRatings?.unrated === false ? rated : undefined

    forEachBit(bits, ordinal => {
      const [up, upmost] = [parent.get(ordinal), grandparent.get(ordinal)]
      const inOne = (set: Bits): boolean =>
        hasBit(set, ordinal) || (up >= 0 && hasBit(set, up)) || (upmost >= 0 && hasBit(set, upmost))
      const orphaned = (up >= 0 && !hasBit(live, up)) || (upmost >= 0 && !hasBit(live, upmost))
      const visible = !orphaned && !inOne(blocked) && (!required || inOne(required)) && (!mustBeRated || inOne(mustBeRated))
      if (!visible) clearBit(bits, ordinal)
    })
  }
}
