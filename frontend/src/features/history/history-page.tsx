import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getUsers } from '@projectionist/shared/api/accounts'
import { Rewind } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { call } from '../../lib/api.js'
import { historyQuery } from '../../lib/history.js'
import { asItWasPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import { HistorySkeleton, HistoryTimeline } from '../../ui/history-timeline.js'
import { Page } from '../../ui/page.js'
import { Select, type Option } from '../../ui/select.js'
import { ErrorState } from '../../ui/state.js'
import { kindNames } from './kind-names.js'

const everything: Option<string> = { value: '', label: 'Everything' }
const everybody: Option<string> = { value: '', label: 'Everybody' }

/** All that happened, newest first, by whom and of what kind; members see what is their own. */
export default function HistoryPage() {
  const me = useMe()
  const admin = me.role === 'admin'
  const [search, setSearch] = useSearchParams()
  const kind = search.get('kind') ?? ''
  const user = search.get('user') ?? ''
  const people = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => call(getUsers, { signal }),
    select: answer => answer.users,
    enabled: admin,
  })
  const history = useInfiniteQuery(historyQuery({ kind: kind || undefined, user: user || undefined }))
  const set = (name: string, value: string) =>
    setSearch(
      now => {
        const next = new URLSearchParams(now)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <Page
      title="History"
      words={
        admin
          ? 'Every change to your libraries and everything that was played is kept, and never lost.'
          : 'What you played, marked and rated.'
      }
      actions={
        <div className="flex flex-wrap gap-2">
          {!admin && (
            <ButtonLink to={asItWasPath('user', me.id)} icon={<Rewind />}>
              As it was at any moment
            </ButtonLink>
          )}
          {admin && (
            <ButtonLink to="/time-travel" icon={<Rewind />}>
              See the library as it was …
            </ButtonLink>
          )}
          {admin && (
            <Select
              label="By"
              value={user}
              options={[everybody, ...(people.data?.map(person => ({ value: person.id, label: person.name })) ?? [])]}
              onChange={value => set('user', value)}
            />
          )}
          <Select
            label="What"
            value={kind}
            options={[everything, ...kindNames.map(([value, label]) => ({ value, label }))]}
            onChange={value => set('kind', value)}
          />
        </div>
      }
    >
      {history.isError ? (
        <ErrorState error={history.error} retry={() => void history.refetch()} />
      ) : history.isPending ? (
        <HistorySkeleton />
      ) : (
        <HistoryTimeline
          entries={history.data}
          more={history.hasNextPage ? () => void history.fetchNextPage() : undefined}
          fetching={history.isFetchingNextPage}
        />
      )}
    </Page>
  )
}
