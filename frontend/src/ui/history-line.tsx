import type { HistoryEntry, HistorySubject } from '@projectionist/shared/api/history'
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
import { actorWords, historyWords, subjectWords, type HistoryIcon, type HistoryWords } from '../lib/history-words.js'
import { itemPath } from '../lib/paths.js'
import { timeOfDay } from '../lib/time-words.js'
import { useHistoryActions, type HistoryTarget } from './history-actions.js'
import { EntryDetails } from './history-details.js'
import { pictureUrl } from './picture-source.js'

/** A single entry; opens to what it changed. */
export const EntryLine = ({ entry, ...looks }: Pick<LineProps, 'entry' | 'sameSubject' | 'minor' | 'open'>) => (
  <Line {...looks} entry={entry} at={entry.at} words={historyWords(entry)} target={targetOf(entry)}>
    {() => <EntryDetails id={entry.id} />}
  </Line>
)

export const targetOf = (entry: HistoryEntry): HistoryTarget => ({
  kind: 'entry',
  correlationId: entry.group.id,
  eventIds: [entry.id],
  ownerId: entry.group.owner,
  types: [entry.type],
  position: entry.position,
  at: entry.at,
  subject: { category: entry.subject.category, id: entry.subject.id, title: entry.subject.title },
  count: 1,
})

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

interface LineProps {
  readonly entry: HistoryEntry
  readonly at: string
  readonly words: HistoryWords
  readonly sameSubject: boolean
  readonly minor?: boolean
  readonly count?: number | undefined
  /** Stands open from the beginning. */
  readonly open?: boolean
  readonly target: HistoryTarget
  readonly children: () => ReactNode
}

/** A line of the history: who did what to what, and when; opens to what `children` give then. */
export function Line({ entry, at, words, sameSubject, minor = false, count, open: opened = false, target, children }: LineProps) {
  const [open, setOpen] = useState(opened)
  const actions = useHistoryActions()
  const { icon, detail } = words
  return (
    <li>
      <details
        open={open}
        className="relative"
        onToggle={event => event.target === event.currentTarget && setOpen(event.currentTarget.open)}
      >
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
            <Sentence words={words} subject={entry.subject} sameSubject={sameSubject} />
            {detail && <span className="text-ink-3">{detail}</span>}
            {count !== undefined && <span className="sr-only">, {count} entries</span>}
          </span>
          {!sameSubject && entry.subject.item?.picture && (
            <img
              src={pictureUrl(entry.subject.item.picture, 160)}
              alt=""
              loading="lazy"
              className="h-9 w-auto max-w-16 shrink-0 rounded-s object-cover"
              style={{ backgroundColor: entry.subject.item.picture.colour }}
            />
          )}
          <time dateTime={at} title={new Date(at).toLocaleString()} className="figures pt-1 text-ink-3">
            {timeOfDay(at)}
          </time>
          <ChevronRight
            aria-hidden="true"
            className={cx('mt-1.5 size-4 shrink-0 text-ink-3 transition-[rotate]', open && 'rotate-90')}
          />
        </summary>
        {open && (
          <div className="mb-3 ml-6.5">
            <Buttons>{actions(target)}</Buttons>
            {children()}
          </div>
        )}
      </details>
    </li>
  )
}

const Buttons = ({ children }: { children: ReactNode }) =>
  children ? <div className="mb-2 flex flex-wrap gap-2 empty:hidden">{children}</div> : null

/** What was done to what: `began to play Dusk`; the name is left out where it only repeats what all is about. */
function Sentence({
  words: { did, withSubject = true },
  subject,
  sameSubject,
}: {
  words: HistoryWords
  subject: HistorySubject
  sameSubject: boolean
}) {
  const title = subjectWords(subject)
  if (!withSubject) return <>{did} </>
  if (sameSubject) return <>{/ (of|to|for|in)$/.test(did) ? `${did} this ` : `${did.replace(/:$/, '')} `}</>
  if (title === '') return <>{did.replace(/(:| (of|to|for|in))$/, '')} </>
  return (
    <>
      {did.replace(/:$/, '')}{' '}
      {subject.item ? (
        <Link
          to={itemPath(subject.item.id)}
          className="font-medium text-ink-1 underline decoration-line underline-offset-4 hover:decoration-accent-ink"
        >
          {title}
        </Link>
      ) : (
        <span className="font-medium text-ink-1">{title}</span>
      )}{' '}
    </>
  )
}
