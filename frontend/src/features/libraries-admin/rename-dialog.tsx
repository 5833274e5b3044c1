import type { Library } from '@projectionist/shared/api/libraries'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { useChangeLibrary } from './library-mutations.js'

export function RenameDialog({ library, onClose }: { library: Library; onClose: () => void }) {
  const [name, setName] = useState(library.name)
  const change = useChangeLibrary(library.id)
  const save = () => change.mutate({ name: name.trim() }, { onSuccess: onClose })
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename the library"
      actions={
        <Button look="loud" busy={change.isPending} disabled={!name.trim() || name.trim() === library.name} onClick={save}>
          Rename
        </Button>
      }
    >
      <form
        className="py-2"
        onSubmit={event => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={100}
          autoFocus
          error={change.error ? messageOf(change.error) : undefined}
        />
      </form>
    </Dialog>
  )
}
