import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get(): T
  set(next: T | ((current: T) => T)): void
  watch(watcher: () => void): () => void
}

/** A value that components share; `useStore` shows it. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      const changed = typeof next === 'function' ? (next as (current: T) => T)(value) : next
      if (Object.is(changed, value)) return
      value = changed
      for (const watcher of watchers) watcher()
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  }
}

/** A store kept in this browser under `key`. What is there but not an object, or unreadable, counts as absent. */
export function createKeptStore<T extends object>(key: string, initial: T): Store<T> {
  const read = (): T => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as unknown
      return typeof kept === 'object' && kept !== null ? { ...initial, ...kept } : initial
    } catch {
      return initial
    }
  }
  const store = createStore(read())
  store.watch(() => {
    try {
      localStorage.setItem(key, JSON.stringify(store.get()))
    } catch {
      // Storage is full or forbidden: the choice holds until the page is left.
    }
  })
  addEventListener('storage', event => event.key === key && store.set(read()))
  return store
}

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.watch, store.get)
