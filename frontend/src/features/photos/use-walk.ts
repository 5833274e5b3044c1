import type { ItemSummary } from '@projectionist/shared/api/items'
import { ItemSort } from '@projectionist/shared/api/items'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { itemsIndexQuery, itemsQuery, type IndexRequest } from '../../lib/item-queries.js'
import { notifyError } from '../../ui/toast.js'
import { createWalk } from './walk.js'

export interface Neighbourhood {
  readonly current: ItemSummary | null
  readonly previous: ItemSummary | null
  readonly next: ItemSummary | null
  /** Place in the list, from 0; null while it is not known, or the item is not in the list. */
  readonly place: number | null
  readonly total: number
}

const nowhere: Neighbourhood = { current: null, previous: null, next: null, place: null, total: 0 }

/** The list one came from, as its address says: the library's photos and videos, newest first unless told otherwise. */
function requestOf(search: URLSearchParams, libraryId: string): IndexRequest & { sort: ItemSort } {
  const sort = ItemSort.safeParse(search.get('sort')).data ?? 'taken'
  const order = search.get('order')
  const year = search.get('year')
  const person = search.get('person')
  const q = search.get('q')
  return {
    library: libraryId,
    kind: ['photo', 'video'],
    sort,
    order: order === 'asc' || order === 'desc' ? order : 'desc',
    ...(search.has('genre') && { genre: search.getAll('genre') }),
    ...(year !== null && /^\d{4}(-\d{4})?$/.test(year) && { year }),
    ...(person !== null && { person }),
    ...(q !== null && { q }),
  }
}

/** Walks the list an item was opened from. `step` answers the item it goes to, null at the ends. */
export function useWalk(item: ItemSummary | undefined, search: URLSearchParams) {
  const client = useQueryClient()
  const libraryId = search.get('library') ?? item?.libraryId ?? null
  const filters = search.toString()
  const walk = useMemo(() => {
    if (libraryId === null) return null
    const request = requestOf(new URLSearchParams(filters), libraryId)
    return createWalk(
      {
        index: () => client.fetchQuery({ ...itemsIndexQuery(request), staleTime: 60_000 }),
        page: async (cursor, limit) =>
          (await client.fetchQuery({ ...itemsQuery({ ...request, cursor, limit }), staleTime: 60_000 })).items,
      },
      request.sort,
    )
  }, [client, libraryId, filters])
  const [hood, setHood] = useState<Neighbourhood>(nowhere)

  const known = useRef(hood)
  known.current = hood
  const opened = useRef(item)
  opened.current = item
  const itemId = item?.id
  useEffect(() => {
    const start = opened.current
    // A step has been here before the address followed.
    if (!start || (known.current.current?.id === start.id && known.current.place !== null)) return
    let stale = false
    setHood(now => (now.current?.id === start.id ? now : { ...nowhere, current: start }))
    const settle = async () => {
      const place = (await walk?.find(start)) ?? null
      const [previous, next, total] =
        walk && place !== null ? await Promise.all([walk.at(place - 1), walk.at(place + 1), walk.total()]) : [null, null, 0]
      if (!stale) setHood({ current: start, previous, next, place, total })
    }
    // Without its neighbours the picture itself can still be looked at.
    settle().catch((error: unknown) => !stale && notifyError(error))
    return () => {
      stale = true
    }
  }, [walk, itemId])

  const step = useCallback(
    (by: 1 | -1): ItemSummary | null => {
      const to = by === 1 ? hood.next : hood.previous
      if (!to || hood.place === null || !walk) return null
      const place = hood.place + by
      const { current, total } = hood
      setHood({ current: to, previous: by === 1 ? current : null, next: by === -1 ? current : null, place, total })
      Promise.all([walk.at(place - 1), walk.at(place + 1)]).then(
        ([previous, next]) => setHood(now => (now.current?.id === to.id ? { ...now, previous, next } : now)),
        notifyError,
      )
      return to
    },
    [hood, walk],
  )

  return { hood, step }
}
