import { CircleDot, Rewind, X } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useHistoryEntries, useHistoryEntry, useHistoryLines, type EntryFilter } from '../../lib/history.js'
import { asItWasPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { Button, ButtonLink, IconButton } from '../../ui/button.js'
import { EntryLine } from '../../ui/history-line.js'
import { HistoryEntries, HistoryTimeline } from '../../ui/history-timeline.js'
import { Page } from '../../ui/page.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { ExportMenu } from './export-menu.js'
import { FilterBar } from './filter-bar.js'
import { filterOf, isNarrowed, viewOf, withView, type View } from './view.js'

/** All that happened, newest first, a line for each cause; members see what is their own. */
export default function HistoryPage() {
  const me = useMe()
  const admin = me.role === 'admin'
  const [search, setSearch] = useSearchParams()
  const view = viewOf(search)
  const filter = filterOf(view)
  const change = (changes: Partial<View>) => setSearch(now => withView(now, changes), { replace: true, preventScrollReset: true })
  const clear = () => setSearch({}, { replace: true })
  return (
    <Page
      title={admin ? 'History' : 'Your history'}
      words={
        admin
          ? 'Every change to your libraries and everything that was played is kept, and never lost.'
          : 'What you played, marked and rated, where you signed in, and what was changed about your account.'
      }
      actions={
        <div className="flex flex-wrap gap-2">
          {!admin && (
            <ButtonLink to={asItWasPath('user', me.id)} icon={<Rewind />}>
              As it was at any moment
            </ButtonLink>
          )}
          <ExportMenu filter={filter} />
        </div>
      }
    >
      {view.entry && <OneEntry key={view.entry} id={view.entry} onClose={() => change({ entry: null })} />}
      <FilterBar view={view} admin={admin} onChange={change} onClear={clear} />
      {view.cause ? <Effects filter={filter} /> : <AllLines filter={filter} narrowed={isNarrowed(view)} onClear={clear} />}
    </Page>
  )
}

function AllLines({ filter, narrowed, onClear }: { filter: EntryFilter; narrowed: boolean; onClear: () => void }) {
  const { cause: _, group: __, owner: ___, ...ofLines } = filter
  const lines = useHistoryLines(ofLines)
  return narrowed ? (
    <HistoryTimeline
      lines={lines}
      filter={ofLines}
      empty={
        <Empty
          icon={<CircleDot />}
          title="Nothing of the kind happened"
          action={<Button onClick={onClear}>Show everything</Button>}
        >
          Take a filter away, or look for other words.
        </Empty>
      }
    />
  ) : (
    <HistoryTimeline lines={lines} filter={ofLines} />
  )
}

const Effects = ({ filter }: { filter: EntryFilter }) => <HistoryEntries entries={useHistoryEntries(filter)} />

/** The entry that a link leads to, above all others. */
function OneEntry({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, retry } = useHistoryEntry(id)
  return (
    <section aria-label="One entry" className="mb-8 max-w-3xl rounded-l bg-surface-1 p-4 ring-1 ring-line">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {error ? (
            <ErrorState error={error} retry={retry} className="!py-6" />
          ) : (
            data && (
              <ol className="ml-3.5">
                <EntryLine entry={data.entry} sameSubject={false} open />
              </ol>
            )
          )}
        </div>
        <IconButton label="Close this entry" size="s" onClick={onClose}>
          <X />
        </IconButton>
      </div>
    </section>
  )
}
