import { CloudOff, TriangleAlert } from 'lucide-react'
import { failureWords } from '../../player/failure.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { usePlayer, usePlayerState } from './player-context.js'

/** Nothing plays: what happened, in a sentence, and what to do. */
export function FailureScreen() {
  const { engine, leave } = usePlayer()
  const failure = usePlayerState(state => (state.phase === 'failed' ? state.failure : null))
  if (!failure) return null
  const { title, advice, steps } = failureWords(failure)
  const Icon =
    failure.code === 'network' || failure.code === 'offline' || failure.code === 'unavailable' ? CloudOff : TriangleAlert
  return (
    <div role="alert" className="appear pointer-events-none absolute inset-0 z-20 grid place-items-center bg-black/70 px-6">
      <div className="pointer-events-auto flex max-w-md flex-col items-center gap-3 text-center">
        <Icon className="mb-1 size-10 stroke-[1.5] text-ink-3" aria-hidden="true" />
        <h2 className="text-title font-semibold tracking-tight text-ink-1">{title}</h2>
        <p className="text-body text-pretty text-ink-2">{advice}</p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {steps.includes('retry') && (
            <Button look="loud" size="l" autoFocus onClick={engine.retry}>
              Try again
            </Button>
          )}
          {steps.includes('sign-in') && (
            <ButtonLink look="loud" size="l" to="/sign-in">
              Sign in
            </ButtonLink>
          )}
          {steps.includes('leave') && (
            <Button size="l" onClick={leave}>
              Go back
            </Button>
          )}
        </div>
        {failure.detail && (
          <p className="mt-3 font-mono text-caption break-all text-ink-3">
            {failure.code}: {failure.detail}
          </p>
        )}
      </div>
    </div>
  )
}
