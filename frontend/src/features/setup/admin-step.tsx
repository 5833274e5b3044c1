import { setUp } from '@projectionist/shared/api/accounts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, session } from '../../lib/api.js'
import { thisDevice } from '../../lib/device.js'
import { ApiError, messageOf } from '../../lib/problem.js'
import { Button } from '../../ui/button.js'
import { TextField } from '../../ui/field.js'
import { Threshold } from '../../ui/threshold.js'

/** Creates the first admin. The code shows that one may: only who can see the server's output has it. */
export function AdminStep({ code: given }: { code: string }) {
  const [code, setCode] = useState(given)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const create = useMutation({
    mutationFn: () => call(setUp, { body: { code: code.trim(), name, password, device: thisDevice() } }),
    onSuccess: session.accept,
  })
  const codeIsWrong = create.error instanceof ApiError && create.error.code === 'wrong-setup-code'
  const short = password.length > 0 && password.length < 8
  return (
    <Threshold step={{ at: 1, of: 3 }} title="Who runs this server?" words="You will be its admin. Others can be added later.">
      <title>Set up · Projectionist</title>
      <form
        className="flex flex-col gap-5"
        onSubmit={event => {
          event.preventDefault()
          create.mutate()
        }}
      >
        {(!given || codeIsWrong) && (
          <TextField
            label="Set-up code"
            value={code}
            onChange={setCode}
            required
            autoFocus
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            hint="The server printed it when it started."
            error={codeIsWrong ? messageOf(create.error) : undefined}
          />
        )}
        <TextField
          label="Your name"
          value={name}
          onChange={setName}
          required
          maxLength={64}
          autoFocus={!!given}
          autoComplete="username"
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
          hint={short ? `${8 - password.length} more to go` : 'At least 8 characters.'}
          error={create.error && !codeIsWrong ? messageOf(create.error) : undefined}
        />
        <Button look="loud" size="l" type="submit" busy={create.isPending}>
          Continue
        </Button>
      </form>
    </Threshold>
  )
}
