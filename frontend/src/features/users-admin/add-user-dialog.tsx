import type { LibraryAccess } from '@projectionist/shared/events/user'
import { useState } from 'react'
import { ApiError, messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { Switch } from '../../ui/switch.js'
import { notify } from '../../ui/toast.js'
import { LibraryChoice } from './library-choice.js'
import { useAddUser } from './users-queries.js'

export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [admin, setAdmin] = useState(false)
  const [libraries, setLibraries] = useState<LibraryAccess>('all')
  const add = useAddUser()
  const taken = add.error instanceof ApiError && add.error.code === 'name-taken'
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a person"
      actions={
        <Button look="loud" type="submit" form="add-person" busy={add.isPending}>
          Add {name.trim() || 'them'}
        </Button>
      }
    >
      <form
        id="add-person"
        className="flex flex-col gap-5 py-2"
        onSubmit={event => {
          event.preventDefault()
          add.mutate(
            { name: name.trim(), password, role: admin ? 'admin' : 'member', libraries: admin ? 'all' : libraries },
            {
              onSuccess() {
                notify({ text: `${name.trim()} may sign in now` })
                onClose()
              },
            },
          )
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          required
          maxLength={64}
          autoFocus
          autoComplete="off"
          error={taken ? messageOf(add.error) : undefined}
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onChange={setPassword}
          required
          minLength={8}
          maxLength={256}
          autoComplete="new-password"
          hint="At least 8 characters. They can change it."
          error={add.error && !taken ? messageOf(add.error) : undefined}
        />
        <Switch
          label="Admin"
          detail="May manage libraries and people, and see everybody’s history"
          checked={admin}
          onChange={setAdmin}
        />
        {!admin && <LibraryChoice value={libraries} onChange={setLibraries} />}
      </form>
    </Dialog>
  )
}
