import { createKeptStore } from '../../lib/store.js'

/** What was searched for lately in this browser. */
export const keptSearches = createKeptStore<{ readonly words: readonly string[] }>('searches', { words: [] })
