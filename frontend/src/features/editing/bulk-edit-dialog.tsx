import type { Edits, ListName } from '@projectionist/shared/api/editing'
import type { ItemSummary } from '@projectionist/shared/api/items'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { counted } from '../../lib/words.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { Switch } from '../../ui/switch.js'
import { Text } from '../../ui/text.js'
import { useEdit } from './editing-queries.js'
import { commonFields, fieldsOf, valueOf } from './fields.js'
import { WordsField } from './words-field.js'

const lists: readonly (readonly [name: ListName, label: string])[] = [
  ['genres', 'genres'],
  ['tags', 'tags'],
]

/** Writes the same over many items: adds to lists and takes from them, sets what they have in common. */
export default function BulkEditDialog({
  items,
  onClose,
  onDone,
}: {
  items: readonly ItemSummary[]
  onClose: () => void
  onDone: () => void
}) {
  const [words, setWords] = useState<Readonly<Record<string, readonly string[]>>>({})
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [giveBack, setGiveBack] = useState(false)
  const edit = useEdit(() => {
    onClose()
    onDone()
  })
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const fields = commonFields(kinds)
  const read = fields
    .filter(({ name }) => (typed[name] ?? '').trim() !== '')
    .map(field => ({ field, ...valueOf(field, typed[field.name]!) }))
  const wrong = read.some(one => 'problem' in one)
  const all = giveBack ? Object.fromEntries(kinds.flatMap(kind => fieldsOf(kind).map(({ name }) => [name, null]))) : {}
  const set = {
    ...all,
    ...Object.fromEntries(read.flatMap(one => ('value' in one ? [[one.field.name, one.value]] : []))),
  } as Edits
  const listed = (what: 'add' | 'remove') =>
    Object.fromEntries(
      lists.flatMap(([name]) => ((words[`${what} ${name}`]?.length ?? 0) > 0 ? [[name, [...words[`${what} ${name}`]!]]] : [])),
    )
  const [add, remove] = [listed('add'), listed('remove')]
  const empty = [set, add, remove].every(one => Object.keys(one).length === 0)
  const save = () =>
    edit.mutate({
      items: items.map(({ id }) => id),
      fields: set,
      ...(Object.keys(add).length > 0 && { add }),
      ...(Object.keys(remove).length > 0 && { remove }),
    })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Edit ${counted(items.length, 'item', 'items')}`}
      description="What you leave empty stays as it is."
      actions={
        <>
          <Button look="bare" onClick={onClose}>
            Cancel
          </Button>
          <Button look="loud" type="submit" form="edit-many" busy={edit.isPending} disabled={wrong || empty}>
            Save for {counted(items.length, 'item', 'items')}
          </Button>
        </>
      }
    >
      <form
        id="edit-many"
        className="grid gap-x-5 gap-y-4 py-2 md:grid-cols-2"
        onSubmit={event => {
          event.preventDefault()
          if (!wrong && !empty) save()
        }}
      >
        {edit.error && (
          <Text role="alert" className="text-loss md:col-span-2">
            {messageOf(edit.error)}
          </Text>
        )}
        {lists.flatMap(([name, label]) =>
          (['add', 'remove'] as const).map(what => (
            <WordsField
              key={`${what} ${name}`}
              label={what === 'add' ? `Add ${label}` : `Take away ${label}`}
              placeholder=""
              words={words[`${what} ${name}`] ?? []}
              onChange={next => setWords(now => ({ ...now, [`${what} ${name}`]: next }))}
            />
          )),
        )}
        {fields.map(field => {
          const one = read.find(other => other.field === field)
          return (
            <TextField
              key={field.name}
              label={field.label}
              type={field.form === 'date' ? 'date' : 'text'}
              inputMode={field.form === 'number' ? 'decimal' : undefined}
              value={typed[field.name] ?? ''}
              onChange={next => setTyped(now => ({ ...now, [field.name]: next }))}
              hint={field.hint}
              error={one && 'problem' in one ? one.problem : undefined}
            />
          )
        })}
        <div className="md:col-span-2">
          <Switch
            label="Give everything else back to its sources"
            detail="What people wrote in other fields of these items goes; files, NFO files and catalogues have the word again."
            checked={giveBack}
            onChange={setGiveBack}
          />
        </div>
      </form>
    </Dialog>
  )
}
