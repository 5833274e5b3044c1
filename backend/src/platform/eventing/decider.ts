import type { EventOf } from '@projectionist/shared/events/event'
import type { Actor } from '@projectionist/shared/events/event'
import type { ErrorCode } from '@projectionist/shared/api/errors'

/** Who gives a command, why, and what it follows from. */
export interface Attribution {
  /** UUID. The same command given twice has the same id and is done once. */
  readonly commandId: string
  readonly actor: Actor
  readonly reason: string
  /** Ties together all that one cause brought about; the command's own id when it is the first. */
  readonly correlationId: string
  /** The command, event or job that led to this one; the command's own id when it is the first. */
  readonly causationId: string
}

/** A command on the bus. Subclasses name a `type` and their `data`. */
export abstract class Command<Type extends string = string, Data = unknown> {
  abstract readonly type: Type
  constructor(
    readonly data: Data,
    readonly by: Attribution,
  ) {}
}

/** A rule said no. The code is one that the endpoint's contract declares. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  constructor(
    readonly code: ErrorCode,
    detail?: string,
  ) {
    super(detail ?? code)
    this.detail = detail
  }
  readonly detail: string | undefined
}

/** Why an event cannot be taken back, in words for the person who asked. */
export interface Conflict {
  readonly conflict: string
}

/** Why no event of a kind can ever be taken back, in words for the person who asked. */
export interface Irrevertible {
  readonly never: string
}

/** For every kind of event: the events that undo one, given the state now, or why not now; or why never. */
export type Reverts<State, E extends EventOf> = {
  readonly [Type in E['type']]: ((event: Extract<E, { type: Type }>, state: State) => readonly E[] | Conflict) | Irrevertible
}

/**
 * The rules of one kind of stream, pure. `evolve` folds only events it knows and returns the state unchanged for others.
 * `decide` returns the events a command causes, none when there is nothing to do, or throws `DomainError`.
 */
export interface Decider<State, C extends Command, E extends EventOf> {
  readonly category: string
  /** Stream of the command, `category-id`. */
  streamId(command: C): string
  readonly initial: State
  /** The command most likely starts a stream: append without reading it first. */
  starts?(command: C): boolean
  decide(command: C, state: State, context: { readonly now: Date }): readonly E[]
  evolve(state: State, event: E): State
  /** What undo appends. */
  readonly reverts?: Reverts<State, E>
}

/** What would take an event back, given the stream's state now: events to append, or why there are none. */
export function revert<State, E extends EventOf>(
  { reverts }: { readonly reverts?: Reverts<State, E> },
  event: E,
  state: State,
): readonly E[] | Conflict | Irrevertible {
  const way = reverts?.[event.type as E['type']]
  if (way === undefined) return { never: `Nothing is known that would take back ${event.type}.` }
  return typeof way === 'function' ? way(event as Extract<E, { type: E['type'] }>, state) : way
}
