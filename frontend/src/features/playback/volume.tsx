import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { IconButton } from '../../ui/button.js'
import { Slider } from '../../ui/slider.js'
import { usePlayer, usePlayerState } from './player-context.js'

/** Phones have keys of their own for it, and iOS lets no page change it. */
export function Volume() {
  const { engine } = usePlayer()
  const volume = usePlayerState(state => state.volume)
  const muted = usePlayerState(state => state.muted)
  const shown = muted ? 0 : volume
  const Icon = shown === 0 ? VolumeX : shown < 0.5 ? Volume1 : Volume2
  return (
    <div className="group/volume flex items-center max-md:hidden tv:hidden">
      <IconButton
        label={muted ? 'Sound on' : 'Sound off'}
        shortcut="M"
        className="tv:size-14"
        onClick={() => engine.setMuted(!muted)}
      >
        <Icon />
      </IconButton>
      <div className="w-0 overflow-hidden opacity-0 transition-[width,opacity] group-focus-within/volume:w-28 group-focus-within/volume:opacity-100 group-hover/volume:w-28 group-hover/volume:opacity-100">
        <Slider
          label="Volume"
          className="mx-2.5 w-22"
          value={Math.round(shown * 100)}
          min={0}
          max={100}
          onChange={value => engine.setVolume(value / 100)}
          valueText={value => `${value} percent`}
        />
      </div>
    </div>
  )
}
