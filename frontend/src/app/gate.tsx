import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { session } from '../lib/api.js'
import { healthQuery, useMe, useSession } from '../lib/queries.js'
import { ErrorState } from '../ui/state.js'
import { NotFoundPage } from './not-found-page.js'
import { Splash } from './splash.js'

/** Finds out who is signed in before anything else is shown, and leads to the set-up where there is nobody yet. */
export function Gate() {
  const state = useSession()
  const { pathname } = useLocation()
  const [failure, setFailure] = useState<unknown>(null)
  const health = useQuery({ ...healthQuery, enabled: state.status === 'signed-out', retry: false })

  useEffect(() => {
    if (state.status !== 'unknown') return
    let timer: ReturnType<typeof setTimeout>
    const restore = () =>
      session.token().then(
        () => setFailure(null),
        (error: unknown) => {
          setFailure(error)
          timer = setTimeout(restore, 3000)
        },
      )
    void restore()
    return () => clearTimeout(timer)
  }, [state.status])

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
