import { MonitorPlay, X } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useLive } from '../../lib/live.js'
import type { MessageOf } from '../../lib/live-connection.js'
import { clock } from '../../player/time-format.js'
import { Button, IconButton } from '../../ui/button.js'
import { hear, placeNow, worthOffering, type Elsewhere } from './elsewhere.js'
import { usePlayer, usePlayerState } from './player-context.js'

/** “You are 12:04 in on Living room”, with a way to go on here. */
export function ElsewhereBanner({ itemId, ownSessions }: { itemId: string; ownSessions: ReadonlySet<string> }) {
  const { engine } = usePlayer()
  const playing = usePlayerState(state => state.playing)
  const positionMs = usePlayerState(state => state.positionMs)
  const [there, setThere] = useState<Elsewhere | null>(null)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [nowMs, setNow] = useState(() => Date.now())

  useLive(
    'progress',
    useCallback(
      (message: MessageOf<'progress'>) => {
        setNow(Date.now())
        setThere(known => hear(known, message, { itemId, ownSessions, nowMs: Date.now() }))
      },
      [itemId, ownSessions],
    ),
  )
  // Once this device plays, it is the one that knows the place.
  useEffect(() => {
    if (playing) setThere(null)
  }, [playing])
  const runs = there?.state === 'playing'
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [runs])

  if (!there || there.sessionId === dismissed || !worthOffering(there, { playing, positionMs }, nowMs)) return null
  const place = placeNow(there, nowMs)
  const goOn = () => {
    engine.seek(place)
    engine.play()
  }
  return (
    <div
      role="status"
      className="glass appear pointer-events-auto flex max-w-[calc(100vw-2rem)] items-center gap-3 rounded-l py-2.5 pr-2.5 pl-4 text-small text-ink-1 shadow-raised ring-1 ring-line"
    >
      <MonitorPlay className="size-5 shrink-0 text-accent max-sm:hidden" aria-hidden="true" />
      <span className="figures min-w-0">
        {runs ? 'Playing on' : 'You are'} {runs ? there.device : `${clock(place)} in on ${there.device}`}
        {runs && <span className="text-ink-3"> at {clock(place)}</span>}
      </span>
      <Button look="loud" onClick={goOn}>
        Continue here
      </Button>
      <IconButton label="Not now" size="s" onClick={() => setDismissed(there.sessionId)}>
        <X />
      </IconButton>
    </div>
  )
}
