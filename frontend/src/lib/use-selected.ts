import { useSyncExternalStore } from 'react'
import type { Store } from './store.js'

/** A part of a shared value; renders again only when that part changes. `select` gives back what is there, it makes nothing new. */
export const useSelected = <T, S>(store: Pick<Store<T>, 'get' | 'watch'>, select: (value: T) => S): S =>
  useSyncExternalStore(store.watch, () => select(store.get()))
