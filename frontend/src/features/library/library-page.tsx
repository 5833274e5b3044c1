import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { later } from '../../lib/late-parts.js'
import { ApiError } from '../../lib/problem.js'
import { librariesQuery } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { GridSkeleton } from './grid-skeleton.js'
import { ItemGrid } from './item-grid.js'

const PhotoTimeline = later(() => import('./photo-timeline.js'))

const gone = new ApiError({
  type: 'about:blank',
  status: 404,
  code: 'library-not-found',
  title: 'There is no such library, or it is not open to you.',
})

/** A library: a timeline for photos, a grid or list for everything else. */
export default function LibraryPage() {
  const { libraryId } = useParams()
  const libraries = useQuery(librariesQuery)
  if (libraries.isError) return <ErrorState error={libraries.error} retry={() => void libraries.refetch()} />
  if (libraries.isPending)
    return (
      <>
        <Skeleton className="mx-(--gutter) mt-8 mb-16 h-8 w-48" />
        <GridSkeleton shape="poster" least={144} />
      </>
    )
  const library = libraries.data.find(one => one.id === libraryId)
  if (!library) return <ErrorState error={gone} action={<ButtonLink to="/">Go home</ButtonLink>} />
  if (library.kind === 'photos')
    return (
      <Suspense>
        <PhotoTimeline key={library.id} library={library} />
      </Suspense>
    )
  return <ItemGrid key={library.id} library={library} />
}
