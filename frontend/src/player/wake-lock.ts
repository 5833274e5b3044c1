/** Keeps the screen on while `hold` is on, where the browser can; a lock lost with the page's visibility is taken again. */
export function createWakeLock(): { readonly hold: (on: boolean) => void } {
  let wanted = false
  let lock: WakeLockSentinel | null = null
  let asking = false

  const settle = async () => {
    if (asking || !('wakeLock' in navigator)) return
    asking = true
    try {
      if (wanted && (lock === null || lock.released) && document.visibilityState === 'visible')
        lock = await navigator.wakeLock.request('screen')
      if (!wanted && lock !== null) {
        await lock.release()
        lock = null
      }
    } catch {
      // Refused, as on low battery: the film plays all the same.
    } finally {
      asking = false
    }
    if (!wanted && lock !== null) void settle()
  }
  return {
    hold: on => {
      if (on && !wanted) document.addEventListener('visibilitychange', settle)
      if (!on && wanted) document.removeEventListener('visibilitychange', settle)
      wanted = on
      void settle()
    },
  }
}
