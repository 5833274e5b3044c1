import { useRef, type PointerEvent } from 'react'
import { usePlayer } from './player-context.js'
import { toggleFullScreen } from './screen-modes.js'

const doubleMs = 300
const windMs = 10_000

interface TouchSurfaceProps {
  readonly controlsShown: boolean
  readonly onShow: () => void
  readonly onHide: () => void
}

/**
 * The picture as something to press. A finger: tap shows and hides the controls, two taps on a side wind ten seconds, each
 * further tap ten more. A mouse: click plays or pauses, double click fills the screen.
 */
export function TouchSurface({ controlsShown, onShow, onHide }: TouchSurfaceProps) {
  const { engine, flash } = usePlayer()
  const last = useRef({ at: -Infinity, side: 'middle' as Side, wound: 0 })
  const pointer = useRef('')
  const single = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tap = (event: PointerEvent<HTMLDivElement>) => {
    const side = sideOf(event)
    const { at, side: before, wound } = last.current
    const again = event.timeStamp - at < (wound > 0 ? 2 * doubleMs : doubleMs) && side === before && side !== 'middle'
    last.current = { at: event.timeStamp, side, wound: again ? wound + windMs : 0 }
    clearTimeout(single.current)
    if (!again) {
      single.current = setTimeout(controlsShown ? onHide : onShow, side === 'middle' ? 0 : doubleMs)
      return
    }
    engine.seekBy(side === 'left' ? -windMs : windMs)
    flash({ kind: side === 'left' ? 'back' : 'ahead', text: `${(wound + windMs) / 1000} s` })
  }

  return (
    <div
      className="absolute inset-0 touch-manipulation"
      onPointerUp={event => {
        pointer.current = event.pointerType
        if (event.pointerType === 'touch') return tap(event)
        if (event.button !== 0) return
        flash({ kind: engine.state.get().playing ? 'pause' : 'play' })
        engine.toggle()
      }}
      // A double click does not tell what made it.
      onDoubleClick={() => pointer.current !== 'touch' && void toggleFullScreen(engine.media as HTMLVideoElement)}
    />
  )
}

type Side = 'left' | 'middle' | 'right'
function sideOf(event: PointerEvent<HTMLElement>): Side {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  const part = (event.clientX - left) / width
  return part < 0.35 ? 'left' : part > 0.65 ? 'right' : 'middle'
}
