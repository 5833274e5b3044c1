import type { Edits, FieldState } from '@projectionist/shared/api/editing'
import type { ItemSummary } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextArea, TextField } from '../../ui/field.js'
import { Awaiting, Skeleton } from '../../ui/skeleton.js'
import { ErrorState } from '../../ui/state.js'
import { Text } from '../../ui/text.js'
import { fieldsQuery, useEdit } from './editing-queries.js'
import { draftOf, fieldsOf, sourceWords, valueOf, valueWords, type Draft, type Field } from './fields.js'
import { WordsField } from './words-field.js'

interface EditDialogProps {
  readonly item: ItemSummary
  readonly onClose: () => void
  /** Called when it is saved. */
  readonly onDone: () => void
}

/** Writes over what files and sources say of one item. */
export default function EditDialog({ item, onClose, onDone }: EditDialogProps) {
  const states = useQuery(fieldsQuery(item.id))
  const fields = fieldsOf(item.kind)
  /** What was typed, by field; null: it is given back to its source. */
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft | null>>>({})
  const edit = useEdit(() => {
    onClose()
    onDone()
  })
  const read = fields.flatMap(field => {
    const draft = drafts[field.name]
    return draft === undefined ? [] : [{ field, ...(draft === null ? { value: null } : valueOf(field, draft)) }]
  })
  const problemOf = (field: Field) =>
    read.map(one => (one.field === field && 'problem' in one ? one.problem : undefined)).find(Boolean)
  const edits = Object.fromEntries(read.flatMap(one => ('value' in one ? [[one.field.name, one.value]] : []))) as Edits
  const wrong = read.some(one => 'problem' in one)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Edit “${item.title}”`}
      description="What you write stands above files and sources, and a scan leaves it alone."
      actions={
        states.data && (
          <>
            <Button look="bare" onClick={onClose}>
              Cancel
            </Button>
            <Button look="loud" type="submit" form="edit-item" busy={edit.isPending} disabled={wrong || read.length === 0}>
              Save
            </Button>
          </>
        )
      }
    >
      {states.data ? (
        <form
          id="edit-item"
          className="grid gap-x-5 gap-y-4 py-2 md:grid-cols-2"
          onSubmit={event => {
            event.preventDefault()
            if (!wrong && read.length > 0) edit.mutate({ items: [item.id], fields: edits })
          }}
        >
          {edit.error && (
            <Text role="alert" className="text-loss md:col-span-2">
              {messageOf(edit.error)}
            </Text>
          )}
          {fields.map(field => (
            <OneField
              key={field.name}
              field={field}
              state={states.data[field.name]}
              draft={drafts[field.name]}
              problem={problemOf(field)}
              onChange={draft => setDrafts(now => ({ ...now, [field.name]: draft }))}
            />
          ))}
        </form>
      ) : states.isError ? (
        <ErrorState error={states.error} retry={() => void states.refetch()} />
      ) : (
        <Awaiting what="what is known" className="flex flex-col gap-4 py-2">
          {fields.map(({ name }) => (
            <Skeleton key={name} className="h-11" />
          ))}
        </Awaiting>
      )}
    </Dialog>
  )
}

interface OneFieldProps {
  readonly field: Field
  readonly state: FieldState | undefined
  readonly draft: Draft | null | undefined
  readonly problem: string | undefined
  readonly onChange: (draft: Draft | null) => void
}

function OneField({ field, state, draft, problem, onChange }: OneFieldProps) {
  const { label, form, hint } = field
  const shown = draft === null ? draftOf(state?.source?.value, form) : (draft ?? draftOf(state?.value, form))
  const source = state?.source ?? null
  // Something typed over what a source says, now or before, can be given back.
  const given = draft === null
  const own = !given && (draft !== undefined || state?.edited === true)
  const wide = form === 'lines' || form === 'words'
  return (
    <div className={wide ? 'md:col-span-2' : undefined}>
      {form === 'lines' ? (
        <TextArea label={label} value={String(shown)} maxLength={20_000} onChange={onChange} />
      ) : form === 'words' ? (
        <WordsField label={label} words={typeof shown === 'string' ? [] : shown} onChange={onChange} />
      ) : (
        <TextField
          label={label}
          type={form === 'date' ? 'date' : 'text'}
          inputMode={form === 'number' ? 'decimal' : undefined}
          value={String(shown)}
          onChange={onChange}
          hint={hint}
          error={problem}
          autoFocus={field.name === 'title'}
        />
      )}
      {own && (
        <button
          type="button"
          onClick={() => onChange(null)}
          className="mt-1 inline-flex max-w-full items-center gap-1.5 rounded-s text-small text-accent-ink hover:underline [&>svg]:size-3.5 [&>svg]:shrink-0"
        >
          <RotateCcw />
          <span className="truncate">
            {source
              ? `Give back to ${sourceWords(source.name)}: ${valueWords(source.value)}`
              : `Leave ${label.toLocaleLowerCase()} to its sources`}
          </span>
        </button>
      )}
      {given && (
        <Text className="mt-1 text-ink-3">
          {source ? `From ${sourceWords(source.name)} again` : 'No source says anything of it'}
        </Text>
      )}
    </div>
  )
}
