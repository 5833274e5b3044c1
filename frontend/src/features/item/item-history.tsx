import { useInfiniteQuery } from '@tanstack/react-query'
import { Rewind } from 'lucide-react'
import { historyQuery } from '../../lib/history.js'
import { asItWasPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { HistoryTimeline, HistorySkeleton } from '../../ui/history-timeline.js'
import { ErrorState } from '../../ui/state.js'

/** What happened to this item, newest first. */
export function ItemHistory({ itemId }: { itemId: string }) {
  const admin = useMe().role === 'admin'
  const history = useInfiniteQuery(historyQuery({ item: itemId }))
  if (history.isError) return <ErrorState error={history.error} retry={() => void history.refetch()} />
  if (history.isPending) return <HistorySkeleton />
  return (
    <>
      {admin && (
        <ButtonLink to={asItWasPath('item', itemId)} icon={<Rewind />} className="mb-6">
          As it was at any moment
        </ButtonLink>
      )}
      <HistoryTimeline
        entries={history.data}
        sameSubject
        more={history.hasNextPage ? () => void history.fetchNextPage() : undefined}
        fetching={history.isFetchingNextPage}
      />
    </>
  )
}
