import { ItemSort } from '@projectionist/shared/api/items'
import { DomainError } from '../../../platform/eventing/decider.js'
import type { CatalogColumns } from './columns.js'
import { longestKey } from './title-key.js'

export type Direction = 'asc' | 'desc'

/** A place in a list: an item's keys, so that it stays when items come and go, that one included. */
export interface Place {
  /** The number sorted by; null for none, and for titles. */
  readonly number: number | null
  readonly title: Uint8Array
  readonly id: Uint32Array
  /** A page from here begins with the item itself, else with the one after it. */
  readonly inclusive: boolean
}

const format = 1
const sorts = ItemSort.options
const headBytes = 2 + 8 + 16

const wrong = (): DomainError => new DomainError('invalid-request', 'This cursor is not of this list. Start again without one.')

export function placeOf(columns: CatalogColumns, sort: ItemSort, ordinal: number, inclusive: boolean): Place {
  const column = sort === 'title' ? undefined : columns.numbers[sort]
  const number = column?.get(ordinal)
  return {
    number: number === undefined || number === column?.none ? null : number,
    title: columns.titles.get(ordinal),
    id: columns.ids.wordsOf(ordinal),
    inclusive,
  }
}

/** Base64url of: format and sort, direction, start; the number; the id; the title's key. Bound to a sort and a direction, not to filters. */
export function writeCursor(sort: ItemSort, order: Direction, place: Place): string {
  const bytes = Buffer.alloc(headBytes + place.title.length)
  bytes[0] = format
  bytes[1] = sorts.indexOf(sort) * 4 + (order === 'desc' ? 2 : 0) + (place.inclusive ? 1 : 0)
  bytes.writeDoubleBE(place.number ?? NaN, 2)
  place.id.forEach((word, i) => bytes.writeUInt32BE(word, 10 + i * 4))
  bytes.set(place.title, headBytes)
  return bytes.toString('base64url')
}

/** Throws `invalid-request` for what `writeCursor` did not write for this sort and direction. */
export function readCursor(sort: ItemSort, order: Direction, cursor: string): Place {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.length < headBytes || bytes.length > headBytes + longestKey || bytes.toString('base64url') !== cursor) throw wrong()
  const flags = bytes[1]!
  if (bytes[0] !== format || flags >> 1 !== sorts.indexOf(sort) * 2 + (order === 'desc' ? 1 : 0)) throw wrong()
  const number = bytes.readDoubleBE(2)
  const id = Uint32Array.from([0, 1, 2, 3], i => bytes.readUInt32BE(10 + i * 4))
  return { number: Number.isNaN(number) ? null : number, title: bytes.subarray(headBytes), id, inclusive: (flags & 1) === 1 }
}

/** Whole order of an item and a place: negative when the item comes first, 0 when it is the very item. Without a number: last. */
export function compareToPlace(columns: CatalogColumns, sort: ItemSort, ordinal: number, place: Place): number {
  if (sort !== 'title') {
    const column = columns.numbers[sort]
    const number = column.get(ordinal)
    if (number === column.none || place.number === null) {
      if (number !== column.none) return -1
      if (place.number !== null) return 1
    } else if (number !== place.number) return number - place.number
  }
  return columns.titles.compareTo(ordinal, place.title) || columns.ids.compareWords(ordinal, place.id, 0)
}
