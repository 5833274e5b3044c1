import { Rewind, Telescope } from 'lucide-react'
import { timeTravelPath } from '../../lib/paths.js'
import { useMe } from '../../lib/queries.js'
import { ButtonLink } from '../../ui/button.js'
import type { HistoryTarget } from '../../ui/history-actions.js'
import { subjectPath } from './subject-words.js'

/** From something in the history to how its subject, and the library, were right after it. */
export function SeeAsOf({ target: { subject, at } }: { target: Pick<HistoryTarget, 'subject' | 'at'> }) {
  const { id, role } = useMe()
  const admin = role === 'admin'
  const own = subject.id === id || subject.id.startsWith(`${id}.`)
  return (
    <>
      {(admin || own) && (
        <ButtonLink to={subjectPath(subject, at)} icon={<Rewind />}>
          As it was then
        </ButtonLink>
      )}
      {admin && (
        <ButtonLink to={timeTravelPath(at)} icon={<Telescope />}>
          The library as it was then
        </ButtonLink>
      )}
    </>
  )
}
