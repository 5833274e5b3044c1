import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createWakeLock } from '../../player/wake-lock.js'

const slideshowMs = 5_000
const chromeMs = 3_000

/** One photo after the other while it runs; the screen stays on. */
export function useSlideshow(runs: boolean, hasNext: boolean, id: string | undefined, advance: () => void, finish: () => void) {
  const wakeLock = useMemo(() => createWakeLock(), [])
  useEffect(() => {
    wakeLock.hold(runs)
    return () => wakeLock.hold(false)
  }, [wakeLock, runs])
  const turn = useRef(() => {})
  turn.current = hasNext ? advance : finish
  useEffect(() => {
    if (!runs) return
    const timer = setTimeout(() => turn.current(), slideshowMs)
    return () => clearTimeout(timer)
  }, [runs, id])
}

/** What is around the photo: there when the mouse moves or a finger taps, gone soon after. */
export function useChrome(stage: HTMLElement | null) {
  const [shown, setShown] = useState(true)
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(false), chromeMs)
    return () => clearTimeout(timer)
  }, [shown])
  useEffect(() => {
    const show = (event: PointerEvent | FocusEvent) => {
      if (!(event instanceof PointerEvent) || (event.pointerType === 'mouse' && (event.movementX !== 0 || event.movementY !== 0)))
        setShown(true)
    }
    const root = stage?.parentElement
    root?.addEventListener('pointermove', show)
    root?.addEventListener('focusin', show)
    return () => {
      root?.removeEventListener('pointermove', show)
      root?.removeEventListener('focusin', show)
    }
  }, [stage])
  return { shown, toggle: useCallback(() => setShown(now => !now), []) }
}

type Actions = Readonly<Record<string, () => void>>

/** Runs what a key stands for; `latest` is read at each press. Arrows inside controls of their own are left to these. */
export function useKeys(latest: { readonly current: Actions }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const inControls = event.target instanceof Element && event.target.closest('[data-own-keys]') !== null
      const run = latest.current[event.key]
      if (!run || (inControls && event.key.startsWith('Arrow'))) return
      event.preventDefault()
      run()
    }
    // Before the page's own arrow keys, which would move the focus.
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [latest])
}
