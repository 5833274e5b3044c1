import type { QueryClient } from '@tanstack/react-query'
import { createStore, useStore, type Store } from './store.js'

/** A past library that this tab looks at, in place of today's. */
export interface Past {
  readonly id: string
  /** The moment asked for. */
  readonly at: string
}

const key = 'projectionist-past'

function kept(): Past | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Past> | null
    return typeof value?.id === 'string' && typeof value.at === 'string' ? { id: value.id, at: value.at } : null
  } catch {
    return null
  }
}

/** What this tab looks at; null: the library of today. It outlives a reload of the page, not the tab. */
export const past: Store<Past | null> = createStore(typeof sessionStorage === 'undefined' ? null : kept())
past.watch(() => {
  try {
    const value = past.get()
    if (value) sessionStorage.setItem(key, JSON.stringify(value))
    else sessionStorage.removeItem(key)
  } catch {
    // Storage is forbidden: it holds until the page is left.
  }
})

export const usePast = (): Past | null => useStore(past)

/** Looks at another moment, null for now. Everything shown is fetched again; nothing fetched for one moment is shown at another. */
export async function lookAt(client: QueryClient, moment: Past | null): Promise<void> {
  await client.cancelQueries()
  past.set(moment)
  client.removeQueries({ type: 'inactive' })
  await client.resetQueries()
}

/** A moment in words, exact to the minute: `3 March 2026, 14:05`. */
export const momentWords = (iso: string, locale?: string): string =>
  new Date(iso).toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' })

/** Why a button cannot be pressed now. */
export const pastReason = 'You are seeing the library as it was. Go back to now first.'
