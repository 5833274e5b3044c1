import { eraseMe } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, session } from '../../lib/api.js'
import { ApiError, messageOf } from '../../lib/problem.js'
import { useMe } from '../../lib/queries.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { TextField } from '../../ui/field.js'
import { GoesAndStays } from '../../ui/goes-and-stays.js'

const goes = [
  'your name, your password, and your sign-in on every device',
  'what you watched, where you left off, and what you rated',
  'your own history, also from the record behind it',
]
const stays = ['the libraries, and what others watched', 'what you changed in the libraries, as done by someone who left']

/** Asks for the password, says what cannot be undone, and erases the account. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const [password, setPassword] = useState('')
  const erase = useMutation({
    mutationFn: () => call(eraseMe, { body: { password } }),
    onSuccess() {
      session.end()
      // Nothing of theirs stays in this browser either.
      localStorage.clear()
      sessionStorage.clear()
      location.assign('/sign-in')
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title="Erase your account?"
      description="This cannot be undone by anybody. Download your data first if you may want it one day."
      actions={
        <>
          <Button look="bare" onClick={onClose}>
            Keep my account
          </Button>
          <Button look="loss" type="submit" form="erase-account" busy={erase.isPending} disabled={password === ''}>
            Erase everything of mine
          </Button>
        </>
      }
    >
      <GoesAndStays goes={goes} stays={stays} />
      <form
        id="erase-account"
        className="mt-5 mb-2"
        onSubmit={event => {
          event.preventDefault()
          erase.mutate()
        }}
      >
        <input type="text" name="username" value={me.name} autoComplete="username" readOnly hidden />
        <TextField
          label="Your password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          hint="So that nobody else does this on a device you left open."
          error={erase.error ? wordsFor(erase.error) : undefined}
        />
      </form>
    </Dialog>
  )
}

function wordsFor(error: unknown): string {
  const code = error instanceof ApiError ? error.code : undefined
  if (code === 'sign-in-failed') return 'That is not your password.'
  if (code === 'last-admin') return 'You are the only admin. Make somebody else one first, under People.'
  return messageOf(error)
}
