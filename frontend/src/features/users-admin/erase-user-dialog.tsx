import type { User } from '@projectionist/shared/api/accounts'
import { useState } from 'react'
import { messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { GoesAndStays } from '../../ui/goes-and-stays.js'
import { notify } from '../../ui/toast.js'
import { useEraseUser } from './users-queries.js'

const stays = ['the libraries, and what others watched', 'what they changed in the libraries, as done by someone who left']

/** Says what cannot be undone, has the name written, and erases a person. */
export function EraseUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [name, setName] = useState('')
  const erase = useEraseUser(user.id)
  const goes = [
    `${user.name}’s account, and their sign-in on every device`,
    'what they watched, where they left off, and what they rated',
    'their own history, also from the record behind it',
  ]
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Erase ${user.name}?`}
      description="This cannot be undone by anybody. To shut them out for a while, disable the account instead."
      actions={
        <>
          <Button look="bare" onClick={onClose}>
            Keep {user.name}
          </Button>
          <Button look="loss" type="submit" form="erase-person" busy={erase.isPending} disabled={name.trim() !== user.name}>
            Erase everything of theirs
          </Button>
        </>
      }
    >
      <GoesAndStays goes={goes} stays={stays} />
      <form
        id="erase-person"
        className="mt-5 mb-2"
        onSubmit={event => {
          event.preventDefault()
          if (name.trim() !== user.name) return
          erase.mutate(undefined, {
            onSuccess() {
              notify({ text: `${user.name} is erased` })
              onClose()
            },
          })
        }}
      >
        <TextField
          label={`Write “${user.name}” to go on`}
          value={name}
          onChange={setName}
          autoComplete="off"
          error={erase.error ? messageOf(erase.error) : undefined}
        />
      </form>
    </Dialog>
  )
}
