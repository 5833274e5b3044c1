import type { HistoryGroup } from '@projectionist/shared/api/history'
import { groupWords } from '../lib/history-group-words.js'
import { useHistoryEntries, type HistoryFilter } from '../lib/history.js'
import { Button } from './button.js'
import type { HistoryTarget } from './history-actions.js'
import { DetailsSkeleton, EntryDetails } from './history-details.js'
import { EntryLine, Line, targetOf } from './history-line.js'
import { ErrorState } from './state.js'

/** What one cause brought about, in a line; opens to its entries, or to the one it has. */
export function GroupLine({ group, filter, sameSubject }: { group: HistoryGroup; filter: HistoryFilter; sameSubject: boolean }) {
  const { first, entries, alone } = group
  const several = entries > 1
  return (
    <Line
      entry={first}
      at={group.at}
      words={groupWords(group)}
      sameSubject={sameSubject}
      target={targetOfGroup(group)}
      count={several && !alone ? entries : undefined}
    >
      {() =>
        several ? <GroupEntries group={group} filter={filter} sameSubject={sameSubject} /> : <EntryDetails id={first.id} />
      }
    </Line>
  )
}

const targetOfGroup = (group: HistoryGroup): HistoryTarget => ({
  ...targetOf(group.first),
  kind: 'group',
  eventIds: group.eventIds ?? undefined,
  types: Object.keys(group.counts),
  position: group.position,
  at: group.lastAt,
  count: group.entries,
})

/** The entries of a line, as far as they are what is looked for, newest first. */
function GroupEntries({ group, filter, sameSubject }: { group: HistoryGroup; filter: HistoryFilter; sameSubject: boolean }) {
  const { item, kind, user, q, device, process, library, subject } = filter
  // The words may be those of the line as a whole: then none of its entries has them all.
  const narrow = { item, ...(group.entries > 60 && { kind, user, device, process, library, subject, q }) }
  const { values, error, retry, more, fetching } = useHistoryEntries({ ...narrow, group: group.id, owner: group.owner?.id })
  if (error) return <ErrorState error={error} retry={retry} className="!py-6" />
  if (!values) return <DetailsSkeleton />
  return (
    <div className="rounded-m bg-surface-1 py-2 pr-2 pl-4 ring-1 ring-line">
      <ol className="ml-3.5 border-l border-line">
        {values.map(entry => (
          <EntryLine key={entry.id} entry={entry} sameSubject={sameSubject} minor />
        ))}
      </ol>
      {more && (
        <Button look="bare" className="mt-1" onClick={more} busy={fetching}>
          {values.length === 0 ? 'Look further back in this line' : 'Earlier in this line'}
        </Button>
      )}
    </div>
  )
}
