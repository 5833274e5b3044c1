import { useCallback, useEffect, useRef, useState } from 'react'
import type { Engine } from '../../player/engine.js'
import { useSelected } from '../../lib/use-selected.js'

const mouseMs = 2_500
const focusMs = 5_000
const wakingKeys = new Set(['Tab', 'ArrowLeft', 'ArrowRight'])

export interface ControlsShown {
  readonly shown: boolean
  /** Shows them for a while. */
  readonly wake: (ms?: number) => void
  readonly hide: () => void
  readonly hold: (what: string, held: boolean) => void
}

/** Controls are there while the film stands still, something is open or held, or shortly after a person did something. */
export function useControlsShown(engine: Engine | null, root: HTMLElement | null): ControlsShown {
  const still = useSelected(engine?.state ?? idle, state => !state.playing || state.phase !== 'ready')
  const [awake, setAwake] = useState(true)
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const wake = useCallback((ms = mouseMs) => {
    setAwake(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAwake(false), ms)
  }, [])
  const hide = useCallback(() => {
    clearTimeout(timer.current)
    setAwake(false)
  }, [])
  const hold = useCallback(
    (what: string, on: boolean) => {
      setHeld(now => {
        const next = new Set(now)
        if (on) next.add(what)
        else next.delete(what)
        return next
      })
      wake()
    },
    [wake],
  )

  useEffect(() => {
    if (!root) return
    const abort = new AbortController()
    const { signal } = abort
    let last = ''
    root.addEventListener(
      'pointermove',
      event => {
        // Chromium sends moves without motion when what is under a resting mouse changes.
        const place = `${event.clientX} ${event.clientY}`
        if (event.pointerType !== 'touch' && place !== last) wake()
        last = place
      },
      { signal },
    )
    root.addEventListener('focusin', event => (event.target as Element).matches(':focus-visible') && wake(focusMs), { signal })
    addEventListener('keydown', event => wakingKeys.has(event.key) && wake(focusMs), { signal })
    wake()
    return () => {
      abort.abort()
      clearTimeout(timer.current)
    }
  }, [root, wake])
  return { shown: still || awake || held.size > 0, wake, hide, hold }
}

const idleState = { playing: false, phase: 'idle' } as const
const idle = { get: () => idleState as { readonly playing: boolean; readonly phase: string }, watch: () => () => {} }
