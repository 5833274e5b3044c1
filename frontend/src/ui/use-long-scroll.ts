import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { physicalHeight, placeAfter, placeAt, type ScrollPlace } from '../lib/long-scroll.js'

interface LongScroll {
  /** For the element that holds the list; give it `height`. */
  readonly ref: RefObject<HTMLDivElement | null>
  readonly height: number
  /** Subtract from an offset in the list to get its place in the element. */
  readonly shift: number
  /** The part of the list to render, in px of the list: what is seen and `overscan` around, in steps of `step`. */
  readonly from: number
  readonly to: number
  /** What is seen at this moment, for those who ask while handling an event. */
  readonly seen: () => { readonly top: number; readonly bottom: number }
  readonly scrollTo: (top: number) => void
}

interface LongScrollOptions {
  readonly total: number
  readonly step: number
  readonly overscan: number
  /** At each movement, with the offset at the top of the screen. */
  readonly onScroll?: (top: number) => void
}

/** Where lists were left, by entry of the browser's history: the router cannot restore what is not laid out yet. */
const left = new Map<string, number>()

/**
 * Follows the scrolling of the page over a list of any length. Renders again only when another step comes into sight. Going
 * back comes to where the list was left.
 */
export function useLongScroll({ total, step, overscan, onScroll }: LongScrollOptions): LongScroll {
  const ref = useRef<HTMLDivElement>(null)
  const place = useRef<ScrollPlace>({ physical: 0, shift: 0 })
  const [view, setView] = useState({ from: 0, to: step * 2, shift: 0 })
  const latest = useRef({ total, step, overscan, onScroll })
  latest.current = { total, step, overscan, onScroll }

  const { key } = useLocation()
  const comingBack = useRef(useNavigationType() === 'POP' ? left.get(key) : undefined)

  const startOfList = () => (ref.current ? ref.current.getBoundingClientRect().top + scrollY : 0)

  const show = useCallback(() => {
    const { step: stride, overscan: around, onScroll: tell } = latest.current
    const top = place.current.physical + place.current.shift
    tell?.(Math.max(0, top))
    if (comingBack.current === undefined) left.set(key, top)
    const from = Math.max(0, Math.floor((top - around) / stride) * stride)
    const to = Math.ceil((top + innerHeight + around) / stride) * stride
    const { shift } = place.current
    setView(view => (view.from === from && view.to === to && view.shift === shift ? view : { from, to, shift }))
  }, [key])

  const follow = useCallback(() => {
    const start = startOfList()
    const physical = scrollY - start
    const next = placeAfter(physical, place.current, { total: latest.current.total, viewport: innerHeight })
    place.current = next
    if (latest.current.total > physicalHeight(latest.current.total) && Math.abs(next.physical - physical) >= 1 && physical > 0)
      scrollTo({ top: next.physical + start, behavior: 'instant' })
    show()
  }, [show])

  const to = useCallback(
    (top: number) => {
      place.current = placeAt(top, { total: latest.current.total, viewport: innerHeight })
      scrollTo({ top: place.current.physical + startOfList(), behavior: 'instant' })
      show()
    },
    [show],
  )

  useLayoutEffect(() => {
    follow()
    addEventListener('scroll', follow, { passive: true })
    addEventListener('resize', follow)
    return () => {
      removeEventListener('scroll', follow)
      removeEventListener('resize', follow)
    }
  }, [follow])
  useLayoutEffect(() => {
    const goal = comingBack.current
    if (goal === undefined || total === 0) return follow()
    comingBack.current = undefined
    to(goal)
  }, [follow, to, total, step, overscan])

  return {
    ref,
    height: physicalHeight(total),
    shift: view.shift,
    from: view.from,
    to: view.to,
    seen: () => {
      const top = place.current.physical + place.current.shift
      return { top, bottom: top + innerHeight }
    },
    scrollTo: to,
  }
}
