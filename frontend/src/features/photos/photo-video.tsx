import type { ItemSummary } from '@projectionist/shared/api/items'
import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSelected } from '../../lib/use-selected.js'
import { failureWords } from '../../player/failure.js'
import { connectPersonalPlayback } from '../../player/personal-playback.js'
import { initialState } from '../../player/player-state.js'
import type { Playback } from '../../player/server-ports.js'
import { clock, spoken } from '../../player/time-format.js'
import { Button, IconButton } from '../../ui/button.js'
import { pictureUrl } from '../../ui/picture-source.js'
import { Slider } from '../../ui/slider.js'
import { useKeyDown } from '../../ui/use-key-down.js'
import { pictureOf } from './slide.js'

const still = { get: () => initialState, watch: () => () => {} }

/** A home video among the photos, played in its place. */
export function PhotoVideo({ item, onEnded }: { item: ItemSummary; onEnded: () => void }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [playback, setPlayback] = useState<Playback | null>(null)
  useEffect(() => {
    if (!video) return
    const connected = connectPersonalPlayback(video)
    setPlayback(connected)
    void connected.engine.load({ itemId: item.id, startMs: 0, play: true })
    return () => {
      connected.destroy()
      setPlayback(null)
    }
  }, [video, item.id])
  const engine = playback?.engine
  const state = useSelected(engine?.state ?? still, now => now)
  const ended = state.phase === 'ended'
  useEffect(() => {
    if (ended) onEnded()
  }, [ended, onEnded])
  useKeyDown(event => {
    const onButton = event.target instanceof Element && event.target.matches('button:focus-visible')
    if (!engine || event.defaultPrevented || (event.key !== ' ' && event.key !== 'k') || onButton) return
    event.preventDefault()
    engine.toggle()
  })
  const poster = pictureOf(item)

  return (
    <div className="absolute inset-0">
      <video
        ref={setVideo}
        playsInline
        {...(poster && { poster: pictureUrl(poster, 1280) })}
        className="absolute inset-0 size-full object-contain"
      />
      {state.failure && (
        <div role="alert" className="absolute inset-0 grid place-items-center bg-black/70 p-6 text-center">
          <div className="flex max-w-sm flex-col items-center gap-2">
            <p className="text-title font-semibold text-ink-1">{failureWords(state.failure).title}</p>
            <p className="text-small text-ink-2">{failureWords(state.failure).advice}</p>
            <Button look="loud" className="mt-2" onClick={() => engine?.retry()}>
              Try again
            </Button>
          </div>
        </div>
      )}
      {engine && !state.failure && (
        <div
          data-own-keys
          onPointerDown={event => event.stopPropagation()}
          className="glass absolute bottom-[max(1.25rem,env(safe-area-inset-bottom))] left-1/2 flex w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 items-center gap-2 rounded-full py-1 pr-3 pl-1.5 ring-1 ring-line"
        >
          <IconButton label={state.playing ? 'Pause' : 'Play'} className="[&>svg]:fill-current" onClick={engine.toggle}>
            {state.playing ? <Pause /> : <Play />}
          </IconButton>
          <Slider
            label="Place in the video"
            className="min-w-0 flex-1"
            min={0}
            max={Math.max(1, state.durationMs)}
            step={100}
            value={state.positionMs}
            onChange={engine.seek}
            valueText={spoken}
          />
          <span className="figures pl-1.5 text-caption whitespace-nowrap text-ink-2">
            {clock(state.positionMs)} / {clock(state.durationMs)}
          </span>
          <IconButton label={state.muted ? 'Sound on' : 'Sound off'} size="s" onClick={() => engine.setMuted(!state.muted)}>
            {state.muted ? <VolumeX /> : <Volume2 />}
          </IconButton>
        </div>
      )}
    </div>
  )
}
