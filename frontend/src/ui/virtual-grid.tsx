import { useEffect, useImperativeHandle, useState, type ReactNode, type Ref } from 'react'
import { useLongScroll } from './use-long-scroll.js'

export interface GridHandle {
  /** Scrolls so that the row of an item stands at the top. */
  toIndex(index: number): void
}

interface VirtualGridProps {
  readonly count: number
  /** Least width of a cell, px. One column when it is Infinity. */
  readonly cellWidth: number
  /** Height of a cell for its width, px. */
  readonly cellHeight: (width: number) => number
  readonly gap: number
  readonly rowGap?: number
  readonly label: string
  readonly render: (index: number) => ReactNode
  /** First and last item in or near sight, whenever that changes. */
  readonly onRange?: (from: number, to: number) => void
  /** The item at the top of the screen, as one scrolls. */
  readonly onTop?: (index: number) => void
  readonly handle?: Ref<GridHandle>
}

/** A grid over the page's own scrolling that holds only what is near sight, for millions of cells of equal size. */
export function VirtualGrid({
  count,
  cellWidth,
  cellHeight,
  gap,
  rowGap = gap,
  label,
  render,
  onRange,
  onTop,
  handle,
}: VirtualGridProps) {
  const [width, setWidth] = useState(0)
  const columns = Number.isFinite(cellWidth) ? Math.max(1, Math.floor((width + gap) / (cellWidth + gap))) : 1
  const cell = (width - gap * (columns - 1)) / columns
  const stride = Math.max(8, Math.round(cellHeight(cell)) + rowGap)
  const rows = width > 0 ? Math.ceil(count / columns) : 0
  const scroll = useLongScroll({
    total: Math.max(0, rows * stride - rowGap),
    step: stride,
    overscan: stride * 2,
    ...(onTop && { onScroll: (top: number) => onTop(Math.min(count - 1, Math.floor((top + stride / 3) / stride) * columns)) }),
  })

  useEffect(() => {
    const element = scroll.ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroll.ref])

  const from = Math.min(count, Math.floor(scroll.from / stride) * columns)
  const to = Math.min(count, Math.ceil(scroll.to / stride) * columns)
  useEffect(() => {
    if (to > from) onRange?.(from, to - 1)
  }, [from, to, onRange])
  useImperativeHandle(handle, () => ({ toIndex: index => scroll.scrollTo(Math.floor(index / columns) * stride) }))

  const cells = []
  for (let index = from; index < to; index++)
    cells.push(
      <div
        key={index}
        role="listitem"
        aria-setsize={count}
        aria-posinset={index + 1}
        className="absolute top-0 left-0"
        style={{
          width: cell,
          height: stride - rowGap,
          transform: `translate(${(index % columns) * (cell + gap)}px, ${Math.floor(index / columns) * stride - scroll.shift}px)`,
        }}
      >
        {render(index)}
      </div>,
    )
  return (
    <div
      ref={scroll.ref}
      role="list"
      aria-label={label}
      data-arrows
      className="relative w-full"
      style={{ height: scroll.height }}
    >
      {cells}
    </div>
  )
}
