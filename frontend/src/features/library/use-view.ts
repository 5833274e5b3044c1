import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { createKeptStore, useStore, type Store } from '../../lib/store.js'
import { filterNames, initialView, usualOrder, viewOf, type KeptView, type Place, type View } from './view.js'

const stores = new Map<string, Store<KeptView>>()
const storeOf = (libraryId = 'all') => {
  let store = stores.get(libraryId)
  if (!store) stores.set(libraryId, (store = createKeptStore<KeptView>(`library:${libraryId}`, initialView)))
  return store
}

/** The view of a library, in the address and, where it is a habit, remembered. */
export function useView(library: Place) {
  const [search, setSearch] = useSearchParams()
  const store = storeOf(library.id)
  const kept = useStore(store)
  const view = useMemo(() => viewOf(search, library.kind, kept), [search, library.kind, kept])

  const change = useCallback(
    (changes: Partial<View>) => {
      setSearch(
        now => {
          const next = new URLSearchParams(now)
          for (const [name, value] of Object.entries(changes)) {
            next.delete(name)
            for (const one of Array.isArray(value) ? (value as readonly string[]) : [value as string | null])
              if (one) next.append(name, one)
          }
          if (changes.kind) for (const name of ['sort', 'order']) next.delete(name)
          return next
        },
        { replace: true, preventScrollReset: true },
      )
      scrollTo({ top: 0, behavior: 'instant' })
    },
    [setSearch],
  )
  const sortBy = useCallback(
    (sort: View['sort'], order = usualOrder(sort)) => {
      store.set(now => ({ ...now, sorts: { ...now.sorts, [view.kind]: { sort, order } } }))
      change({ sort, order })
    },
    [change, store, view.kind],
  )
  const clear = useCallback(() => change(Object.fromEntries(filterNames.map(name => [name, null]))), [change])
  const keep = useCallback((changes: Partial<KeptView>) => store.set(now => ({ ...now, ...changes })), [store])
  return { view, kept, change, sortBy, clear, keep }
}
