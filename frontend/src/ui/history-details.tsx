import type { HistoryEntry } from '@projectionist/shared/api/history'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useHistoryEntry } from '../lib/history.js'
import { changeWords, dataWords, type ChangeWords, type Names } from '../lib/history-fields.js'
import { actorWords, historyWords, reasonWords, subjectWords } from '../lib/history-words.js'
import { timeOfDay } from '../lib/time-words.js'
import { pictureUrl } from './picture-source.js'
import { Awaiting, Skeleton } from './skeleton.js'
import { ErrorState } from './state.js'

/** One entry: from what to what, why, because of what, and what it led to. */
export function EntryDetails({ id }: { id: string }) {
  const { data, error, retry } = useHistoryEntry(id)
  if (error) return <ErrorState error={error} retry={retry} className="!py-6" />
  if (!data) return <DetailsSkeleton />
  const { entry, names, because, led } = data
  const changes =
    entry.changes?.map(change => changeWords(change, names)).filter(({ before, after }) => before.length + after.length > 0) ?? []
  const said = changes.length > 0 ? changes : dataWords(entry.data, names)
  return (
    <div className="rounded-m bg-surface-1 p-4 text-small ring-1 ring-line">
      <p className="text-ink-2">
        {reasonWords(entry.reason)}
        {entry.deviceName && <> on {entry.deviceName}</>}
        {', '}
        <time dateTime={entry.at}>{new Date(entry.at).toLocaleString()}</time>
        {'.'}
      </p>
      {said.length > 0 && (
        <Changes changes={said} picture={entry.type === 'ArtworkChosen' ? entry.subject.item?.picture : null} />
      )}
      {because.length > 0 && (
        <Chain title="Because of">
          {because.map(cause => (
            <Step key={cause.id} entry={cause} />
          ))}
        </Chain>
      )}
      {led.entries.length > 0 && (
        <Chain title="This led to">
          {led.entries.map(effect => (
            <Step key={effect.id} entry={effect} />
          ))}
          {led.more && (
            <li>
              <Link to={`/history?cause=${entry.id}`} className="font-medium text-accent-ink underline underline-offset-4">
                and everything else it led to
              </Link>
            </li>
          )}
        </Chain>
      )}
      <Recorded entry={entry} names={names} />
    </div>
  )
}

function Changes({
  changes,
  picture,
}: {
  changes: readonly ChangeWords[]
  picture: NonNullable<HistoryEntry['subject']['item']>['picture'] | undefined
}) {
  return (
    <dl className="mt-3 grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-[minmax(7rem,auto)_1fr]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-ink-3">{field}</dt>
          <dd className="flex min-w-0 flex-wrap items-start gap-x-2 gap-y-1 text-ink-1 [overflow-wrap:anywhere]">
            {before.length > 0 && (
              <del className="text-ink-3 decoration-loss/60">
                <span className="sr-only">before: </span>
                <Values values={before} />
              </del>
            )}
            {before.length > 0 && <ArrowRight aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />}
            {after.length > 0 ? (
              <ins className="no-underline">
                <span className="sr-only">after: </span>
                <Values values={after} />
              </ins>
            ) : (
              <span className="text-ink-3">nothing</span>
            )}
            {picture && field === 'Pictures' && (
              <img
                src={pictureUrl(picture, 160)}
                alt="The picture as it is now"
                loading="lazy"
                className="h-20 w-auto rounded-s"
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const MOST_VALUES = 12
const Values = ({ values }: { values: readonly string[] }) => (
  <>
    {values.slice(0, MOST_VALUES).map((value, index) => (
      <span key={index} className="block">
        {value}
      </span>
    ))}
    {values.length > MOST_VALUES && <span className="block">and {values.length - MOST_VALUES} more</span>}
  </>
)

const Chain = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-4">
    <h4 className="mb-1 text-caption font-semibold text-ink-3">{title}</h4>
    <ol className="flex flex-col gap-1">{children}</ol>
  </section>
)

/** A step of a chain leads to that entry by itself, and so on. */
function Step({ entry }: { entry: HistoryEntry }) {
  const { did, detail, withSubject = true } = historyWords(entry)
  return (
    <li>
      <Link
        to={`/history?entry=${entry.id}`}
        className="text-ink-1 underline decoration-line underline-offset-4 hover:decoration-accent-ink"
      >
        {actorWords(entry)} {did.replace(/:$/, '')} {withSubject && subjectWords(entry.subject)} {detail}
      </Link>{' '}
      <time dateTime={entry.at} className="figures text-ink-3">
        {timeOfDay(entry.at)}
      </time>
    </li>
  )
}

const Recorded = ({ entry, names }: { entry: HistoryEntry; names: Names }) => (
  <details className="mt-4">
    <summary className="cursor-pointer text-caption text-ink-3">Exactly as recorded</summary>
    <p className="mt-2 text-caption text-ink-3">
      {entry.type} · {entry.reason} · place {entry.position}
    </p>
    <pre className="mt-2 max-h-80 overflow-auto text-caption whitespace-pre-wrap text-ink-2 select-text [overflow-wrap:anywhere]">
      {JSON.stringify(entry.data, null, 2)}
    </pre>
    {Object.keys(names).length > 0 && (
      <ul className="mt-2 text-caption text-ink-3">
        {Object.entries(names).map(([id, name]) => (
          <li key={id}>
            {id} is {name}
          </li>
        ))}
      </ul>
    )}
  </details>
)

/** What stands there until the details have come. */
export const DetailsSkeleton = () => (
  <Awaiting what="what changed" className="flex flex-col gap-3 rounded-m bg-surface-1 p-4 ring-1 ring-line">
    <Skeleton className="h-4 w-1/2" />
    <Skeleton className="h-4 w-2/3" />
    <Skeleton className="h-4 w-1/3" />
  </Awaiting>
)
