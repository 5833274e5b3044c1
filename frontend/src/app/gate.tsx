import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { session } from '../lib/api.js'
import { ApiError } from '../lib/problem.js'
import { usePreparing } from '../lib/preparing.js'
import { healthQuery, useMe, useSession } from '../lib/queries.js'
import { ErrorState } from '../ui/state.js'
import { NotFoundPage } from './not-found-page.js'
import { PreparingPage } from './preparing-page.js'
import { Splash } from './splash.js'

/**
 * Finds out who is signed in before anything else is shown, and leads to the set-up where there is nobody yet. Nobody comes in
 * while the server is preparing the library.
 */
export function Gate() {
  const state = useSession()
  const { pathname } = useLocation()
  const [failure, setFailure] = useState<unknown>(null)
  const preparation = usePreparing()
  const closed = preparation?.ofLibrary ?? false
  const health = useQuery({ ...healthQuery, enabled: state.status === 'signed-out', retry: false })

  useEffect(() => {
    if (state.status !== 'unknown' || closed) return
    let timer: ReturnType<typeof setTimeout>
    const restore = () =>
      session.token().then(
        () => setFailure(null),
        (error: unknown) => {
          if (!(error instanceof ApiError && error.code === 'preparing')) setFailure(error)
          timer = setTimeout(restore, 3000)
        },
      )
    void restore()
    return () => clearTimeout(timer)
  }, [state.status, closed])

  if (preparation?.ofLibrary && state.status !== 'signed-in') return <PreparingPage percent={preparation.percent} />
  if (state.status === 'unknown') return failure ? <Splash status={<ServerAway error={failure} />} /> : <Splash />
  if (state.status === 'signed-out') {
    if (health.isPending) return <Splash />
    if (health.data?.setUp === false && pathname !== '/setup') return <Navigate to="/setup" replace />
    if (health.data?.setUp && pathname === '/setup') return <Navigate to="/sign-in" replace />
  }
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}

const ServerAway = ({ error }: { error: unknown }) => (
  <ErrorState error={error} className="py-6" retry={() => location.reload()} />
)

/** Asks for a sign-in, and comes back afterwards. */
export function SignedIn() {
  const state = useSession()
  const { pathname, search } = useLocation()
  if (state.status === 'signed-in') return <Outlet />
  const to = pathname === '/' && !search ? '' : `?to=${encodeURIComponent(pathname + search)}`
  return <Navigate to={`/sign-in${to}`} replace />
}

export const AdminOnly = () => (useMe().role === 'admin' ? <Outlet /> : <NotFoundPage />)
