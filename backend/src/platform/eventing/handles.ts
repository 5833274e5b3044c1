import type { Provider } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { EventOf } from '@projectionist/shared/events/event'
import { CommandRunner, type AnyDecider, type Outcome } from './command-runner.js'
import type { Attribution, Command, Decider } from './decider.js'

type CommandClass<C extends Command> = new (data: C['data'], by: Attribution) => C

/** Registers a decider as the handler of a command on Nest's `CommandBus`. */
export function handles<C extends Command, S, All extends Command, E extends EventOf>(command: CommandClass<C & All>, decider: Decider<S, All, E>): Provider {
  @CommandHandler(command)
  class Handles implements ICommandHandler<Command> {
    constructor(private readonly runner: CommandRunner) {}
    execute(given: Command): Promise<Outcome> {
      return this.runner.run(decider as unknown as AnyDecider, given)
    }
  }
  // CommandBus finds its handlers among providers by class; a name helps whoever debugs.
  Object.defineProperty(Handles, 'name', { value: `Handles${command.name}` })
  Reflect.defineMetadata('design:paramtypes', [CommandRunner], Handles)
  return Handles
}
