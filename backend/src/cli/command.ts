/** What an operator can have done. */
export interface OperatorCommand {
  readonly usage: string
  readonly does: string
  /** Does it and gives the exit code. `args` are the words after the command's own. Throws `UsageError` when they make no sense. */
  run(args: readonly string[]): Promise<number>
}

/** Commands by the words that call them: one, or a group's name and one, as in `events copy`. */
export type Commands = Readonly<Record<string, OperatorCommand>>

/** The words after a command make no sense; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Prints a line for the operator. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)
