import type { Item } from '@projectionist/shared/api/items'
import {
  ArrowLeft,
  Keyboard,
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from '../../lib/cx.js'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { clock, endsAt } from '../../player/time-format.js'
import { IconButton } from '../../ui/button.js'
import { QualityMenu, SpeedMenu, TracksMenu } from './menus.js'
import { usePlayer, usePlayerState } from './player-context.js'
import { canPictureInPicture, toggleFullScreen, togglePictureInPicture, useFullScreen } from './screen-modes.js'
import { ScrubberBar } from './scrubber-bar.js'
import { Volume } from './volume.js'
import { WhyPanel } from './why-panel.js'

export const Titles = ({ item }: { item: Item | undefined }) => (
  <div className="over-picture min-w-0 flex-1">
    {item?.kind === 'episode' && (
      <p className="figures truncate text-small text-ink-2">{[cardTitle(item), episodeCode(item)].filter(Boolean).join(' · ')}</p>
    )}
    <h1 className="truncate text-title font-semibold tracking-tight text-ink-1">{item?.title}</h1>
    {item?.kind === 'film' && item.year !== null && <p className="figures truncate text-small text-ink-2">{item.year}</p>}
  </div>
)

export function TopBar() {
  const { item, leave } = usePlayer()
  return (
    <div className="flex items-center gap-3 [&_button]:text-ink-1 pt-[max(1rem,env(safe-area-inset-top))] pr-[max(1.25rem,env(safe-area-inset-right))] pl-[max(0.75rem,env(safe-area-inset-left))] md:pl-[max(1.25rem,env(safe-area-inset-left))]">
      <IconButton data-player-back label="Back" shortcut="Escape" size="l" onClick={leave} className="over-picture tv:size-16">
        <ArrowLeft />
      </IconButton>
      <Titles item={item} />
      <div className="md:hidden">
        <WhyPanel />
      </div>
    </div>
  )
}

/** Ten seconds, with the figure inside the arrow. */
function Wind({ by, className }: { by: -10 | 10; className?: string }) {
  const { engine } = usePlayer()
  const Arrow = by < 0 ? RotateCcw : RotateCw
  return (
    <IconButton
      label={`10 seconds ${by < 0 ? 'back' : 'ahead'}`}
      shortcut={by < 0 ? 'J' : 'L'}
      className={cx('relative tv:size-14', className)}
      onClick={() => engine.seekBy(by * 1000)}
    >
      <Arrow className="stroke-[1.75]" />
      <span
        className="figures pointer-events-none absolute inset-0 grid place-items-center pt-[0.0625rem] text-[0.42em] leading-none font-bold"
        aria-hidden="true"
      >
        10
      </span>
    </IconButton>
  )
}

function PlayButton({ className }: { className?: string }) {
  const { engine } = usePlayer()
  const playing = usePlayerState(state => state.playing)
  return (
    <IconButton
      data-player-play
      label={playing ? 'Pause' : 'Play'}
      shortcut="K"
      size="l"
      className={cx('tv:size-16 [&>svg]:fill-current', className)}
      onClick={engine.toggle}
    >
      {playing ? <Pause /> : <Play />}
    </IconButton>
  )
}

/** On phones the three that matter stand in the middle, where thumbs are. */
export const CentreControls = () => (
  <div className="over-picture pointer-events-none absolute inset-0 flex items-center justify-center gap-[12vw] md:hidden [&_button]:text-ink-1 [&>*]:pointer-events-auto">
    <Wind by={-10} className="size-14 text-[1.75rem] [&>svg]:size-8" />
    <PlayButton className="size-20 bg-black/40 [&>svg]:size-9" />
    <Wind by={10} className="size-14 text-[1.75rem] [&>svg]:size-8" />
  </div>
)

/** Where it is, how long it is, and when it will be over. Pressing it turns the length into what is left. */
function Times() {
  const positionMs = usePlayerState(state => state.positionMs)
  const durationMs = usePlayerState(state => state.durationMs)
  const rate = usePlayerState(state => state.rate)
  const [left, setLeft] = useState(false)
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 15_000)
    return () => clearInterval(timer)
  }, [])
  if (durationMs <= 0) return null
  return (
    <button
      type="button"
      className="figures flex items-baseline gap-2 rounded-s px-1.5 py-1 text-small whitespace-nowrap"
      title={left ? 'Show the length' : 'Show what is left'}
      onClick={() => setLeft(!left)}
    >
      <span className="font-medium text-ink-1">{clock(positionMs, durationMs)}</span>
      <span className="text-ink-3">{left ? `−${clock(durationMs - positionMs, durationMs)}` : `/ ${clock(durationMs)}`}</span>
      <span className="text-ink-3 max-lg:hidden">· ends at {endsAt(durationMs - positionMs, rate, now)}</span>
    </button>
  )
}

export function BottomBar({ onHelp }: { onHelp: () => void }) {
  const { engine, playNext } = usePlayer()
  const video = engine.media as HTMLVideoElement
  const full = useFullScreen()
  return (
    <div className="over-picture pr-[max(1rem,env(safe-area-inset-right))] pb-[max(0.75rem,env(safe-area-inset-bottom))] pl-[max(1rem,env(safe-area-inset-left))] md:pr-[max(2rem,env(safe-area-inset-right))] md:pb-5 md:pl-[max(2rem,env(safe-area-inset-left))]">
      <div className="md:hidden">
        <Times />
      </div>
      <ScrubberBar />
      <div className="mt-1 flex items-center gap-1 md:gap-1.5 [&_button:not([aria-pressed=true])]:text-ink-1">
        <div className="flex items-center gap-1 max-md:hidden">
          <PlayButton className="-ml-3" />
          <Wind by={-10} className="text-[1.25rem] [&>svg]:size-6" />
          <Wind by={10} className="text-[1.25rem] [&>svg]:size-6" />
        </div>
        {playNext && (
          <IconButton label="Next episode" shortcut="N" onClick={playNext} className="tv:size-14 [&>svg]:fill-current">
            <SkipForward />
          </IconButton>
        )}
        <Volume />
        <div className="max-md:hidden">
          <Times />
        </div>
        <div className="flex-1" />
        <div className="max-md:hidden">
          <WhyPanel />
        </div>
        <TracksMenu />
        <SpeedMenu />
        <QualityMenu />
        <IconButton label="Keys" shortcut="?" className="max-lg:hidden tv:hidden pointer-coarse:hidden" onClick={onHelp}>
          <Keyboard />
        </IconButton>
        {canPictureInPicture(video) && (
          <IconButton
            label="Picture in picture"
            shortcut="I"
            className="max-sm:hidden tv:hidden"
            onClick={() => void togglePictureInPicture(video)}
          >
            <PictureInPicture2 />
          </IconButton>
        )}
        <IconButton
          label={full ? 'Leave full screen' : 'Full screen'}
          shortcut="F"
          className="-mr-2 tv:hidden"
          onClick={() => void toggleFullScreen(video)}
        >
          {full ? <Minimize /> : <Maximize />}
        </IconButton>
      </div>
    </div>
  )
}
