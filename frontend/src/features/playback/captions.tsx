import { useEffect, useRef } from 'react'
import { cx } from '../../lib/cx.js'
import { useSelected } from '../../lib/use-selected.js'
import { playerPreferences } from '../../player/player-preferences.js'
import { usePlayerState } from './player-context.js'

const scales = { small: 0.78, medium: 1, large: 1.3, huge: 1.7 } as const

/** Whether a cue belongs to the upper half, by WebVTT's line setting: percent, or lines counted from the top. */
const isHigh = (cue: VTTCue) => typeof cue.line === 'number' && (cue.snapToLines ? cue.line >= 0 && cue.line < 8 : cue.line < 50)

/** Subtitles over the picture, above the controls while those are there. */
export function CaptionsLayer({ raised }: { raised: boolean }) {
  const cues = usePlayerState(state => state.cues)
  const size = useSelected(playerPreferences, preferences => preferences.captionSize)
  const look = useSelected(playerPreferences, preferences => preferences.captionLook)
  const high = cues.filter(isHigh)
  const low = cues.filter(cue => !isHigh(cue))
  return (
    <div
      className="captions pointer-events-none absolute inset-0 [container-type:size]"
      data-look={look}
      style={{ ['--cue-scale' as string]: scales[size] }}
    >
      <Row cues={high} className="top-[max(6%,env(safe-area-inset-top))]" />
      <Row
        cues={low}
        className={cx(
          'transition-[bottom]',
          raised ? 'bottom-[max(9.5rem,12%)] tv:bottom-[11rem]' : 'bottom-[max(6%,env(safe-area-inset-bottom))]',
        )}
      />
    </div>
  )
}

function Row({ cues, className }: { cues: readonly VTTCue[]; className: string }) {
  return (
    <div className={cx('caption-row absolute inset-x-[6%] flex flex-col items-center gap-[0.15em] text-center', className)}>
      {cues.map(cue => (
        <Cue key={`${cue.startTime} ${cue.id} ${cue.text}`} cue={cue} />
      ))}
    </div>
  )
}

/** The browser parses WebVTT's markup into elements of its own; no markup of the file reaches the page. */
function Cue({ cue }: { cue: VTTCue }) {
  const line = useRef<HTMLSpanElement>(null)
  useEffect(() => line.current?.replaceChildren(cue.getCueAsHTML()), [cue])
  const align =
    cue.align === 'start' || cue.align === 'left'
      ? 'self-start text-left'
      : cue.align === 'end' || cue.align === 'right'
        ? 'self-end text-right'
        : ''
  return (
    <div className={cx('cue', align)}>
      <span ref={line} />
    </div>
  )
}
