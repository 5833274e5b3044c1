import type { ItemSort, ItemSummary } from '@projectionist/shared/api/items'

/** The shape of a list, as `GET /items/index` tells it. */
export interface ListIndex {
  readonly total: number
  readonly buckets: readonly { readonly key: string; readonly count: number; readonly cursor: string }[]
}

export interface ListSource {
  readonly index: () => Promise<ListIndex>
  /** `limit` items from a cursor on. */
  readonly page: (cursor: string, limit: number) => Promise<readonly ItemSummary[]>
}

/** A long list, walked from any item in both directions; only the buckets one is near are fetched. */
export interface Walk {
  readonly total: () => Promise<number>
  /** Place of an item in the list; null when it is not in it. */
  readonly find: (item: ItemSummary) => Promise<number | null>
  /** The item at a place; null outside of the list. */
  readonly at: (place: number) => Promise<ItemSummary | null>
}

/** The key an item's bucket has in a list sorted so; null where only looking helps. */
export function bucketKey(item: ItemSummary, sort: ItemSort): string | null {
  const month = (date: string | null) => (date !== null && /^\d{4}-\d{2}/.test(date) ? date.slice(0, 7) : null)
  switch (sort) {
    case 'taken':
      return month(item.takenAt)
    case 'added':
      return month(item.addedAt)
    case 'released':
      return month(item.releasedOn)
    case 'year':
      return item.year === null ? null : String(item.year)
    default:
      return null
  }
}

/** Buckets searched at most for an item that is not where its key says; each has up to 500 items. */
const mostSearched = 20

export function createWalk(source: ListSource, sort: ItemSort): Walk {
  let known: Promise<{ readonly list: ListIndex; readonly starts: readonly number[] }> | undefined
  const pages = new Map<number, Promise<readonly ItemSummary[]>>()

  const shape = () =>
    (known ??= source.index().then(list => {
      let start = 0
      const starts = list.buckets.map(({ count }) => (start += count) - count)
      return { list, starts }
    }))
  const bucket = async (at: number) => {
    const { list } = await shape()
    const { cursor, count } = list.buckets[at]!
    const page = pages.get(at) ?? source.page(cursor, count)
    pages.set(at, page)
    // What failed is asked for again next time.
    page.catch(() => pages.delete(at))
    return page
  }

  return {
    total: async () => (await shape()).list.total,
    find: async item => {
      const { list, starts } = await shape()
      const key = bucketKey(item, sort)
      const all = list.buckets.map((_, at) => at)
      const likely = key === null ? [] : all.filter(at => list.buckets[at]!.key === key)
      const others = all.filter(at => !likely.includes(at)).slice(0, mostSearched)
      for (const at of [...likely, ...others]) {
        const within = (await bucket(at)).findIndex(other => other.id === item.id)
        if (within >= 0) return starts[at]! + within
      }
      return null
    },
    at: async place => {
      const { list, starts } = await shape()
      if (place < 0 || place >= list.total) return null
      const at = starts.findLastIndex(start => start <= place)
      return at < 0 ? null : ((await bucket(at))[place - starts[at]!] ?? null)
    },
  }
}
