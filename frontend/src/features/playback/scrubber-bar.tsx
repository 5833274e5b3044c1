import { useRef, useState, type PointerEvent } from 'react'
import { cx } from '../../lib/cx.js'
import { chapterAt, clamp, filled, fraction, segments, timeAt, type Range } from '../../player/scrubber.js'
import { clock, spoken } from '../../player/time-format.js'
import { usePlayer, usePlayerState } from './player-context.js'

const none: readonly never[] = []

/** The film as a line: seen, loaded, cut at its chapters; the time and chapter under the pointer above it. */
export function ScrubberBar() {
  const { engine, hold } = usePlayer()
  const positionMs = usePlayerState(state => state.positionMs)
  const durationMs = usePlayerState(state => state.durationMs)
  const buffered = usePlayerState(state => state.buffered)
  const chapters = usePlayerState(state => state.session?.chapters) ?? none
  const bar = useRef<HTMLDivElement>(null)
  const [hoverMs, setHover] = useState<number | null>(null)
  const [dragMs, setDrag] = useState<number | null>(null)
  const shownMs = dragMs ?? positionMs
  const parts = segments(chapters, Math.max(1, durationMs))
  const pointed = dragMs ?? hoverMs

  const at = (event: PointerEvent) => timeAt(event.clientX, bar.current!.getBoundingClientRect(), durationMs)
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || durationMs <= 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    hold('scrub', true)
    setDrag(at(event))
  }
  const drop = (event: PointerEvent, keep: boolean) => {
    if (dragMs === null) return
    hold('scrub', false)
    setDrag(null)
    setHover(null)
    if (keep) engine.seek(at(event))
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Place in the film"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(shownMs / 1000)}
      aria-valuetext={`${spoken(shownMs)} of ${spoken(durationMs)}`}
      data-scrubber
      className="group/bar relative flex h-7 cursor-pointer touch-none items-center rounded-s tv:h-10"
      onPointerDown={grab}
      onPointerMove={event => (dragMs === null ? event.pointerType !== 'touch' && setHover(at(event)) : setDrag(at(event)))}
      onPointerUp={event => drop(event, true)}
      onPointerCancel={event => drop(event, false)}
      onPointerLeave={() => setHover(null)}
    >
      <div ref={bar} className="flex h-full w-full items-center gap-[3px]" aria-hidden="true">
        {parts.map(part => (
          <Part
            key={part.startMs}
            part={part}
            shownMs={shownMs}
            hoverMs={hoverMs}
            buffered={buffered}
            active={pointed !== null && pointed >= part.startMs && pointed < part.endMs}
          />
        ))}
      </div>
      <div
        className={cx(
          'pointer-events-none absolute top-1/2 size-3.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-accent shadow-raised transition-[scale]',
          'tv:size-5',
          dragMs === null
            ? 'scale-0 group-hover/bar:scale-100 group-focus-visible/bar:scale-100 pointer-coarse:scale-100'
            : 'scale-125',
        )}
        style={{ left: `${fraction(shownMs, durationMs) * 100}%` }}
      />
      {pointed !== null && durationMs > 0 && (
        <Bubble ms={pointed} durationMs={durationMs} title={chapterAt(chapters, pointed)?.title ?? null} />
      )}
    </div>
  )
}

interface PartProps {
  readonly part: Range
  readonly shownMs: number
  readonly hoverMs: number | null
  readonly buffered: readonly Range[]
  readonly active: boolean
}

function Part({ part, shownMs, hoverMs, buffered, active }: PartProps) {
  const length = part.endMs - part.startMs
  return (
    <div
      className={cx(
        'relative h-1 min-w-0 overflow-hidden rounded-full bg-white/25 transition-[height] tv:h-2',
        active ? 'h-2' : 'group-hover/bar:h-1.5',
      )}
      style={{ flexGrow: length, flexBasis: 0 }}
    >
      {buffered.map(range => {
        const from = filled(part, range.startMs)
        const to = filled(part, range.endMs)
        return to > from && <Fill key={range.startMs} from={from} to={to} className="bg-white/25" />
      })}
      {hoverMs !== null && hoverMs > shownMs && (
        <Fill from={filled(part, shownMs)} to={filled(part, hoverMs)} className="bg-white/25" />
      )}
      <Fill from={0} to={filled(part, shownMs)} className="bg-accent" />
    </div>
  )
}

const Fill = ({ from, to, className }: { from: number; to: number; className: string }) => (
  <div className={cx('absolute inset-y-0', className)} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
)

/** Stays on the screen at both ends of the bar. */
function Bubble({ ms, durationMs, title }: { ms: number; durationMs: number; title: string | null }) {
  const percent = fraction(ms, durationMs) * 100
  return (
    <div
      className="over-picture pointer-events-none absolute bottom-full mb-1.5 flex max-w-[min(20rem,60vw)] flex-col items-center whitespace-nowrap text-white"
      style={{ left: `${percent}%`, translate: `${-clamp(percent, 4, 96)}% 0` }}
    >
      {title && <span className="max-w-full truncate text-small font-medium">{title}</span>}
      <span className="figures text-body font-semibold">{clock(ms, durationMs)}</span>
    </div>
  )
}
