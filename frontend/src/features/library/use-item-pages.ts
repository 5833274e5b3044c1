import type { ItemSummary } from '@projectionist/shared/api/items'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { itemsQuery, type IndexRequest } from '../../lib/item-queries.js'
import { pageAt, type ListPage } from './pages.js'

/** While one scrolls past more than this at once, nothing is fetched until it slows down. */
const jump = 400
const settleMs = 90

/**
 * The items of a list that are near sight. `show` tells which part that is; its pages are fetched, requests for parts left
 * behind are called off. `at` gives an item, or undefined while it is on its way.
 */
export function useItemPages(query: IndexRequest, pages: readonly ListPage[]) {
  const [range, setRange] = useState({ from: 0, to: 0 })
  const latest = useRef(range)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const show = useCallback((from: number, to: number) => {
    clearTimeout(timer.current)
    const far = Math.abs(from - latest.current.from) > jump
    latest.current = { from, to }
    if (far) timer.current = setTimeout(() => setRange({ from, to }), settleMs)
    else setRange({ from, to })
  }, [])

  const wanted = useMemo(
    () => (pages.length === 0 ? [] : pages.slice(pageAt(pages, range.from), pageAt(pages, range.to) + 1)),
    [pages, range],
  )
  const answers = useQueries({
    queries: wanted.map(page => ({ ...itemsQuery({ ...query, cursor: page.cursor, limit: page.count }), staleTime: 60_000 })),
  })

  // While a list grows under a scan its pages move: what stood there before stays until the new page has come.
  const before = useRef({ query, items: new Map<number, ItemSummary>() })
  if (before.current.query !== query) before.current = { query, items: new Map() }
  useEffect(() => {
    if (!answers.every(answer => answer.data)) return
    const items = new Map<number, ItemSummary>()
    wanted.forEach((page, at) => answers[at]!.data!.items.forEach((item, index) => items.set(page.start + index, item)))
    before.current.items = items
  })

  const at = (index: number): ItemSummary | undefined => {
    const page = wanted.findIndex(one => index >= one.start && index < one.start + one.count)
    return (page < 0 ? undefined : answers[page]?.data?.items[index - wanted[page]!.start]) ?? before.current.items.get(index)
  }
  const failed = answers.find(answer => answer.isError)
  return {
    show,
    at,
    error: failed?.error ?? null,
    retry: () => answers.forEach(answer => answer.isError && void answer.refetch()),
  }
}
