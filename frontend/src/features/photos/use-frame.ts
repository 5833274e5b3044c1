import { useLayoutEffect, useState } from 'react'
import type { Size } from './zoom.js'

/** The size of an element, as it changes. */
export function useFrame(element: HTMLElement | null): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight })
  useLayoutEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}
