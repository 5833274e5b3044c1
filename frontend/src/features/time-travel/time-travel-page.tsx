import type { PastLibrary } from '@projectionist/shared/api/time-travel'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, GitCompareArrows, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { lookAt, momentWords, usePast } from '../../lib/past.js'
import { Button, ButtonLink, IconButton } from '../../ui/button.js'
import { Page, Panel, Section } from '../../ui/page.js'
import { Progress } from '../../ui/progress.js'
import { Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { notifyError } from '../../ui/toast.js'
import { MomentPicker } from './moment-picker.js'
import { isUnfinished, pastLibrariesQuery, pastLibraryQuery, sortedQuery, useLookBack, usePutAway } from './past-queries.js'

/** Chooses the moment to see the library at, shows how it is put together, and which are at hand. */
export default function TimeTravelPage() {
  const [search, setSearch] = useSearchParams()
  const [now] = useState(Date.now)
  const [at, setAt] = useState(() => search.get('at') ?? new Date(now).toISOString())
  const [making, setMaking] = useState<string | null>(null)
  const kept = useQuery(pastLibrariesQuery)
  const lookBack = useLookBack()
  const putAway = usePutAway()
  const client = useQueryClient()
  const navigate = useNavigate()
  const see = (library: Pick<PastLibrary, 'id' | 'at'>) =>
    void lookAt(client, { id: library.id, at: library.at }).then(() => navigate('/'))
  const begin = (moment: string) =>
    lookBack.mutate(moment, { onSuccess: ({ id }) => setMaking(id), onError: error => notifyError(error) })

  const asked = useRef(false)
  useEffect(() => {
    if (asked.current || !search.has('go')) return
    asked.current = true
    setSearch({ at }, { replace: true })
    begin(at)
  })

  return (
    <Page
      title="The library as it was"
      words="Nothing that was recorded is lost: choose a moment and walk through your libraries as they were then."
      actions={
        <ButtonLink to="/time-travel/difference" icon={<GitCompareArrows />}>
          Compare two moments
        </ButtonLink>
      }
      narrow
    >
      <Panel className="mb-10">
        {kept.isPending ? (
          <Skeleton className="h-32" />
        ) : (
          <MomentPicker label="The moment" value={at} first={kept.data?.first ?? null} now={now} onChange={setAt} />
        )}
        <div className="mt-5">
          {making ? (
            <Making
              id={making}
              onReady={see}
              onCancel={() => {
                putAway.mutate(making)
                setMaking(null)
              }}
              onGone={() => setMaking(null)}
            />
          ) : (
            <Button look="loud" size="l" icon={<Eye />} busy={lookBack.isPending} onClick={() => begin(at)}>
              See the library as it was
            </Button>
          )}
        </div>
      </Panel>
      {kept.isError ? (
        <ErrorState error={kept.error} retry={() => void kept.refetch()} />
      ) : (
        <AtHand libraries={kept.data?.libraries ?? []} onSee={see} onPutAway={id => putAway.mutate(id)} />
      )}
    </Page>
  )
}

interface MakingProps {
  readonly id: string
  readonly onReady: (library: PastLibrary) => void
  readonly onCancel: () => void
  readonly onGone: () => void
}

/** How far the library of that moment is put together. */
function Making({ id, onReady, onCancel, onGone }: MakingProps) {
  const { data, error: lost } = useQuery(pastLibraryQuery(id))
  const sorted = useQuery({ ...sortedQuery(id), enabled: data?.state === 'ready' })
  const error = lost ?? sorted.error
  const done = useRef(false)
  useEffect(() => {
    if (done.current || !(error || sorted.data)) return
    done.current = true
    if (data && !error) onReady(data)
    else {
      notifyError(error)
      onGone()
    }
  })
  if (data?.state === 'failed')
    return (
      <div role="alert">
        <p className="mb-3 text-body">It could not be put together: {data.problem}</p>
        <Button onClick={onCancel}>Choose another moment</Button>
      </div>
    )
  const waiting = !data || data.state === 'waiting'
  return (
    <div className="flex items-end gap-4">
      <div className="min-w-0 flex-1" aria-live="polite">
        <p className="mb-2 text-small">
          {waiting
            ? 'About to begin …'
            : data.progress >= 1
              ? 'Sorting …'
              : `Going through what was recorded up to then: ${Math.floor(data.progress * 100)} %`}
        </p>
        <Progress value={waiting ? null : data.progress} label="Putting the library together" />
      </div>
      <Button icon={<X />} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

interface AtHandProps {
  readonly libraries: readonly PastLibrary[]
  readonly onSee: (library: PastLibrary) => void
  readonly onPutAway: (id: string) => void
}

function AtHand({ libraries, onSee, onPutAway }: AtHandProps) {
  const looking = usePast()
  const ready = libraries.filter(library => !isUnfinished(library) && library.state === 'ready')
  if (ready.length === 0) return null
  return (
    <Section title="At hand">
      <ul className="divide-y divide-line rounded-l bg-surface-1 ring-1 ring-line">
        {ready.map(library => (
          <li key={library.id} className="flex flex-wrap items-center gap-3 px-5 py-3">
            <span className="min-w-0 flex-1 text-body text-ink-1">{momentWords(library.at)}</span>
            {looking?.id === library.id ? (
              <span className="text-small text-ink-3">you are here</span>
            ) : (
              <>
                <Button onClick={() => onSee(library)} aria-label={`See it as on ${momentWords(library.at)}`}>
                  See it
                </Button>
                <IconButton label={`Put ${momentWords(library.at)} away`} size="s" onClick={() => onPutAway(library.id)}>
                  <X />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-small text-ink-3">Two are kept. One that nobody looks at for half an hour is put away.</p>
    </Section>
  )
}
