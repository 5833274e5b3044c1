import { useSyncExternalStore } from 'react'
import { askHealth } from './health.js'
import { createPreparation, type Preparation } from './preparation.js'

/** What the server of this tab is preparing. */
export const preparing = createPreparation({
  ask: () => askHealth(),
  after: (ms, work) => void setTimeout(work, ms),
})

export const usePreparing = (): Preparation | null => useSyncExternalStore(preparing.watch, preparing.state)
