import type { Item } from '@projectionist/shared/api/items'
import { Play } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { cx } from '../../lib/cx.js'
import { useSelected } from '../../lib/use-selected.js'
import type { Playback } from '../../player/server-ports.js'
import { clock } from '../../player/time-format.js'
import { Button, IconButton } from '../../ui/button.js'
import { CaptionsLayer } from './captions.js'
import { BottomBar, CentreControls, TopBar } from './control-bars.js'
import { ElsewhereBanner } from './elsewhere-banner.js'
import { FailureScreen } from './failure-screen.js'
import { Flash, useFlash } from './flash.js'
import { FreezeFrame } from './freeze-frame.js'
import { KeptNote } from './kept-note.js'
import { KeyHelp } from './key-help.js'
import { Notices, Strip } from './notices.js'
import { OtherPlaceNote } from './other-place-note.js'
import { focusControl, PlayerContext, usePlayer, usePlayerState, type Player } from './player-context.js'
import { TouchSurface } from './touch-surface.js'
import { UpNext } from './up-next.js'
import { useControlsShown } from './use-controls-shown.js'
import { usePlayerKeys } from './use-player-keys.js'
import { WaitingVeil } from './waiting-veil.js'

interface PlayerViewProps {
  readonly playback: Playback
  readonly root: HTMLElement | null
  readonly item: Item | undefined
  readonly itemId: string
  readonly playNext: (() => void) | null
  readonly leave: () => void
  /** No place was asked for: it goes on where the person left off. */
  readonly resumes: boolean
}

/** Everything over the picture. */
export function PlayerView({ playback, root, item, itemId, playNext, leave, resumes }: PlayerViewProps) {
  const { engine } = playback
  const [flashed, flash] = useFlash()
  const [help, setHelp] = useState(false)
  const controls = useControlsShown(engine, root)
  const { hold } = controls
  const player = useMemo<Player>(
    () => ({ engine, item, root, flash, hold, playNext, leave }),
    [engine, item, root, flash, hold, playNext, leave],
  )
  const { shown: controlsShown, wake } = controls
  const targets = useMemo(
    () => ({
      help: (open: boolean | 'toggle') => setHelp(now => (open === 'toggle' ? !now : open)),
      helpOpen: help,
      controlsShown,
      showControls: () => {
        wake(5_000)
        focusControl(root, '[data-player-play]')
      },
    }),
    [help, controlsShown, wake, root],
  )
  usePlayerKeys(player, targets)
  const covered = useSelected(engine.state, state => state.phase === 'failed' || state.phase === 'ended')
  useEffect(() => {
    root?.classList.toggle('cursor-none', !controlsShown)
  }, [root, controlsShown])

  const bars = cx('transition-opacity duration-200', controlsShown ? 'opacity-100' : 'pointer-events-none opacity-0')
  return (
    <PlayerContext value={player}>
      <FreezeFrame />
      <CaptionsLayer raised={controlsShown && !covered} />
      <TouchSurface controlsShown={controlsShown} onShow={() => wake(4_000)} onHide={controls.hide} />
      <WaitingVeil />
      <Flash flashed={flashed} />
      <GestureNeeded />
      <FailureScreen />
      <UpNext />
      <div
        className={cx(
          'pointer-events-none absolute inset-x-0 top-0 z-20 bg-linear-to-b from-black/75 to-transparent pb-16 [&>*]:pointer-events-auto',
          bars,
        )}
      >
        <TopBar />
      </div>
      {!covered && (
        <>
          <div className={bars}>
            <CentreControlsWhenReady />
          </div>
          <div
            className={cx(
              'pointer-events-none absolute inset-x-0 bottom-0 z-10 bg-linear-to-t from-black/85 via-black/45 to-transparent pt-24 [&>*]:pointer-events-auto',
              bars,
            )}
          >
            <BottomBar onHelp={() => setHelp(true)} />
          </div>
        </>
      )}
      <div className="pointer-events-none absolute inset-x-0 top-[calc(5rem+env(safe-area-inset-top))] z-20 flex flex-col items-center gap-2">
        <ElsewhereBanner itemId={itemId} />
        {resumes && !covered && <ResumedNote />}
        {!covered && <OtherPlaceNote />}
        <KeptNote />
        <Notices />
      </div>
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </PlayerContext>
  )
}

/** While it waits, the ring stands where the buttons would be. */
function CentreControlsWhenReady() {
  const waiting = usePlayerState(state => state.waiting !== null && state.phase !== 'ready')
  const needsGesture = usePlayerState(state => state.needsGesture)
  return waiting || needsGesture ? null : <CentreControls />
}

/** Where the browser wants a touch first, one big button says so. */
function GestureNeeded() {
  const { engine } = usePlayer()
  const needed = usePlayerState(state => state.needsGesture)
  if (!needed) return null
  return (
    <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center">
      <IconButton
        label="Play"
        look="loud"
        autoFocus
        className="pointer-events-auto size-24 [&>svg]:size-10 [&>svg]:fill-current"
        onClick={engine.play}
      >
        <Play />
      </IconButton>
    </div>
  )
}

const resumedMs = 7_000
/** Where it went on, and the way to the start, for a few seconds. */
function ResumedNote() {
  const { engine } = usePlayer()
  const playId = usePlayerState(state => (state.phase === 'ready' ? (state.session?.playId ?? null) : null))
  const seen = useRef<string | null>(null)
  const [fromMs, setFrom] = useState<number | null>(null)
  const close = useCallback(() => setFrom(null), [])
  useEffect(() => {
    if (playId === null || seen.current === playId) return
    seen.current = playId
    const startMs = engine.state.get().session?.startMs ?? 0
    if (startMs > 0) setFrom(startMs)
  }, [engine, playId])
  useEffect(() => {
    if (fromMs === null) return
    const timer = setTimeout(close, resumedMs)
    return () => clearTimeout(timer)
  }, [fromMs, close])
  if (fromMs === null) return null
  const startOver = () => {
    close()
    engine.seek(0)
  }
  return (
    <Strip onClose={close}>
      <span className="figures">Going on at {clock(fromMs)}</span>
      <Button onClick={startOver}>Start over</Button>
    </Strip>
  )
}
