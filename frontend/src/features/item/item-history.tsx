import { useInfiniteQuery } from '@tanstack/react-query'
import { historyQuery } from '../../lib/history.js'
import { HistoryTimeline, HistorySkeleton } from '../../ui/history-timeline.js'
import { ErrorState } from '../../ui/state.js'

/** What happened to this item, newest first. */
export function ItemHistory({ itemId }: { itemId: string }) {
  const history = useInfiniteQuery(historyQuery({ item: itemId }))
  if (history.isError) return <ErrorState error={history.error} retry={() => void history.refetch()} />
  if (history.isPending) return <HistorySkeleton />
  return (
    <HistoryTimeline
      entries={history.data}
      sameSubject
      more={history.hasNextPage ? () => void history.fetchNextPage() : undefined}
      fetching={history.isFetchingNextPage}
    />
  )
}
