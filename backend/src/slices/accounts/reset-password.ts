import type { CommandRunner } from '../../platform/eventing/command-runner.js'
import { byProcess } from '../../platform/eventing/decider.js'
import type { Credentials } from './accounts.js'
import type { Tokens } from './tokens.js'
import { NotePasswordChange, user } from './user.js'

/** Gives a person a new password by the operator's hand: recorded as such, and every session of theirs ends. */
export async function resetPassword(
  { credentials, tokens, runner }: { readonly credentials: Credentials; readonly tokens: Tokens; readonly runner: CommandRunner },
  { id, name }: { readonly id: string; readonly name: string },
  password: string,
  commandId: string,
): Promise<void> {
  await credentials.set(id, name, password)
  await tokens.end(id, {})
  await runner.run(
    user,
    new NotePasswordChange(
      { userId: id },
      byProcess('operator', 'reset on the server', commandId),
    ),
  )
}
