import type { CommandRunner } from '../../platform/eventing/command-runner.js'
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
  const actor = { kind: 'process', name: 'operator' } as const
  await runner.run(
    user,
    new NotePasswordChange(
      { userId: id },
      { commandId, actor, reason: 'reset on the server', correlationId: commandId, causationId: commandId },
    ),
  )
}
