import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import { cx } from '../../lib/cx.js'
import { useStore, type Store } from '../../lib/store.js'
import { monthWords } from '../../lib/time-words.js'
import { markAt, type Mark } from './pages.js'
import { railLabels } from './rail-labels.js'

interface RailProps {
  readonly marks: readonly Mark[]
  readonly total: number
  /** The item at the top of the screen. */
  readonly top: Store<number>
  readonly onJump: (item: number) => void
}

/** Letters, years or months along the right edge: shows where one is, and goes anywhere at once. */
export function Rail({ marks, total, top, onJump }: RailProps) {
  const track = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(600)
  const [pointed, setPointed] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const current = useStore(top)
  const labels = useMemo(() => railLabels(marks, total, height, 17), [marks, total, height])

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height))
    if (track.current) observer.observe(track.current)
    return () => observer.disconnect()
  }, [])

  const itemAt = (event: PointerEvent) => {
    const box = track.current!.getBoundingClientRect()
    return Math.min(total - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * total)))
  }
  const here = markAt(marks, current)
  const shown = pointed ?? (dragging ? current : null)
  const step = (by: number) => {
    const mark = marks[Math.min(marks.length - 1, Math.max(0, here + by))]
    if (mark) onJump(mark.start)
  }

  return (
    <div
      role="slider"
      aria-label="Place in the list"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={marks.length - 1}
      aria-valuenow={here}
      aria-valuetext={monthWords(marks[here]?.key ?? '')}
      tabIndex={0}
      className="group/rail fixed top-44 right-0 bottom-[calc(var(--dock)+var(--bar)+env(safe-area-inset-bottom)+1.25rem)] z-20 w-9 touch-none rounded-m select-none md:top-4 md:w-11"
      onKeyDown={event => {
        const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -marks.length, End: marks.length }[event.key]
        if (by === undefined) return
        event.preventDefault()
        step(by)
      }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
        const item = itemAt(event)
        setPointed(item)
        onJump(item)
      }}
      onPointerMove={event => {
        const item = itemAt(event)
        setPointed(item)
        if (dragging) onJump(item)
      }}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => setPointed(null)}
    >
      <div ref={track} className="absolute inset-y-2 right-0 left-0">
        {labels.map(label => (
          <span
            key={label.text + label.at}
            className={cx(
              'figures absolute right-2 -translate-y-1/2 text-caption leading-none font-medium transition-colors md:right-3',
              label.text === railText(marks[here]?.key) ? 'text-accent-ink' : 'text-ink-3 group-hover/rail:text-ink-2',
            )}
            style={{ top: `${label.at * 100}%` }}
          >
            {label.text}
          </span>
        ))}
        <span
          className="absolute right-0 h-0.5 w-2 -translate-y-1/2 rounded-full bg-accent md:w-2.5"
          style={{ top: `${(current / Math.max(1, total)) * 100}%` }}
        />
        {shown !== null && (
          <span
            className="figures pointer-events-none absolute right-[calc(100%+0.25rem)] -translate-y-1/2 rounded-m bg-surface-3 px-3 py-1.5 text-small font-semibold whitespace-nowrap text-ink-1 shadow-raised"
            style={{ top: `${(shown / Math.max(1, total)) * 100}%` }}
          >
            {monthWords(marks[markAt(marks, shown)]?.key ?? '')}
          </span>
        )}
      </div>
    </div>
  )
}

const railText = (key: string | undefined) => (key && /^\d{4}-\d{2}$/.test(key) ? key.slice(0, 4) : key)
