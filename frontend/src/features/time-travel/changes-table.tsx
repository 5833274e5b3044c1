import type { FieldChange } from '@projectionist/shared/api/time-travel'
import { ArrowRight } from 'lucide-react'
import { fieldName, fieldValue } from '../../lib/field-words.js'

/** Fields with what they said before and after. */
export const Changes = ({ changes }: { changes: readonly FieldChange[] }) => (
  <dl className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-[10rem_1fr]">
    {changes.map(({ field, from, to }) => (
      <div key={field} className="contents">
        <dt className="text-ink-3">{fieldName(field)}</dt>
        <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-ink-1 max-sm:mb-2">
          <del className="break-words text-ink-3 no-underline">
            <span className="sr-only">before: </span>
            {fieldValue(field, from)}
          </del>
          <ArrowRight className="size-3.5 shrink-0 self-center text-ink-3" aria-hidden="true" />
          <ins className="break-words no-underline">
            <span className="sr-only">after: </span>
            {fieldValue(field, to)}
          </ins>
        </dd>
      </div>
    ))}
  </dl>
)

type Fields = Readonly<Record<string, unknown>>

/** All fields then, beside now; where they differ, they are marked. */
export function Beside({
  then,
  now,
  differences,
}: {
  then: Fields | null
  now: Fields | null
  differences: readonly FieldChange[]
}) {
  const differing = new Set(differences.map(({ field }) => field))
  const fields = [...new Set([...Object.keys(then ?? {}), ...Object.keys(now ?? {})])]
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
              <td className="py-2 pr-4 align-top break-words text-ink-1">{fieldValue(field, then?.[field])}</td>
              <td
                className={
                  differs ? 'py-2 align-top font-medium break-words text-ink-1' : 'py-2 align-top break-words text-ink-3'
                }
              >
                {fieldValue(field, now?.[field])}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
