import { RebuildRequested, ResumeRequested, type ProjectionEvent } from '@projectionist/shared/events/projection'
import type { CommandRunner } from '../../platform/eventing/command-runner.js'
import { Command, DomainError, type Attribution, type Decider } from '../../platform/eventing/decider.js'
import type { Position } from '../../platform/eventing/event-store.js'
import { request } from '../../platform/eventing/projector/projection-status.js'
import { uuidv5 } from '../../platform/ids.js'
import type { Sql } from '../../platform/sql/sql.js'

/** What can be asked of a read model. */
export type Wish = 'rebuild' | 'resume'

export class AskOfReadModel extends Command<'AskOfReadModel', { readonly projection: string; readonly wish: Wish }> {
  readonly type = 'AskOfReadModel'
}

/** What was asked of a read model. How it goes on is passing, and not recorded. */
export const readModelWishes: Decider<null, AskOfReadModel, ProjectionEvent> = {
  category: 'projection',
  streamId: ({ data }) => `projection-${data.projection}`,
  initial: null,
  decide: ({ data: { projection, wish } }) => [(wish === 'rebuild' ? RebuildRequested : ResumeRequested)({ projection })],
  evolve: state => state,
  reverts: {
    RebuildRequested: { never: 'A rebuild fills tables with what they should say already. There is nothing to go back to.' },
    ResumeRequested: { never: 'A read model that goes on says what it should have said all the while.' },
  },
}

/** Records who asks this of these read models, then asks it. Gives where that was written. */
export async function askOfReadModels(
  { sql, runner }: { readonly sql: Sql; readonly runner: CommandRunner },
  wish: Wish,
  names: readonly string[],
  by: Attribution,
): Promise<Position> {
  const commands = names.map(
    projection => new AskOfReadModel({ projection, wish }, { ...by, commandId: uuidv5(by.commandId, projection) }),
  )
  const outcomes = await runner.runMany(readModelWishes, commands)
  const positions = outcomes.map(outcome => {
    if (outcome instanceof DomainError) throw outcome
    return outcome.position
  })
  const who = by.actor.kind === 'user' ? `user ${by.actor.userId}` : `the ${by.actor.name}`
  for (const name of names) await request(sql, name, wish, who)
  return Math.max(...positions)
}
