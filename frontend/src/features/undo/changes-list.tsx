import type { LeftAsItIs, UndoneSubject, UndoSubject } from '@projectionist/shared/api/undo'
import { ArrowRight } from 'lucide-react'
import { Link } from 'react-router'
import { cx } from '../../lib/cx.js'
import { itemPath } from '../../lib/paths.js'
import { Text } from '../../ui/text.js'
import { changeWords, leftWords, subjectWords } from './words.js'

/** What each subject would say after, beside what it says now. */
export const ChangesList = ({ subjects }: { subjects: readonly UndoneSubject[] }) => (
  <ul className="divide-y divide-line">
    {subjects.map(({ subject, changes }) => (
      <li key={`${subject.category} ${subject.id}`} className="py-2.5">
        <Subject subject={subject} />
        <ul className="mt-1 flex flex-col gap-1 text-small">
          {changes.map(change => {
            const words = changeWords(change)
            return (
              words && (
                <li key={change.field} className="flex flex-wrap items-baseline gap-x-2 [overflow-wrap:anywhere]">
                  <span className="text-ink-3">{words.name}</span>
                  {words.from !== undefined && (
                    <>
                      <del className={cx('line-clamp-2 text-ink-3', change.from === undefined && 'no-underline')}>
                        {words.from}
                      </del>
                      <ArrowRight aria-label="becomes" className="size-3.5 shrink-0 self-center text-ink-3" />
                      <ins className="line-clamp-2 text-ink-1 no-underline">{words.to}</ins>
                    </>
                  )}
                </li>
              )
            )
          })}
        </ul>
      </li>
    ))}
  </ul>
)

/** What stays as it is, and why. */
export const LeftList = ({ left }: { left: readonly LeftAsItIs[] }) => (
  <ul className="divide-y divide-line">
    {left.map(one => (
      <li key={one.eventId} className="py-2.5">
        <Subject subject={one.subject} />
        <Text className="mt-0.5 [overflow-wrap:anywhere]">{leftWords(one, Date.now())}</Text>
      </li>
    ))}
  </ul>
)

const Subject = ({ subject }: { subject: UndoSubject }) =>
  subject.category !== 'library' && subject.title !== null ? (
    <Link to={itemPath(subject.id)} className="rounded-s text-body font-medium text-ink-1 hover:text-accent-ink">
      {subject.title}
    </Link>
  ) : (
    <span className="text-body font-medium text-ink-1">{subjectWords(subject)}</span>
  )
