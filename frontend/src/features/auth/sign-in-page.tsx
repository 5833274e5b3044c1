import { logIn } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { call, session } from '../../lib/api.js'
import { thisDevice } from '../../lib/device.js'
import { messageOf } from '../../lib/problem.js'
import { useSession } from '../../lib/queries.js'
import { Button } from '../../ui/button.js'
import { TextField } from '../../ui/field.js'
import { Threshold } from '../../ui/threshold.js'

/** Signs in and goes to where one wanted to go. */
export default function SignInPage() {
  const [search] = useSearchParams()
  const state = useSession()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => call(logIn, { body: { name, password, device: thisDevice() } }),
    onSuccess: session.accept,
    onError: () => setPassword(''),
  })
  if (state.status === 'signed-in') return <Navigate to={ownPath(search.get('to'))} replace />
  return (
    <Threshold title="Welcome back" words="Sign in to go on where you left off.">
      <title>Sign in · Projectionist</title>
      <form
        className="flex flex-col gap-5"
        onSubmit={event => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          required
          error={signIn.error ? messageOf(signIn.error) : undefined}
        />
        <Button look="loud" size="l" type="submit" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </Threshold>
  )
}

/** Only paths of this app: an address given from outside must not lead elsewhere. */
const ownPath = (to: string | null) => (to && /^\/(?![/\\])/.test(to) ? to : '/')
