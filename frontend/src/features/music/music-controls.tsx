import { Pause, Play, Repeat, Repeat1, Shuffle, SkipBack, SkipForward, Volume1, Volume2, VolumeX } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { cx } from '../../lib/cx.js'
import { useSelected } from '../../lib/use-selected.js'
import { playerPreferences } from '../../player/player-preferences.js'
import { fraction, timeAt } from '../../player/scrubber.js'
import { clock, spoken } from '../../player/time-format.js'
import { IconButton } from '../../ui/button.js'
import { Slider } from '../../ui/slider.js'
import { changeRepeat, next, previous, seek, setVolume, toggle, toggleMuted, toggleShuffle } from './music-player.js'
import { following } from './queue.js'
import { useHeard, useMusic, useTimes } from './use-music.js'

export function PlayButton({
  size = 'm',
  look = 'loud',
  className,
}: {
  size?: 'm' | 'l'
  look?: 'loud' | 'bare'
  className?: string
}) {
  const playing = useHeard(state => state.playing)
  return (
    <IconButton
      label={playing ? 'Pause' : 'Play'}
      size={size}
      look={look}
      className={cx('[&>svg]:fill-current', className)}
      onClick={toggle}
    >
      {playing ? <Pause /> : <Play className="translate-x-px" />}
    </IconButton>
  )
}

export function NextButton({ size = 'm' }: { size?: 'm' | 'l' }) {
  const { queue } = useMusic()
  return (
    <IconButton
      label="Next track"
      size={size}
      className="[&>svg]:fill-current"
      disabled={following(queue, true) === null}
      onClick={next}
    >
      <SkipForward />
    </IconButton>
  )
}

/** Shuffle, back, play, on, repeat. */
export function Transport({ large = false }: { large?: boolean }) {
  const { queue } = useMusic()
  const size = large ? 'l' : 'm'
  return (
    <div className={cx('flex items-center', large ? 'w-full justify-between' : 'gap-1')}>
      <IconButton label="Shuffle" size={size} pressed={queue.shuffled} onClick={toggleShuffle} className="[&>svg]:scale-90">
        <Shuffle />
      </IconButton>
      <IconButton label="Previous track" size={size} className="[&>svg]:fill-current" onClick={previous}>
        <SkipBack />
      </IconButton>
      <PlayButton size={size} className={large ? 'size-18 [&>svg]:size-8' : 'mx-1.5'} />
      <NextButton size={size} />
      <IconButton
        label={queue.repeat === 'off' ? 'Repeat all' : queue.repeat === 'all' ? 'Repeat this track' : 'Stop repeating'}
        size={size}
        pressed={queue.repeat !== 'off'}
        onClick={changeRepeat}
        className="[&>svg]:scale-90"
      >
        {queue.repeat === 'one' ? <Repeat1 /> : <Repeat />}
      </IconButton>
    </div>
  )
}

const stepMs = 5_000

/** Where the track is, to be dragged; times on both sides, or beneath. */
export function TrackScrubber({ beneath = false }: { beneath?: boolean }) {
  const { positionMs, durationMs } = useTimes()
  const bar = useRef<HTMLDivElement>(null)
  const [dragMs, setDrag] = useState<number | null>(null)
  const shownMs = dragMs ?? positionMs
  const at = (event: PointerEvent) => timeAt(event.clientX, bar.current!.getBoundingClientRect(), durationMs)
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? stepMs : event.key === 'ArrowLeft' ? -stepMs : 0
    if (by === 0) return
    event.preventDefault()
    seek(Math.max(0, positionMs + by))
  }
  const times = [clock(shownMs, durationMs), durationMs > 0 ? clock(durationMs) : '–:––'] as const
  return (
    <div
      className={cx(
        'figures grid w-full items-center text-caption text-ink-3',
        beneath ? 'grid-cols-2' : 'grid-cols-[auto_1fr_auto] gap-3',
      )}
    >
      <span className={cx(beneath && 'order-2')}>{times[0]}</span>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Place in the track"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1000)}
        aria-valuenow={Math.round(shownMs / 1000)}
        aria-valuetext={`${spoken(shownMs)} of ${spoken(durationMs)}`}
        className={cx(
          'group/track relative flex h-6 cursor-pointer touch-none items-center rounded-s',
          beneath && 'order-1 col-span-2 h-8',
        )}
        onKeyDown={step}
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag(at(event))
        }}
        onPointerMove={event => dragMs !== null && setDrag(at(event))}
        onPointerUp={event => {
          if (dragMs !== null) seek(at(event))
          setDrag(null)
        }}
        onPointerCancel={() => setDrag(null)}
      >
        <div ref={bar} className="h-1 w-full overflow-hidden rounded-full bg-surface-3">
          <div className="h-full bg-accent" style={{ width: `${fraction(shownMs, durationMs) * 100}%` }} />
        </div>
        <div
          className={cx(
            'absolute size-3 -translate-x-1/2 rounded-full bg-ink-1 shadow-raised transition-[scale] group-hover/track:scale-100 group-focus-visible/track:scale-100 pointer-coarse:scale-100',
            dragMs === null ? 'scale-0' : 'scale-125',
          )}
          style={{ left: `${fraction(shownMs, durationMs) * 100}%` }}
        />
      </div>
      <span className={cx(beneath && 'order-3 text-right')}>{times[1]}</span>
    </div>
  )
}

export function VolumeControl() {
  const volume = useSelected(playerPreferences, preferences => (preferences.muted ? 0 : preferences.volume))
  const Icon = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  return (
    <div className="flex items-center gap-1">
      <IconButton label={volume === 0 ? 'Sound on' : 'Sound off'} onClick={toggleMuted}>
        <Icon />
      </IconButton>
      <Slider
        label="Volume"
        className="w-24"
        min={0}
        max={100}
        value={Math.round(volume * 100)}
        onChange={value => setVolume(value / 100)}
        valueText={value => `${value} percent`}
      />
    </div>
  )
}
