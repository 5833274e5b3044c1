import type { HistoryChange } from '@projectionist/shared/api/history'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { changeWords, fieldName, valueWords, type Names } from '../../lib/history-fields.js'
import { librariesQuery } from '../../lib/queries.js'

/** What ids in fields are called. */
function useNames(): Names {
  const libraries = useQuery(librariesQuery).data ?? []
  return Object.fromEntries(libraries.map(({ id, name }) => [id, name]))
}

/** A field that says nothing. */
const Nothing = () => <span className="text-ink-3">–</span>

/** Fields with what they said before and after; only what they say where they said nothing before. */
export function Changes({ changes }: { changes: readonly HistoryChange[] }) {
  const names = useNames()
  return (
    <dl className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-[10rem_1fr]">
      {changes.map(change => {
        const { field, before, after } = changeWords(change, names)
        return (
          <div key={change.field} className="contents">
            <dt className="text-ink-3">{field}</dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-ink-1 max-sm:mb-2">
              {before.length > 0 && (
                <>
                  <del className="min-w-0 break-words text-ink-3 no-underline">
                    <span className="sr-only">before: </span>
                    {before.join(', ')}
                  </del>
                  <ArrowRight className="size-3.5 shrink-0 self-center text-ink-3" aria-hidden="true" />
                </>
              )}
              <ins className="min-w-0 break-words no-underline">
                {before.length > 0 && <span className="sr-only">after: </span>}
                {after.length > 0 ? after.join(', ') : <Nothing />}
              </ins>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

type Fields = Readonly<Record<string, unknown>>

interface BesideProps {
  readonly then: Fields | null
  readonly now: Fields | null
  readonly differences: readonly HistoryChange[]
}

/** All fields then, beside now; where they differ, they are marked. */
export function Beside({ then, now, differences }: BesideProps) {
  const names = useNames()
  const differing = new Set(differences.map(({ field }) => field))
  const fields = [...new Set([...Object.keys(then ?? {}), ...Object.keys(now ?? {})])]
  const words = (of: Fields | null, field: string) => valueWords(field, of?.[field], names).join(', ') || <Nothing />
  return (
    <table className="w-full table-fixed border-collapse text-left text-small">
      <thead>
        <tr className="border-b border-line text-ink-3">
          <th scope="col" className="w-1/4 py-2 pr-4 font-medium">
            <span className="sr-only">What</span>
          </th>
          <th scope="col" className="py-2 pr-4 font-medium">
            Then
          </th>
          <th scope="col" className="py-2 font-medium">
            Now
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map(field => {
          const differs = differing.has(field)
          return (
            <tr key={field} className={differs ? 'border-b border-line bg-accent/10' : 'border-b border-line'}>
              <th scope="row" className="py-2 pr-4 pl-2 align-top font-medium text-ink-2">
                {fieldName(field)}
                {differs && <span className="sr-only"> (differs)</span>}
              </th>
              <td className="py-2 pr-4 align-top break-words text-ink-1">{words(then, field)}</td>
              <td
                className={
                  differs ? 'py-2 align-top font-medium break-words text-ink-1' : 'py-2 align-top break-words text-ink-3'
                }
              >
                {words(now, field)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
