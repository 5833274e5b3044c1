import { ItemKind } from '@projectionist/shared/events/media'
import type { IndexedRow } from './indexed-row.js'

/** Kinds as a search shows them when two find equally good items. */
export const kindsByWeight = [
  'film',
  'series',
  'artist',
  'album',
  'video',
  'episode',
  'track',
  'season',
  'photo',
] as const satisfies readonly ItemKind[]

const span = 1 << 16
const dayMs = 86_400_000

/** First and last prominence of a kind. */
export function prominencesOf(kind: ItemKind): readonly [number, number] {
  const first = kindsByWeight.indexOf(kind) * span
  return [first, first + span - 1]
}

/**
 * The lower, the likelier looked for: kind by kind, by the public's rating from 0 to 10, of which five years in the library are
 * worth one. A whole number of 20 bits.
 */
export function prominence(row: Pick<IndexedRow, 'kind' | 'rating' | 'addedMs'>): number {
  const rated = Math.min(Math.max(row.rating ?? 5, 0), 10) * 1000
  const days = Math.min(Math.max(row.addedMs / dayMs || 0, 0), 100_000)
  return prominencesOf(row.kind)[1] - Math.round(rated + days * 0.55)
}

/** How prominent an item is within its kind, from 0 to 1. */
export function prominenceShare(value: number): number {
  return 1 - (value % span) / span
}
