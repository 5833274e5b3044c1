import { getStream, getWatchingThen } from '@projectionist/shared/api/time-travel'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { call } from '../../lib/api.js'
import { actorWords, historyWords } from '../../lib/history-words.js'
import { momentWords } from '../../lib/past.js'
import { itemPath, timeTravelPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { Button, ButtonLink } from '../../ui/button.js'
import { Page, Panel, Section } from '../../ui/page.js'
import { Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { Beside, Changes } from './changes-table.js'
import { MomentPicker } from './moment-picker.js'
import { categoryWords, subjectPath, subjectWords } from './subject-words.js'

/** One item, person, library, scan or playing as it was at a moment, beside how it is now, and what happened up to then. */
export default function SubjectPage() {
  const { category = '', subjectId: id = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const [now] = useState(Date.now)
  const admin = useMe().role === 'admin'
  const at = search.get('at') ?? new Date(now).toISOString()
  const stream = useInfiniteQuery({
    queryKey: ['stream', category, id, at],
    queryFn: ({ pageParam, signal }) =>
      call(getStream, { params: { category, id }, query: { at, limit: 30, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
    meta: { topics: ['history'] },
  })
  const page = stream.data?.pages[0]
  const events = stream.data?.pages.flatMap(each => each.events) ?? []
  return (
    <Page
      title={page ? subjectWords(page.subject) : 'As it was'}
      words={`${categoryWords(category)}, as on ${momentWords(at)}`}
      actions={
        <div className="flex flex-wrap gap-2">
          {category === 'item' && <ButtonLink to={itemPath(id)}>Its page</ButtonLink>}
          {admin && (
            <ButtonLink to={timeTravelPath(at)} icon={<History />}>
              See the library as it was
            </ButtonLink>
          )}
        </div>
      }
    >
      <Panel className="mb-8">
        <MomentPicker
          label="As of"
          value={at}
          first={page?.first ?? null}
          now={now}
          onChange={next => setSearch({ at: next }, { replace: true })}
        />
      </Panel>
      {stream.isError ? (
        <ErrorState error={stream.error} retry={() => void stream.refetch()} />
      ) : !page ? (
        <Skeleton className="h-64 !rounded-l" />
      ) : (
        <>
          <Section title={page.differences.length === 0 ? 'As it is now' : 'Then and now'}>
            {page.then === null && page.now === null ? (
              <Empty title={events.length === 0 ? 'It was not there yet' : 'Nothing but what happened'} className="!py-6">
                {events.length === 0 ? 'Choose a later moment.' : 'There is nothing to compare; what happened stands below.'}
              </Empty>
            ) : (
              <Beside {...page} />
            )}
          </Section>
          {category === 'user' && <Watching userId={id} at={at} />}
          <Section title="What happened up to then">
            {events.length === 0 && <p className="text-body text-ink-3">Nothing yet.</p>}
            <ol className="ml-1.5 border-l border-line">
              {events.map(event => (
                <li key={event.id} className="mb-5 pl-5">
                  <p className="text-body text-ink-1">
                    {actorWords(event)} {historyWords({ type: event.type, data: {} }).did.replace(/:$/, '')}{' '}
                    <span className="text-ink-3">· {momentWords(event.at)}</span>
                  </p>
                  {event.changes.length > 0 && (
                    <div className="mt-1.5">
                      <Changes changes={event.changes} />
                    </div>
                  )}
                </li>
              ))}
            </ol>
            {stream.hasNextPage && (
              <Button busy={stream.isFetchingNextPage} onClick={() => void stream.fetchNextPage()}>
                Earlier
              </Button>
            )}
          </Section>
        </>
      )}
    </Page>
  )
}

/** Where a person stood with what they had played. */
function Watching({ userId, at }: { userId: string; at: string }) {
  const watching = useInfiniteQuery({
    queryKey: ['watching-then', userId, at],
    queryFn: ({ pageParam, signal }) =>
      call(getWatchingThen, { query: { user: userId, at, limit: 20, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
    meta: { topics: ['watch-state'] },
  })
  const entries = watching.data?.pages.flatMap(page => page.entries) ?? []
  return (
    <Section title="What they had played">
      {watching.isError ? (
        <ErrorState error={watching.error} retry={() => void watching.refetch()} />
      ) : watching.isPending ? (
        <Skeleton className="h-32 !rounded-l" />
      ) : entries.length === 0 ? (
        <p className="text-body text-ink-3">Nothing yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.map(entry => (
            <li key={entry.itemId} className="py-4">
              <Link
                to={subjectPath({ category: 'playback', id: `${userId}.${entry.itemId}` }, at)}
                className="text-body font-medium text-ink-1 hover:underline"
              >
                {entry.item?.title ?? 'Something that is no more'}
              </Link>
              <span className="text-small text-ink-3"> · {momentWords(entry.at)}</span>
              <div className="mt-1.5">
                <Beside {...entry} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {watching.hasNextPage && (
        <Button busy={watching.isFetchingNextPage} onClick={() => void watching.fetchNextPage()}>
          Earlier
        </Button>
      )}
    </Section>
  )
}
