import { useEffect, useState } from 'react'
import { useAway } from '../../lib/away.js'
import { usePlayerState } from './player-context.js'
import { waitingWords } from './waiting-words.js'

/** Nothing for a blink, then a ring, and after a second the reason. */
export function WaitingVeil() {
  const waiting = usePlayerState(state => state.waiting)
  const session = usePlayerState(state => state.session)
  const atMs = usePlayerState(state => state.positionMs)
  const away = useAway()
  const idle = waiting === null
  const [stage, setStage] = useState<'none' | 'ring' | 'words'>('none')
  useEffect(() => {
    if (idle) return setStage('none')
    const timers = [setTimeout(() => setStage('ring'), 350), setTimeout(() => setStage('words'), 1000)]
    return () => timers.forEach(clearTimeout)
  }, [idle])
  if (waiting === null || stage === 'none') return null
  const { title, detail } = waitingWords(waiting, session, atMs, away)
  return (
    <div className="appear pointer-events-none absolute inset-0 grid place-items-center" role="status">
      <div className="flex flex-col items-center gap-5 px-8 text-center">
        <div
          className="player-turn size-12 rounded-full border-[3px] border-white/25 border-t-accent tv:size-16"
          aria-hidden="true"
        />
        {/* Room for two lines is kept, so that the ring does not move when words come. */}
        <div className="min-h-[4.5rem]">
          {stage === 'words' && (
            <div className="appear rounded-l bg-black/75 px-5 py-3">
              <p className="text-body font-medium text-white">{title}</p>
              {detail && <p className="text-small text-white/80">{detail}</p>}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
