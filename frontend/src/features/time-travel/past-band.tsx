import { useQuery, useQueryClient } from '@tanstack/react-query'
import { History, Undo2 } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { cx } from '../../lib/cx.js'
import { lookAt, momentWords, usePast, type Past } from '../../lib/past.js'
import { timeTravelPath } from '../../lib/paths.js'
import { ApiError } from '../../lib/problem.js'
import { pastLibraryQuery } from './past-queries.js'

/** Pages that show the library; all others show today's, whatever moment one looks at. */
const showsLibrary = (path: string): boolean =>
  path === '/' || /^\/(libraries$|library\/|item\/|photo\/|watch\/|admin\/libraries)/.test(path)

/** Says on every page that one sees the library as it was, and leads back to now. `floating` lies over a picture that fills the screen. */
export function PastBand({ floating = false }: { floating?: boolean }) {
  const looking = usePast()
  return (
    // It is there before there is something to tell, so that screen readers tell it.
    <div role="status" className={cx('z-50', floating ? 'fixed inset-x-0 bottom-0' : 'sticky top-0')}>
      {looking && <Band key={looking.id} looking={looking} floating={floating} />}
    </div>
  )
}

function Band({ looking: { id, at }, floating }: { looking: Past; floating: boolean }) {
  const client = useQueryClient()
  const { pathname } = useLocation()
  const library = useQuery(pastLibraryQuery(id))
  const gone = library.error instanceof ApiError && library.error.code === 'past-library-gone'
  const moment = momentWords(at)
  return (
    <div
      className={cx(
        'flex min-h-11 flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-accent px-4 py-1.5 text-small font-medium text-on-accent',
        floating && 'pb-[max(0.375rem,env(safe-area-inset-bottom))]',
      )}
    >
      <p className="flex items-center gap-2">
        <History className="size-4 shrink-0" aria-hidden="true" />
        {gone
          ? `The library as it was on ${moment} has been put away.`
          : showsLibrary(pathname)
            ? `You are seeing the library as it was on ${moment}`
            : `This page shows today. You are seeing the library as it was on ${moment}`}
      </p>
      <div className="flex gap-2">
        {gone && (
          <Link to={timeTravelPath(at)} className={button}>
            Look again
          </Link>
        )}
        <button type="button" className={button} onClick={() => void lookAt(client, null)}>
          <Undo2 className="size-4" aria-hidden="true" />
          Back to now
        </button>
      </div>
    </div>
  )
}

const button =
  'inline-flex h-8 items-center gap-1.5 rounded-m bg-on-accent px-3 font-semibold text-accent outline-offset-2 hover:brightness-125 focus-visible:outline-3 focus-visible:outline-on-accent'
