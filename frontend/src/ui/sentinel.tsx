import { useEffect, useRef, type ReactNode } from 'react'

/** Around what stands at the end of a list: calls when one comes near it, and again while one stays there and the list has grown. */
export function Sentinel({ onSeen, children }: { onSeen: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), { rootMargin: '600px' })
    if (ref.current) observer.observe(ref.current)
    return () => observer.disconnect()
  }, [onSeen])
  return <div ref={ref}>{children}</div>
}
