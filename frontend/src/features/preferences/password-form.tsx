import { changePassword } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.js'
import { ApiError, messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { TextField } from '../../ui/field.js'
import { Panel } from '../../ui/page.js'
import { notify } from '../../ui/toast.js'

/** Changes one's own password; other devices are signed out. */
export function PasswordForm({ name }: { name: string }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => call(changePassword, { body: { current, next } }),
    onSuccess() {
      setCurrent('')
      setNext('')
      notify({ text: 'Your password is changed. Your other devices have to sign in again.' })
    },
  })
  const wrong = change.error instanceof ApiError && change.error.code === 'sign-in-failed'
  return (
    <Panel>
      <form
        className="grid items-start gap-5 sm:grid-cols-2"
        onSubmit={event => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <input type="text" name="username" value={name} autoComplete="username" readOnly hidden />
        <TextField
          label="Current password"
          type="password"
          value={current}
          onChange={setCurrent}
          required
          autoComplete="current-password"
          error={wrong ? 'That is not your current password.' : undefined}
        />
        <TextField
          label="New password"
          type="password"
          value={next}
          onChange={setNext}
          required
          minLength={8}
          maxLength={256}
          autoComplete="new-password"
          hint="At least 8 characters."
          error={change.error && !wrong ? messageOf(change.error) : undefined}
        />
        <div className="sm:col-span-2">
          <Button type="submit" busy={change.isPending}>
            Change the password
          </Button>
        </div>
      </form>
    </Panel>
  )
}
