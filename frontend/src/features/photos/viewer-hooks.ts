import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createWakeLock } from '../../player/wake-lock.js'
import { isPlain, useKeyDown } from '../../ui/use-key-down.js'

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

/** Runs what a key stands for. Arrows inside controls of their own are left to these. */
export function useKeys(actions: Actions): void {
  useKeyDown(
    event => {
      if (!isPlain(event)) return
      const inControls = event.target instanceof Element && event.target.closest('[data-own-keys]') !== null
      const run = actions[event.key]
      if (!run || (inControls && event.key.startsWith('Arrow'))) return
      event.preventDefault()
      run()
    },
    { capture: true },
  )
}
