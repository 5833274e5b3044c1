import { GripVertical, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { cx } from '../../lib/cx.js'
import { clock } from '../../player/time-format.js'
import { clamp } from '../../player/scrubber.js'
import { Button, IconButton } from '../../ui/button.js'
import { clearRest, jump, move, remove } from './music-player.js'
import { artistOf } from './music-store.js'
import { Sleeve } from './sleeve.js'
import { useHeard, useMusic } from './use-music.js'

interface Drag {
  readonly from: number
  readonly to: number
}

/** What plays and what comes: press to play, drag by the handle or Alt and arrows to move. */
export function QueueList() {
  const { queue } = useMusic()
  const [drag, setDrag] = useState<Drag | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'center' })
  }, [])

  const indexAt = (event: PointerEvent) => {
    const box = list.current!.getBoundingClientRect()
    return clamp(Math.floor(((event.clientY - box.top) / box.height) * queue.entries.length), 0, queue.entries.length - 1)
  }
  const moveByKey = (event: KeyboardEvent, index: number) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0 || !event.altKey) return
    event.preventDefault()
    move(index, index + by)
  }
  const shift = (index: number) => {
    if (!drag || index === drag.from) return 0
    if (index > drag.from && index <= drag.to) return -1
    return index < drag.from && index >= drag.to ? 1 : 0
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center justify-between py-2 pr-2 pl-4">
        <h2 className="text-body font-semibold text-ink-1">Queue</h2>
        <Button look="bare" disabled={queue.entries.length < 2} onClick={clearRest}>
          Clear
        </Button>
      </div>
      <ol ref={list} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-1.5 pb-2">
        {queue.entries.map((entry, index) => (
          <li
            key={entry.key}
            ref={index === queue.current ? current : null}
            aria-current={index === queue.current ? 'true' : undefined}
            onKeyDown={event => moveByKey(event, index)}
            className={cx(
              'group/row relative flex h-14 items-center gap-3 rounded-m pl-2.5 [content-visibility:auto] [contain-intrinsic-size:auto_3.5rem]',
              drag?.from === index ? 'z-10 bg-surface-3' : 'hover:bg-surface-2',
              drag && 'transition-[translate]',
            )}
            style={drag ? { translate: `0 ${drag.from === index ? (drag.to - drag.from) * 100 : shift(index) * 100}%` } : {}}
          >
            <button
              type="button"
              onClick={() => jump(index)}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-s py-1.5 text-left focus-visible:-outline-offset-2"
            >
              <Sleeve item={entry.item} sizes="40px" className="size-10 shrink-0 rounded-s" />
              <span className="min-w-0 flex-1">
                <span
                  className={cx(
                    'block truncate text-small',
                    index === queue.current ? 'font-semibold text-accent-ink' : 'text-ink-1',
                  )}
                >
                  {entry.item.title}
                </span>
                <span className="block truncate text-caption text-ink-3">{artistOf(entry.item)}</span>
              </span>
              {index === queue.current ? (
                <Beat />
              ) : (
                entry.item.durationMs !== null && (
                  <span className="figures text-caption text-ink-3">{clock(entry.item.durationMs)}</span>
                )
              )}
            </button>
            <IconButton
              label={`Remove ${entry.item.title}`}
              size="s"
              className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100"
              onClick={() => remove(index)}
            >
              <X />
            </IconButton>
            <button
              type="button"
              aria-label={`Move ${entry.item.title}`}
              title="Drag to move (Alt ↑ ↓)"
              className="-ml-2 grid h-full w-8 shrink-0 cursor-grab touch-none place-items-center rounded-s text-ink-3 hover:text-ink-1 active:cursor-grabbing"
              onPointerDown={event => {
                event.currentTarget.setPointerCapture(event.pointerId)
                setDrag({ from: index, to: index })
              }}
              onPointerMove={event => drag && setDrag({ ...drag, to: indexAt(event) })}
              onPointerUp={() => {
                if (drag) move(drag.from, drag.to)
                setDrag(null)
              }}
              onPointerCancel={() => setDrag(null)}
            >
              <GripVertical className="size-4" />
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** Three bars that move while music plays. */
function Beat() {
  const playing = useHeard(state => state.playing && state.waiting === null)
  return (
    <span className="flex h-3.5 items-end gap-[3px] pr-1" aria-hidden="true">
      {[0, 1, 2].map(bar => (
        <span
          key={bar}
          className={cx('w-[3px] origin-bottom rounded-full bg-accent', playing && 'music-beat')}
          style={{ height: `${[60, 100, 40][bar]}%`, animationDelay: `${bar * -0.37}s` }}
        />
      ))}
    </span>
  )
}
