import { getDifferenceOfCause, type CauseOfChange, type SubjectChange } from '@projectionist/shared/api/time-travel'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../lib/api.js'
import { actorWords } from '../../lib/history-words.js'
import { momentWords } from '../../lib/past.js'
import { messageOf } from '../../lib/problem.js'
import { counted } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Badge } from '../../ui/chip.js'
import { Panel } from '../../ui/page.js'
import { Text } from '../../ui/text.js'
import { Changes } from './changes-table.js'
import { categoryWords, subjectPath, subjectWords } from './subject-words.js'

/** So many are shown before one asks for more. */
const FEW = 5

/** What one cause changed, subject by subject, from what to what. */
export function Cause({ cause, from, to }: { cause: CauseOfChange; from: string; to: string }) {
  const [open, setOpen] = useState(false)
  const more = useInfiniteQuery({
    queryKey: ['difference', from, to, cause.id, cause.owner],
    queryFn: ({ pageParam, signal }) =>
      call(getDifferenceOfCause, {
        params: { id: cause.id },
        query: { from, to, ...(cause.owner && { owner: cause.owner }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: cause.next,
    getNextPageParam: page => page.next,
    enabled: open && cause.next !== null,
  })
  const all = [...cause.subjects, ...(more.data?.pages.flatMap(page => page.subjects) ?? [])]
  const shown = open ? all : all.slice(0, FEW)
  const hidden = all.length > shown.length || (!open && cause.next !== null)
  return (
    <Panel>
      <Text as="h2" size="body" className="font-medium text-ink-1">
        {actorWords(cause)}: {cause.reason}
      </Text>
      <p className="mb-4 text-small text-ink-3">
        {momentWords(cause.at)} · {counted(cause.events, 'event', 'events')}
        {cause.partly && ' in all, some of them outside these moments'}
      </p>
      <ul className="flex flex-col gap-4">
        {shown.map(change => (
          <Subject key={`${change.subject.category} ${change.subject.id}`} change={change} at={to} />
        ))}
      </ul>
      {hidden && (
        <Button className="mt-4" onClick={() => setOpen(true)}>
          {cause.next === null ? `All ${all.length}` : 'Show all'}
        </Button>
      )}
      {open && more.isError && (
        <p role="alert" className="mt-4 text-small text-loss">
          {messageOf(more.error)}
        </p>
      )}
      {open && more.hasNextPage && (
        <Button className="mt-4" busy={more.isFetching} onClick={() => void more.fetchNextPage()}>
          More
        </Button>
      )}
    </Panel>
  )
}

const Subject = ({ change: { subject, changes, isNew, undone }, at }: { change: SubjectChange; at: string }) => (
  <li>
    <p className="mb-1 flex flex-wrap items-center gap-2 text-small font-medium">
      <Link to={subjectPath(subject, at)} className="text-ink-1 hover:underline">
        {subjectWords(subject)}
      </Link>
      <span className="text-ink-3">{categoryWords(subject.category)}</span>
      {isNew && <Badge>new</Badge>}
      {undone && <Badge>taken back since</Badge>}
    </p>
    <Changes changes={changes} />
  </li>
)
