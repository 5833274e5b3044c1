import type { HistoryEntry, HistoryGroup } from '@projectionist/shared/api/history'
import { CircleDot } from 'lucide-react'
import type { ReactNode } from 'react'
import { byDay, type HistoryFilter, type Pages } from '../lib/history.js'
import { dayHeading } from '../lib/time-words.js'
import { Button } from './button.js'
import { GroupLine } from './history-group.js'
import { EntryLine } from './history-line.js'
import { Sentinel } from './sentinel.js'
import { Awaiting, Skeleton } from './skeleton.js'
import { Empty, ErrorState } from './state.js'

interface TimelineProps {
  /** All is about one thing: its name is not repeated. */
  readonly sameSubject?: boolean
  /** Shown where nothing is to be shown. */
  readonly empty?: ReactNode
}

const nothing = (
  <Empty icon={<CircleDot />} title="Nothing happened yet">
    What is added, changed and played shows up here.
  </Empty>
)

/** What happened, by day, a line for each cause; a line opens to what is in it, and that to before and after. */
export const HistoryTimeline = ({
  lines,
  filter,
  sameSubject = false,
  empty = nothing,
}: TimelineProps & { lines: Pages<HistoryGroup> & { readonly news?: (() => void) | undefined }; filter: HistoryFilter }) => (
  <>
    {lines.news && (
      <div className="sticky top-3 z-10 mb-4 flex justify-center">
        <Button look="loud" onClick={lines.news}>
          Show what is new
        </Button>
      </div>
    )}
    <Days
      pages={lines}
      empty={empty}
      line={group => (
        <GroupLine key={`${group.id} ${group.owner?.id ?? ''}`} group={group} filter={filter} sameSubject={sameSubject} />
      )}
    />
  </>
)

/** Single entries by day. */
export const HistoryEntries = ({
  entries,
  sameSubject = false,
  empty = nothing,
}: TimelineProps & { entries: Pages<HistoryEntry> }) => (
  <Days pages={entries} empty={empty} line={entry => <EntryLine key={entry.id} entry={entry} sameSubject={sameSubject} />} />
)

function Days<T extends { readonly at: string }>({
  pages,
  line,
  empty,
}: {
  pages: Pages<T>
  line: (value: T) => ReactNode
  empty: ReactNode
}) {
  if (pages.error) return <ErrorState error={pages.error} retry={pages.retry} />
  if (!pages.values) return <HistorySkeleton />
  if (pages.values.length === 0 && !pages.more) return empty
  const now = Date.now()
  return (
    <div className="max-w-3xl">
      {byDay(pages.values, ({ at }) => at).map(({ day, values }) => (
        <section key={day} className="mb-8">
          <h3 className="mb-3 text-small font-semibold">{dayHeading(day, now)}</h3>
          <ol className="ml-3.5 border-l border-line">{values.map(line)}</ol>
        </section>
      ))}
      {pages.more && (
        <Sentinel onSeen={pages.more}>
          <Button onClick={pages.more} busy={pages.fetching}>
            {pages.values.length === 0 ? 'Look further back' : 'Earlier'}
          </Button>
        </Sentinel>
      )}
    </div>
  )
}

export const HistorySkeleton = () => (
  <Awaiting what="the history" className="flex max-w-3xl flex-col gap-4">
    {Array.from({ length: 8 }, (_, index) => (
      <div key={index} className="flex items-center gap-3">
        <Skeleton className="size-7 !rounded-full" />
        <Skeleton className="h-4" style={{ width: `${30 + ((index * 17) % 40)}%` }} />
      </div>
    ))}
  </Awaiting>
)
