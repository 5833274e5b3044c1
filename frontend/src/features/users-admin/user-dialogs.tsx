import type { User } from '@projectionist/shared/api/accounts'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { notify } from '../../ui/toast.js'
import { useChangeUser } from './users-queries.js'

export function NameDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [name, setName] = useState(user.name)
  const change = useChangeUser(user.id)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename ${user.name}`}
      actions={
        <Button look="loud" type="submit" form="rename-person" busy={change.isPending} disabled={!name.trim()}>
          Rename
        </Button>
      }
    >
      <form
        id="rename-person"
        className="py-2"
        onSubmit={event => {
          event.preventDefault()
          change.mutate({ name: name.trim() }, { onSuccess: onClose })
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={64}
          autoFocus
          error={change.error ? messageOf(change.error) : undefined}
        />
      </form>
    </Dialog>
  )
}

export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [password, setPassword] = useState('')
  const change = useChangeUser(user.id)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`A new password for ${user.name}`}
      description="Their devices have to sign in again."
      actions={
        <Button look="loud" type="submit" form="reset-password" busy={change.isPending}>
          Set the password
        </Button>
      }
    >
      <form
        id="reset-password"
        className="py-2"
        onSubmit={event => {
          event.preventDefault()
          change.mutate(
            { password },
            {
              onSuccess() {
                notify({ text: `${user.name} has a new password` })
                onClose()
              },
            },
          )
        }}
      >
        <TextField
          label="New password"
          type="password"
          value={password}
          onChange={setPassword}
          required
          minLength={8}
          maxLength={256}
          autoFocus
          autoComplete="new-password"
          hint="At least 8 characters."
          error={change.error ? messageOf(change.error) : undefined}
        />
      </form>
    </Dialog>
  )
}
