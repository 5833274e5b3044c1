import { MonitorPlay, X } from 'lucide-react'
import { useState } from 'react'
import { placeNow, worthOffering } from '../../lib/elsewhere.js'
import { useElsewhere, useSeconds } from '../../lib/playing-elsewhere.js'
import { clock } from '../../player/time-format.js'
import { Button, IconButton } from '../../ui/button.js'
import { usePlayer, usePlayerState } from './player-context.js'

/** “Playing on Living room at 12:04”, or “You are 12:04 in on Living room” when it is paused there, with a way to go on here. */
export function ElsewhereBanner({ itemId }: { itemId: string }) {
  const { engine } = usePlayer()
  const ready = usePlayerState(state => state.phase === 'ready')
  const playing = usePlayerState(state => state.playing)
  const positionMs = usePlayerState(state => state.positionMs)
  const there = useElsewhere(itemId)
  /** The session whose place was taken, or is not wanted. */
  const [answered, setAnswered] = useState<string | null>(null)
  const runs = there?.state === 'playing'
  const nowMs = useSeconds(runs)
  if (!ready || !there || there.sessionId === answered || !worthOffering(there, { playing, positionMs }, nowMs)) return null
  const place = placeNow(there, nowMs)
  const device = there.device || 'another device'
  const answer = () => setAnswered(there.sessionId)
  const goOn = () => {
    answer()
    engine.seek(placeNow(there, Date.now()))
    engine.play()
  }
  return (
    <div className="glass appear pointer-events-auto flex max-w-[calc(100vw-2rem)] items-center gap-3 rounded-l py-2.5 pr-2.5 pl-4 text-small text-ink-1 shadow-raised ring-1 ring-line">
      <MonitorPlay className="size-5 shrink-0 text-accent max-sm:hidden" aria-hidden="true" />
      <span className="figures min-w-0">
        <span role="status">{runs ? `Playing on ${device}` : `You are ${clock(place)} in on ${device}`}</span>
        {runs && <span className="text-ink-3"> at {clock(place)}</span>}
      </span>
      <Button look="loud" onClick={goOn}>
        Continue here
      </Button>
      <IconButton label="Not now" size="s" onClick={answer}>
        <X />
      </IconButton>
    </div>
  )
}
