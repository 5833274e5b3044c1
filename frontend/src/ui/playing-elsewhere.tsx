import { MonitorPlay } from 'lucide-react'
import { cx } from '../lib/cx.js'
import { placeNow, type Elsewhere } from '../lib/elsewhere.js'
import { watchPath } from '../lib/paths.js'
import { clock } from '../lib/time-words.js'
import { ButtonLink } from './button.js'

interface PlayingElsewhereProps {
  readonly there: Elsewhere
  readonly nowMs: number
  /** What plays, where the page does not say so itself. */
  readonly title?: string | undefined
  readonly className?: string
}

/** “Playing on Living room at 12:04”, with the way to go on here at the same second. */
export function PlayingElsewhere({ there, nowMs, title, className }: PlayingElsewhereProps) {
  const placeMs = Math.round(placeNow(there, nowMs))
  return (
    <div className={cx('flex max-w-full flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-2', className)} data-arrows>
      <MonitorPlay className="size-5 shrink-0 text-accent" aria-hidden="true" />
      <span className="min-w-0">
        <span role="status">
          {title && <span className="font-medium text-ink-1">{title} </span>}
          {title ? 'is playing' : 'Playing'} on {there.device || 'another device'}
        </span>
        {/* Not in what is announced: it changes each second. */}
        <span className="figures text-ink-3"> at {clock(placeMs)}</span>
      </span>
      <ButtonLink look="quiet" to={watchPath(there.itemId, { startMs: placeMs })}>
        Continue here
      </ButtonLink>
    </div>
  )
}
