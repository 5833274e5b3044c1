import { RebuildRequested, type ProjectionEvent } from '@projectionist/shared/events/projection'
import type { CommandRunner } from '../../platform/eventing/command-runner.js'
import { Command, DomainError, type Attribution, type Decider } from '../../platform/eventing/decider.js'
import type { Position } from '../../platform/eventing/event-store.js'
import { request } from '../../platform/eventing/projector/projection-status.js'
import { uuidv5 } from '../../platform/ids.js'
import type { Sql } from '../../platform/sql/sql.js'

export class RequestRebuild extends Command<'RequestRebuild', { readonly projection: string }> {
  readonly type = 'RequestRebuild'
}

/** What was asked of a read model. How a rebuild goes on is passing, and not recorded. */
export const rebuilds: Decider<null, RequestRebuild, ProjectionEvent> = {
  category: 'projection',
  streamId: ({ data }) => `projection-${data.projection}`,
  initial: null,
  decide: ({ data: { projection } }) => [RebuildRequested({ projection })],
  evolve: state => state,
  reverts: {
    RebuildRequested: { never: 'A rebuild fills tables with what they should say already. There is nothing to go back to.' },
  },
}

/** Records who asks for rebuilds of these read models, then asks for them. Gives where that was written. */
export async function askForRebuilds(
  { sql, runner }: { readonly sql: Sql; readonly runner: CommandRunner },
  names: readonly string[],
  by: Attribution,
): Promise<Position> {
  const commands = names.map(
    projection => new RequestRebuild({ projection }, { ...by, commandId: uuidv5(by.commandId, projection) }),
  )
  const outcomes = await runner.runMany(rebuilds, commands)
  const positions = outcomes.map(outcome => {
    if (outcome instanceof DomainError) throw outcome
    return outcome.position
  })
  const who = by.actor.kind === 'user' ? `user ${by.actor.userId}` : `the ${by.actor.name}`
  for (const name of names) await request(sql, name, 'rebuild', who)
  return Math.max(...positions)
}
