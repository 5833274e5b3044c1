import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react'
import { moved, mostZoom, settle, swipeOutcome, whole, zoomAt, type Look, type Point, type Size } from './zoom.js'

interface GestureOptions {
  readonly frame: Size
  readonly shown: Size
  readonly pixels: Size
  /** Changes with the picture; a new one is looked at whole. */
  readonly key: string | undefined
  readonly canStep: (by: 1 | -1) => boolean
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
  readonly onTap: () => void
}

const slideMs = 200
const tapMs = 260
const tapPixels = 8
const still: Point = { x: 0, y: 0 }

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/** Zoom by wheel, pinch and double tap; pan; swipe to the neighbours, and down to close. */
export function useGestures(element: HTMLElement | null, options: GestureOptions) {
  const { frame, shown, pixels, key, canStep, onStep, onClose, onTap } = options
  const [look, setLook] = useState<Look>(whole)
  const [drag, setDrag] = useState<Point>(still)
  const [gliding, setGliding] = useState(false)
  const pointers = useRef(new Map<number, Point>())
  const trail = useRef<{ start: Point; last: Point; lastAt: number; speed: Point; axis: 'x' | 'y' | null; pinched: boolean }>(
    null,
  )
  const tapped = useRef<{ at: number; timer: ReturnType<typeof setTimeout> | undefined }>({ at: -Infinity, timer: undefined })
  const most = mostZoom(pixels, shown)

  /** A step asked for while another was under way. */
  const wanted = useRef<1 | -1 | null>(null)
  const arrived = useRef(() => {})
  useEffect(() => {
    setLook(whole)
    setDrag(still)
    setGliding(false)
    arrived.current()
  }, [key])

  const fromMiddle = (x: number, y: number): Point => {
    const box = element!.getBoundingClientRect()
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 }
  }
  const zoom = (factor: number, point: Point = still) => setLook(now => settle(zoomAt(now, factor, point, most), shown, frame))
  const toggleZoom = (point: Point) => {
    setGliding(true)
    setTimeout(() => setGliding(false), slideMs)
    setLook(now => (now.scale > 1.05 ? whole : settle(zoomAt(now, Math.min(2.5, most), point, most), shown, frame)))
  }

  useEffect(() => {
    if (!element) return
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      // A pinch on a touchpad comes as a wheel with Ctrl and small steps.
      zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.012 : 0.0018)), fromMiddle(event.clientX, event.clientY))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  })

  /** Slides to a neighbour, or back where it was. */
  const glide = (to: Point, then: () => void) => {
    setGliding(true)
    setDrag(to)
    setTimeout(
      () => {
        setGliding(false)
        setDrag(still)
        then()
      },
      document.documentElement.dataset['motion'] === 'reduced' ? 0 : slideMs,
    )
  }

  const step = (by: 1 | -1) => {
    if (canStep(by)) glide({ x: -by * frame.width, y: 0 }, () => onStep(by))
  }
  arrived.current = () => {
    const by = wanted.current
    wanted.current = null
    if (by !== null) step(by)
  }

  const down = (event: ReactPointerEvent) => {
    if (event.button !== 0 || gliding) return
    element?.setPointerCapture(event.pointerId)
    const point = fromMiddle(event.clientX, event.clientY)
    pointers.current.set(event.pointerId, point)
    trail.current = {
      start: point,
      last: point,
      lastAt: event.timeStamp,
      speed: still,
      axis: null,
      pinched: pointers.current.size > 1 || (trail.current?.pinched ?? false),
    }
  }
  const move = (event: ReactPointerEvent) => {
    const before = pointers.current.get(event.pointerId)
    const now = trail.current
    if (!before || !now) return
    const point = fromMiddle(event.clientX, event.clientY)
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId)
    pointers.current.set(event.pointerId, point)
    const other = others[0]?.[1]
    if (other) {
      const shift = between(point, other)
      const old = between(before, other)
      setLook(current =>
        moved(zoomAt(current, distance(point, other) / Math.max(1, distance(before, other)), shift, most), {
          x: shift.x - old.x,
          y: shift.y - old.y,
        }),
      )
      return
    }
    const by = { x: point.x - before.x, y: point.y - before.y }
    const ms = Math.max(1, event.timeStamp - now.lastAt)
    now.speed = { x: by.x / ms, y: by.y / ms }
    now.last = point
    now.lastAt = event.timeStamp
    if (look.scale > 1.01) return setLook(current => settle(moved(current, by), shown, frame))
    if (now.pinched) return
    const total = { x: point.x - now.start.x, y: point.y - now.start.y }
    if (now.axis === null && distance(total, still) > tapPixels) now.axis = Math.abs(total.x) >= Math.abs(total.y) ? 'x' : 'y'
    if (now.axis === 'x') setDrag({ x: total.x * (canStep(total.x < 0 ? 1 : -1) ? 1 : 0.3), y: 0 })
    if (now.axis === 'y') setDrag({ x: 0, y: Math.max(0, total.y) })
  }
  const up = (event: ReactPointerEvent) => {
    if (!pointers.current.delete(event.pointerId) || !trail.current) return
    const { start, last, speed, axis, pinched } = trail.current
    if (pointers.current.size > 0) return
    trail.current = null
    setLook(current => settle(current, shown, frame))
    if (!pinched && distance(start, last) <= tapPixels) return tap(event, last)
    if (axis === null) return
    const total = { x: last.x - start.x, y: last.y - start.y }
    const outcome = swipeOutcome(axis === 'x' ? { x: total.x, y: 0 } : { x: 0, y: total.y }, speed, frame)
    if (outcome === 'close') return onClose()
    const by = outcome === 'next' ? 1 : outcome === 'previous' ? -1 : null
    if (by !== null && canStep(by)) glide({ x: -by * frame.width, y: 0 }, () => onStep(by))
    else glide(still, () => {})
  }
  const tap = (event: ReactPointerEvent, point: Point) => {
    clearTimeout(tapped.current.timer)
    if (event.timeStamp - tapped.current.at < tapMs) {
      tapped.current.at = -Infinity
      return toggleZoom(point)
    }
    tapped.current = { at: event.timeStamp, timer: event.pointerType === 'mouse' ? undefined : setTimeout(onTap, tapMs) }
  }

  return {
    look,
    drag,
    gliding,
    zoom,
    /** Goes to a neighbour as a swipe would; asked for while it goes, it goes on to the one after. */
    slide: (by: 1 | -1) => {
      if (gliding) wanted.current = by
      else step(by)
    },
    reset: () => setLook(whole),
    handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up },
  }
}
