import { useSyncExternalStore } from 'react'
import { live } from './live.js'

/** What is out of reach: this device is off the network, or the server does not answer; null when neither is. */
export type Away = 'offline' | 'server' | null

export const away = (): Away => (!navigator.onLine ? 'offline' : live.state() === 'waiting' ? 'server' : null)

/** Calls `watcher` when `away` may have changed, until the returned function is called. */
export function watchAway(watcher: () => void): () => void {
  const unwatch = live.watch(watcher)
  addEventListener('online', watcher)
  addEventListener('offline', watcher)
  return () => {
    unwatch()
    removeEventListener('online', watcher)
    removeEventListener('offline', watcher)
  }
}

export const useAway = (): Away => useSyncExternalStore(watchAway, away)

const tryAnywayMs = 10_000
/**
 * Resolves when nothing is away any more, at the latest after ten seconds: the live connection may be slower to come back than the
 * rest, or be blocked for good. Never resolves once the signal is aborted.
 */
export function backAgain(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      unwatch()
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    }
    const come = () => {
      end()
      resolve()
    }
    const unwatch = watchAway(() => away() === null && come())
    const timer = setTimeout(come, tryAnywayMs)
    signal.addEventListener('abort', end)
  })
}
