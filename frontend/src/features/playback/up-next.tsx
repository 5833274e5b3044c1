import { Play, RotateCcw } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { duration } from '../../lib/time-words.js'
import { cardTitle, episodeCode } from '../../lib/item-words.js'
import { useSelected } from '../../lib/use-selected.js'
import { playerPreferences } from '../../player/player-preferences.js'
import { Still } from '../../ui/artwork.js'
import { Button } from '../../ui/button.js'
import { usePlayer, usePlayerState } from './player-context.js'

const countdownS = 10

/** When it is over: what comes next, by itself unless one says no; or the way back. */
export function UpNext() {
  const ended = usePlayerState(state => state.phase === 'ended')
  return ended ? <TheEnd /> : null
}

function TheEnd() {
  const { engine, playNext, leave } = usePlayer()
  const next = usePlayerState(state => state.session?.next ?? null)
  const playsNext = useSelected(playerPreferences, preferences => preferences.playsNext)
  const [left, setLeft] = useState<number | null>(playsNext && playNext ? countdownS : null)
  useEffect(() => {
    if (left === null || !playNext) return
    if (left === 0) return playNext()
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, playNext])

  const again = (
    <Button size="l" icon={<RotateCcw />} onClick={engine.play}>
      Watch again
    </Button>
  )
  if (!next || !playNext)
    return (
      <Backdrop>
        <div className="flex flex-wrap justify-center gap-3">
          {again}
          <Button look="loud" size="l" autoFocus onClick={leave}>
            Done
          </Button>
        </div>
      </Backdrop>
    )
  return (
    <Backdrop>
      <section aria-label="Up next" className="flex w-full max-w-3xl flex-col gap-6 sm:flex-row sm:items-center">
        <Still
          picture={next.pictures.thumb ?? next.pictures.backdrop ?? next.pictures.poster}
          title={cardTitle(next)}
          detail={episodeCode(next)}
          sizes="(min-width: 40rem) 24rem, 90vw"
          eager
          className="w-full shrink-0 sm:w-80"
        />
        <div className="flex min-w-0 flex-col gap-1">
          <p className="figures text-small text-ink-2" role="timer">
            {left === null ? 'Up next' : `Up next in ${left}`}
          </p>
          <h2 className="text-heading font-semibold tracking-tight text-pretty text-ink-1">{next.title}</h2>
          <p className="figures text-body text-ink-2">
            {[
              next.kind === 'episode' ? cardTitle(next) : null,
              episodeCode(next),
              next.durationMs ? duration(next.durationMs) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <div className="mt-4 flex flex-wrap gap-3">
            <Button
              look="loud"
              size="l"
              icon={<Play className="fill-current" />}
              autoFocus
              onClick={playNext}
              className="relative overflow-hidden"
            >
              <span className="relative">Play now</span>
              {left !== null && (
                <span
                  aria-hidden="true"
                  className="absolute inset-x-0 bottom-0 h-1 origin-left bg-on-accent/50 transition-[scale] duration-1000 ease-linear"
                  style={{ scale: `${1 - left / countdownS} 1` }}
                />
              )}
            </Button>
            {left === null ? (
              again
            ) : (
              <Button size="l" onClick={() => setLeft(null)}>
                Not now
              </Button>
            )}
          </div>
        </div>
      </section>
    </Backdrop>
  )
}

const Backdrop = ({ children }: { children: ReactNode }) => (
  <div className="appear absolute inset-0 z-20 grid place-items-center bg-black/80 p-6">{children}</div>
)
