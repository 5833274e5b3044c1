import { getDifference } from '@projectionist/shared/api/time-travel'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Equal } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../lib/api.js'
import { momentWords } from '../../lib/past.js'
import { Button } from '../../ui/button.js'
import { Page, Panel } from '../../ui/page.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { Cause } from './cause.js'
import { MomentPicker } from './moment-picker.js'
import { pastLibrariesQuery } from './past-queries.js'

const dayMs = 24 * 3600_000

/** What changed between two moments, by what caused it. */
export default function DifferencePage() {
  const [search, setSearch] = useSearchParams()
  const [now] = useState(Date.now)
  const first = useQuery(pastLibrariesQuery).data?.first ?? null
  const from = search.get('from') ?? new Date(now - dayMs).toISOString()
  const to = search.get('to') ?? new Date(now).toISOString()
  const set = (next: { from?: string; to?: string }) => setSearch({ from, to, ...next }, { replace: true })
  const difference = useInfiniteQuery({
    queryKey: ['difference', from, to],
    queryFn: ({ pageParam, signal }) =>
      call(getDifference, { query: { from, to, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    enabled: from <= to,
  })
  const causes = difference.data?.pages.flatMap(page => page.causes) ?? []
  return (
    <Page title="What changed" words={`From ${momentWords(from)} to ${momentWords(to)}, by what caused it.`}>
      <Panel className="mb-8 grid gap-8 md:grid-cols-2">
        <MomentPicker label="From" value={from} first={first} now={now} onChange={at => set({ from: at })} />
        <MomentPicker label="To" value={to} first={first} now={now} onChange={at => set({ to: at })} />
      </Panel>
      {from > to ? (
        <Empty title="The other way round" action={<Button onClick={() => set({ from: to, to: from })}>Swap the moments</Button>}>
          The first moment comes after the second.
        </Empty>
      ) : difference.isError ? (
        <ErrorState error={difference.error} retry={() => void difference.refetch()} />
      ) : difference.isPending ? (
        <Awaiting what="what changed" className="flex flex-col gap-4">
          <Skeleton className="h-24 !rounded-l" />
          <Skeleton className="h-24 !rounded-l" />
        </Awaiting>
      ) : (
        <>
          {causes.length === 0 && !difference.hasNextPage ? (
            <Empty icon={<Equal />} title="Nothing changed">
              At both moments everything was the same.
            </Empty>
          ) : (
            <ol className="flex flex-col gap-4">
              {causes.map(cause => (
                <li key={`${cause.id} ${cause.owner}`}>
                  <Cause cause={cause} from={from} to={to} />
                </li>
              ))}
            </ol>
          )}
          {difference.hasNextPage && (
            <div className="mt-6 flex items-center gap-4">
              <Button busy={difference.isFetchingNextPage} onClick={() => void difference.fetchNextPage()}>
                Earlier
              </Button>
              {causes.length === 0 && (
                <p className="text-small text-ink-3">The latest left everything as it was. There is more before.</p>
              )}
            </div>
          )}
        </>
      )}
    </Page>
  )
}
