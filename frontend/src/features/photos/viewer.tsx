import type { ItemSummary } from '@projectionist/shared/api/items'
import { ArrowLeft, ChevronLeft, ChevronRight, Info, Maximize, Minimize, Pause, Play } from 'lucide-react'
import { useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { cx } from '../../lib/cx.js'
import { wholeDate } from '../../lib/time-words.js'
import { count } from '../../lib/words.js'
import { IconButton } from '../../ui/button.js'
import { InfoPanel } from './info-panel.js'
import { PhotoVideo } from './photo-video.js'
import { pixelsOf, Slide } from './slide.js'
import { useFrame } from './use-frame.js'
import { useGestures } from './use-gestures.js'
import type { Neighbourhood } from './use-walk.js'
import { useChrome, useKeys, useSlideshow } from './viewer-hooks.js'
import { fitted, whole } from './zoom.js'

interface ViewerProps {
  readonly current: ItemSummary | null
  readonly hood: Neighbourhood
  readonly go: (by: 1 | -1) => void
  readonly leave: () => void
}

/** The stage with the photo and its neighbours, and what is around it. */
export function Viewer({ current, hood, go, leave }: ViewerProps) {
  const [stage, setStage] = useState<HTMLElement | null>(null)
  const frame = useFrame(stage)
  const [info, setInfo] = useState(false)
  const [slideshow, setSlideshow] = useState(false)
  const chrome = useChrome(stage)
  const { previous, next, place, total } = hood
  const pixels = current ? pixelsOf(current) : frame
  const gestures = useGestures(stage, {
    frame,
    pixels,
    shown: fitted(pixels, frame),
    key: current?.id,
    canStep: by => (by === 1 ? next : previous) !== null,
    onStep: go,
    onClose: leave,
    onTap: chrome.toggle,
  })
  const { slide, zoom, reset } = gestures
  const zoomed = gestures.look.scale > 1.05
  useKeys({
    ArrowRight: () => slide(1),
    ArrowLeft: () => slide(-1),
    Escape: () => (info ? setInfo(false) : zoomed ? reset() : leave()),
    i: () => setInfo(!info),
    s: () => setSlideshow(!slideshow),
    f: () => void toggleFullScreen(),
    '+': () => zoom(1.5),
    '=': () => zoom(1.5),
    '-': () => zoom(1 / 1.5),
    '0': reset,
  })

  const video = current?.kind === 'video'
  useSlideshow(
    slideshow && !video,
    next !== null,
    current?.id,
    () => slide(1),
    () => setSlideshow(false),
  )
  const onward = useRef(() => {})
  onward.current = () => slide(1)
  const ended = useCallback(() => {
    if (slideshow) onward.current()
  }, [slideshow])

  const slides = [
    { item: previous, offset: -1 },
    { item: current, offset: 0 },
    { item: next, offset: 1 },
  ] as const
  const { drag, gliding, look } = gestures
  const shownChrome = chrome.shown || info
  const fading = cx('transition-opacity', !shownChrome && 'pointer-events-none opacity-0')
  return (
    <main
      aria-label="Photo"
      className={cx(
        'screening fixed inset-0 z-30 overflow-hidden bg-black text-ink-1 select-none',
        !shownChrome && 'cursor-none',
      )}
      style={{ backgroundColor: `rgb(0 0 0 / ${1 - Math.min(0.5, drag.y / Math.max(1, frame.height))})` }}
    >
      <div ref={setStage} className={cx('absolute inset-0 touch-none', info && 'md:right-88')} {...gestures.handlers}>
        {slides.map(
          ({ item, offset }) =>
            item && (
              <div
                key={item.id}
                aria-hidden={offset !== 0}
                className={cx('absolute inset-0', gliding && 'transition-transform duration-200')}
                style={{
                  transform: `translate(calc(${offset * 100}% + ${offset * 2}rem + ${drag.x}px), ${offset === 0 ? drag.y : 0}px)`,
                }}
              >
                {item.kind === 'video' && offset === 0 ? (
                  <PhotoVideo item={item} onEnded={ended} />
                ) : (
                  <Slide item={item} frame={frame} look={offset === 0 ? look : whole} />
                )}
              </div>
            ),
        )}
      </div>

      <div
        className={cx(
          'absolute inset-x-0 top-0 z-10 flex items-center gap-3 bg-linear-to-b from-black/70 to-transparent pt-[max(0.75rem,env(safe-area-inset-top))] pr-[max(0.75rem,env(safe-area-inset-right))] pb-10 pl-[max(0.75rem,env(safe-area-inset-left))] md:px-5 [&_button:not([aria-pressed=true])]:text-ink-1',
          fading,
        )}
      >
        <IconButton label="Back" shortcut="Escape" size="l" onClick={leave}>
          <ArrowLeft />
        </IconButton>
        <div className="over-picture min-w-0 flex-1">
          <h1 className="truncate text-body font-semibold">{current?.takenAt ? wholeDate(current.takenAt) : current?.title}</h1>
          <p className="figures truncate text-caption text-ink-2">
            {place !== null && total > 1 ? `${count(place + 1)} of ${count(total)}` : current?.takenAt ? current.title : ''}
          </p>
        </div>
        <IconButton
          label={slideshow ? 'Stop the slide show' : 'Slide show'}
          shortcut="S"
          pressed={slideshow}
          disabled={next === null && !slideshow}
          onClick={() => setSlideshow(!slideshow)}
        >
          {slideshow ? <Pause /> : <Play />}
        </IconButton>
        <IconButton label="About this photo" shortcut="I" pressed={info} onClick={() => setInfo(!info)}>
          <Info />
        </IconButton>
        <FullScreenButton />
      </div>
      {previous && <SideButton side="left" fading={fading} onClick={() => gestures.slide(-1)} />}
      {next && !info && <SideButton side="right" fading={fading} onClick={() => gestures.slide(1)} />}
      {info && current && <InfoPanel item={current} onClose={() => setInfo(false)} />}
    </main>
  )
}

const SideButton = ({ side, fading, onClick }: { side: 'left' | 'right'; fading: string; onClick: () => void }) => (
  <IconButton
    label={side === 'left' ? 'Photo before' : 'Next photo'}
    size="l"
    onClick={onClick}
    className={cx(
      'over-picture absolute top-1/2 z-10 -translate-y-1/2 bg-black/30 text-white max-md:hidden',
      side === 'left' ? 'left-4' : 'right-4',
      fading,
    )}
  >
    {side === 'left' ? <ChevronLeft /> : <ChevronRight />}
  </IconButton>
)

const toggleFullScreen = () =>
  (document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen({ navigationUI: 'hide' })
  ).catch(() => {})

const watchFullScreen = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}
function FullScreenButton() {
  const full = useSyncExternalStore(watchFullScreen, () => document.fullscreenElement !== null)
  if (!document.fullscreenEnabled) return null
  return (
    <IconButton label={full ? 'Leave full screen' : 'Full screen'} shortcut="F" onClick={() => void toggleFullScreen()}>
      {full ? <Minimize /> : <Maximize />}
    </IconButton>
  )
}
