import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Children, useEffect, useRef, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { IconButton } from './button.js'
import { Text } from './text.js'

interface ShelfProps {
  readonly title: string
  /** Where all of it is. */
  readonly to?: string
  /** Width of one card, as CSS. */
  readonly cardWidth: string
  readonly children: ReactNode
}

/** A row that scrolls sideways: by hand, by its arrows, or by the arrow keys from card to card. */
export function Shelf({ title, to, cardWidth, children }: ShelfProps) {
  const row = useRef<HTMLUListElement>(null)
  const [ends, setEnds] = useState({ left: true, right: true })

  useEffect(() => {
    const list = row.current
    if (!list) return
    const look = () =>
      setEnds(({ left, right }) => {
        const next = { left: list.scrollLeft < 4, right: list.scrollLeft + list.clientWidth > list.scrollWidth - 4 }
        return next.left === left && next.right === right ? { left, right } : next
      })
    const observer = new ResizeObserver(look)
    observer.observe(list)
    list.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      list.removeEventListener('scroll', look)
    }
  }, [children])

  const page = (direction: 1 | -1) =>
    row.current?.scrollBy({ left: direction * row.current.clientWidth * 0.85, behavior: 'smooth' })

  return (
    <section aria-label={title} data-arrows className="group/shelf">
      <div className="mb-3 flex items-center gap-3 gutter">
        <Text as="h2" size="title">
          {to ? (
            <Link to={to} className="rounded-s hover:text-accent-ink">
              {title}
              <ChevronRight className="ml-0.5 inline size-5 align-[-0.2em] text-ink-3" aria-hidden="true" />
            </Link>
          ) : (
            title
          )}
        </Text>
        <div className="ml-auto flex opacity-0 transition-opacity group-focus-within/shelf:opacity-100 group-hover/shelf:opacity-100 pointer-coarse:hidden tv:hidden">
          <IconButton label={`Back in ${title}`} size="s" tabIndex={-1} disabled={ends.left} onClick={() => page(-1)}>
            <ChevronLeft />
          </IconButton>
          <IconButton label={`On in ${title}`} size="s" tabIndex={-1} disabled={ends.right} onClick={() => page(1)}>
            <ChevronRight />
          </IconButton>
        </div>
      </div>
      <ul
        ref={row}
        className="-my-2 flex scroll-px-(--gutter) gap-4 overflow-x-auto overscroll-x-contain py-2 gutter no-scrollbar compact:gap-3"
      >
        {Children.map(children, child => (
          <li className="shrink-0" style={{ width: cardWidth }}>
            {child}
          </li>
        ))}
      </ul>
    </section>
  )
}
