import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { Button, ButtonLink } from '../ui/button.js'
import { isNotThere, reloadOnce } from '../lib/late-parts.js'
import { ErrorState } from '../ui/state.js'

/** What is shown when a page breaks: the rest of the app stays usable, and the next step is offered. */
export function CrashPage({ inside = false }: { inside?: boolean }) {
  const error = useRouteError()
  const stale = isNotThere(error)
  useEffect(() => {
    if (stale) void reloadOnce()
    else console.error(error)
  }, [error, stale])
  return (
    <div className={inside ? undefined : 'grid min-h-dvh place-items-center'}>
      <ErrorState
        error={error}
        action={
          <>
            <Button onClick={() => location.reload()}>Reload</Button>
            <ButtonLink look="bare" to="/" reloadDocument={!inside}>
              Go home
            </ButtonLink>
          </>
        }
      />
    </div>
  )
}
