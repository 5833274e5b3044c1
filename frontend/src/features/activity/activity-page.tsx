import { getScans, type Scan } from '@projectionist/shared/api/libraries'
import { getSessions } from '@projectionist/shared/api/playback'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, MonitorPlay } from 'lucide-react'
import { useCallback } from 'react'
import { Link } from 'react-router'
import { call } from '../../lib/api.js'
import { useLive } from '../../lib/live.js'
import { historyPath } from '../../lib/paths.js'
import { librariesQuery } from '../../lib/queries.js'
import { isOpen, scanWords, useChangeScan, useLiveScans } from '../../lib/scans.js'
import { ago } from '../../lib/time-words.js'
import { Page, Panel, Section } from '../../ui/page.js'
import { ScanProgress } from '../../ui/scan-progress.js'
import { Skeleton } from '../../ui/skeleton.js'
import { Empty, ErrorState } from '../../ui/state.js'
import { notifyError } from '../../ui/toast.js'
import { SessionCard } from './session-card.js'

const scansQuery = {
  queryKey: ['scans'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(getScans, { signal }),
  meta: { topics: ['scans'] as const },
}
const sessionsQuery = {
  queryKey: ['sessions'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(getSessions, { signal }),
  // Speeds of conversion are not announced; a look now and then keeps them true while the page is open.
  refetchInterval: 10_000,
  meta: { topics: ['sessions'] as const },
}

/** What goes on right now: who plays what and how, and which libraries are being scanned. */
export default function ActivityPage() {
  useLiveScans()
  const sessions = useQuery(sessionsQuery)
  const scans = useQuery(scansQuery)
  const libraries = useQuery(librariesQuery).data ?? []
  const change = useChangeScan()
  const nameOf = (scan: Scan) => libraries.find(library => library.id === scan.libraryId)?.name ?? 'A removed library'
  const open = scans.data?.scans.filter(isOpen) ?? []
  const past = scans.data?.scans.filter(scan => !isOpen(scan)).slice(0, 8) ?? []
  const { refetch } = sessions
  useLive(
    'progress',
    useCallback(() => void refetch({ cancelRefetch: false }), [refetch]),
  )
  return (
    <Page title="Activity" words="What your server is doing at this moment.">
      <Section title="Playing now">
        {sessions.isError ? (
          <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
        ) : sessions.isPending ? (
          <Skeleton className="h-32 !rounded-l" />
        ) : sessions.data.sessions.length === 0 ? (
          <Panel>
            <Empty icon={<MonitorPlay />} title="Nobody is watching" className="!py-6">
              Whoever plays something shows up here, with how it is sent to them.
            </Empty>
          </Panel>
        ) : (
          <ul className="grid gap-4 lg:grid-cols-2">
            {sessions.data.sessions.map(session => (
              <li key={session.sessionId}>
                <SessionCard session={session} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Scans">
        {scans.isError ? (
          <ErrorState error={scans.error} retry={() => void scans.refetch()} />
        ) : scans.isPending ? (
          <Skeleton className="h-24 !rounded-l" />
        ) : (
          <div className="flex flex-col gap-4">
            {open.map(scan => (
              <Panel key={scan.id}>
                <p className="mb-2 flex items-center justify-between gap-4 text-body font-medium text-ink-1">
                  {nameOf(scan)}
                  <WhatItDid scan={scan} name={nameOf(scan)} />
                </p>
                <ScanProgress
                  scan={scan}
                  busy={change.isPending}
                  onAction={action => change.mutate({ id: scan.id, action }, { onError: error => notifyError(error) })}
                />
              </Panel>
            ))}
            {past.length > 0 ? (
              <ul className="divide-y divide-line rounded-l bg-surface-1 ring-1 ring-line">
                {past.map(scan => (
                  <li key={scan.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
                    <CircleCheck
                      className={scan.state === 'failed' ? 'size-4 text-loss' : 'size-4 text-ink-3'}
                      aria-hidden="true"
                    />
                    <span className="font-medium text-ink-1">{nameOf(scan)}</span>
                    <span className="figures flex-1 text-ink-3">{scanWords(scan, Date.now())}</span>
                    <span className="text-ink-3">{ago(scan.endedAt ?? scan.startedAt, Date.now())}</span>
                    <WhatItDid scan={scan} name={nameOf(scan)} />
                  </li>
                ))}
              </ul>
            ) : (
              open.length === 0 && <p className="text-ink-3">No scan has run yet.</p>
            )}
          </div>
        )}
      </Section>
    </Page>
  )
}

const WhatItDid = ({ scan, name }: { scan: Scan; name: string }) => (
  <Link
    to={historyPath({ scan: scan.id })}
    aria-label={`What it did: the scan of ${name}`}
    className="ml-auto rounded-s text-small font-medium text-accent-ink hover:underline"
  >
    What it did
  </Link>
)
