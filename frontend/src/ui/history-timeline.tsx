import type { HistoryEntry } from '@projectionist/shared/api/history'
import {
  Check,
  ChevronRight,
  CircleDot,
  FileMinus,
  FilePlus,
  FolderSync,
  Image,
  LibraryBig,
  Play,
  Star,
  Text as Lines,
  TriangleAlert,
  User,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../lib/cx.js'
import { byCause, byDay, type Cause } from '../lib/history.js'
import { actorWords, historyWords, type HistoryIcon } from '../lib/history-words.js'
import { itemPath } from '../lib/paths.js'
import { dayHeading, timeOfDay } from '../lib/time-words.js'
import { counted } from '../lib/words.js'
import { Button } from './button.js'
import { Awaiting, Skeleton } from './skeleton.js'
import { Empty } from './state.js'

interface HistoryTimelineProps {
  readonly entries: readonly HistoryEntry[]
  /** All is about one thing: its name is not repeated. */
  readonly sameSubject?: boolean
  readonly more?: (() => void) | undefined
  readonly fetching?: boolean
}

/** What happened, by day and by cause; each entry opens to what exactly was recorded. */
export function HistoryTimeline({ entries, sameSubject = false, more, fetching = false }: HistoryTimelineProps) {
  if (entries.length === 0)
    return (
      <Empty icon={<CircleDot />} title="Nothing happened yet">
        What is added, changed and played shows up here.
      </Empty>
    )
  const now = Date.now()
  return (
    <div className="max-w-3xl">
      {byDay(byCause(entries), cause => cause.entries[0]!.at).map(({ day, values }) => (
        <section key={day} className="mb-8">
          <h3 className="mb-3 text-small font-semibold">{dayHeading(day, now)}</h3>
          <ol className="ml-3.5 border-l border-line">
            {values.map(cause => (
              <CauseEntry key={cause.id} cause={cause} sameSubject={sameSubject} />
            ))}
          </ol>
        </section>
      ))}
      {more && (
        <Button onClick={more} busy={fetching}>
          Earlier
        </Button>
      )}
    </div>
  )
}

function CauseEntry({ cause: { entries }, sameSubject }: { cause: Cause; sameSubject: boolean }) {
  const [open, setOpen] = useState(false)
  const [first, ...others] = entries
  return (
    <li>
      {first && <Entry entry={first} sameSubject={sameSubject} />}
      {others.length > 0 && !open && (
        <button
          type="button"
          aria-expanded={false}
          onClick={() => setOpen(true)}
          className="mb-1 ml-7 rounded-s px-2 py-1 text-small text-ink-3 hover:bg-surface-2 hover:text-ink-1"
        >
          and {counted(others.length, 'thing', 'things')} more by the same cause
        </button>
      )}
      {open && others.map(entry => <Entry key={entry.id} entry={entry} sameSubject={sameSubject} minor />)}
    </li>
  )
}

const icons: Readonly<Record<HistoryIcon, ReactNode>> = {
  play: <Play />,
  done: <Check />,
  star: <Star />,
  file: <FilePlus />,
  gone: <FileMinus />,
  words: <Lines />,
  picture: <Image />,
  library: <LibraryBig />,
  scan: <FolderSync />,
  person: <User />,
  warning: <TriangleAlert />,
  other: <CircleDot />,
}
const linked = new Set(['item', 'playback'])

function Entry({ entry, sameSubject, minor = false }: { entry: HistoryEntry; sameSubject: boolean; minor?: boolean }) {
  const { icon, did, withSubject = true, detail } = historyWords(entry)
  const { subject } = entry
  const title = subject.title ?? (subject.category === 'item' ? 'something taken away since' : '')
  const named = withSubject && !sameSubject && title !== ''
  return (
    <details className="group relative">
      <summary className="-ml-3.5 flex list-none items-start gap-3 rounded-m py-1.5 pr-2 [&::-webkit-details-marker]:hidden">
        <span
          className={cx(
            'grid size-7 shrink-0 place-items-center rounded-full bg-surface-0 ring-1 ring-line [&>svg]:size-3.5',
            icon === 'warning' || icon === 'gone' ? 'text-loss' : minor ? 'text-ink-3' : 'text-accent-ink',
          )}
        >
          {icons[icon]}
        </span>
        <span className="min-w-0 flex-1 pt-1 [overflow-wrap:anywhere]">
          <span className="font-medium text-ink-1">{actorWords(entry)}</span>{' '}
          {named || sameSubject || !withSubject ? did.replace(/:$/, '') : did.replace(/(:| (of|to|for|in))$/, '')}{' '}
          {named && (
            <>
              {linked.has(subject.category) && subject.title ? (
                <Link
                  to={itemPath(subject.id.slice(-36))}
                  className="font-medium text-ink-1 underline decoration-line underline-offset-4 hover:decoration-accent-ink"
                >
                  {title}
                </Link>
              ) : (
                <span className="font-medium text-ink-1">{title}</span>
              )}{' '}
            </>
          )}
          {sameSubject && withSubject && / (of|to|for|in)$/.test(did) && 'this '}
          {detail && <span className="text-ink-3">{detail}</span>}
        </span>
        <time dateTime={entry.at} title={new Date(entry.at).toLocaleString()} className="figures pt-1 text-ink-3">
          {timeOfDay(entry.at)}
        </time>
        <ChevronRight className="mt-1.5 size-4 shrink-0 text-ink-3 opacity-0 transition-[rotate,opacity] group-open:rotate-90 group-hover:opacity-100 group-has-focus-visible:opacity-100" />
      </summary>
      <div className="mb-3 ml-6.5 rounded-m bg-surface-1 p-3 ring-1 ring-line">
        <p className="mb-2 text-caption text-ink-3">
          {entry.type} · {entry.reason} · place {entry.position}
        </p>
        <pre className="max-h-80 overflow-auto text-caption whitespace-pre-wrap text-ink-2 select-text [overflow-wrap:anywhere]">
          {JSON.stringify(entry.data, null, 2)}
        </pre>
      </div>
    </details>
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
