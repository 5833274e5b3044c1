import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useCallback } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { libraryPath } from '../../lib/paths.js'
import { itemQuery } from '../../lib/queries.js'
import { IconButton } from '../../ui/button.js'
import '../../ui/screening.css'
import { ErrorState } from '../../ui/state.js'
import { useWalk } from './use-walk.js'
import { Viewer } from './viewer.js'

/** `/photo/:itemId`: a photo on the whole screen, with those before and after it one step away. */
export default function PhotoPage() {
  const itemId = useParams()['itemId']!
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const { key } = useLocation()
  const opened = useQuery(itemQuery(itemId))
  const { hood, step } = useWalk(opened.data, search)
  const current = hood.current ?? opened.data ?? null

  const leave = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
    if (key !== 'default') void navigate(-1)
    else void navigate(current ? libraryPath(current.libraryId) : '/', { replace: true })
  }, [key, current, navigate])
  const go = useCallback(
    (by: 1 | -1) => {
      const to = step(by)
      // The address follows, so that a reload or a shared link shows the same photo; the way back stays the list.
      if (to)
        void navigate({ pathname: `/photo/${to.id}`, search: search.toString() }, { replace: true, preventScrollReset: true })
    },
    [step, navigate, search],
  )

  if (opened.isError && !current)
    return (
      <main className="screening fixed inset-0 grid place-items-center bg-black text-ink-1">
        <ErrorState
          error={opened.error}
          retry={() => void opened.refetch()}
          action={
            <IconButton label="Back" look="quiet" onClick={leave}>
              <ArrowLeft />
            </IconButton>
          }
        />
      </main>
    )
  return <Viewer current={current} hood={hood} go={go} leave={leave} />
}
