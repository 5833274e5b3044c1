import type { Provider } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { EventOf } from '@projectionist/shared/events/event'
import { CommandRunner, type Outcome } from './command-runner.js'
import type { Command, Decider } from './decider.js'

/** Registers a decider as the handler of a command on Nest's `CommandBus`. */
export function handles<S, C extends Command, E extends EventOf>(
  command: new (...args: never[]) => NoInfer<C>,
  decider: Decider<S, C, E>,
): Provider {
  @CommandHandler(command as unknown as new () => Command)
  class Handles implements ICommandHandler<Command> {
    constructor(private readonly runner: CommandRunner) {}
    execute(given: Command): Promise<Outcome> {
      return this.runner.run(decider, given as C)
    }
  }
  // CommandBus finds its handlers among providers by class; a name helps whoever debugs.
  Object.defineProperty(Handles, 'name', { value: `Handles${command.name}` })
  return Handles
}
