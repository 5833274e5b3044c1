import { useEffect, useState, useSyncExternalStore } from 'react'
import { usePlayerState } from './player-context.js'
import { waitingWords } from './waiting-words.js'

const watchOnline = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Nothing for a blink, then a ring, and after a second the reason. */
export function WaitingVeil() {
  const waiting = usePlayerState(state => state.waiting)
  const session = usePlayerState(state => state.session)
  const online = useSyncExternalStore(watchOnline, () => navigator.onLine)
  const idle = waiting === null
  const [stage, setStage] = useState<'none' | 'ring' | 'words'>('none')
  useEffect(() => {
    if (idle) return setStage('none')
    const timers = [setTimeout(() => setStage('ring'), 350), setTimeout(() => setStage('words'), 1000)]
    return () => timers.forEach(clearTimeout)
  }, [idle])
  if (waiting === null || stage === 'none') return null
  const { title, detail } = waitingWords(waiting, session, online)
  return (
    <div className="appear pointer-events-none absolute inset-0 grid place-items-center" role="status">
      <div className="flex flex-col items-center gap-5 px-8 text-center">
        <div
          className="player-turn size-12 rounded-full border-[3px] border-white/25 border-t-accent tv:size-16"
          aria-hidden="true"
        />
        {/* Two lines are kept free, so that the ring does not move when words come. */}
        <div className="over-picture h-12">
          {stage === 'words' && (
            <div className="appear">
              <p className="text-body font-medium text-white">{title}</p>
              {detail && <p className="text-small text-white/80">{detail}</p>}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
