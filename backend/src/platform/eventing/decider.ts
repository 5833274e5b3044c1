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

/** A part of the program, or the operator, gives a command that follows from nothing else. */
export const byProcess = (name: string, reason: string, commandId: string): Attribution => ({
  commandId,
  actor: { kind: 'process', name },
  reason,
  correlationId: commandId,
  causationId: commandId,
})

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
  /** Id of the later event that stands in the way: so that people learn who it was, and when. */
  readonly since?: string
}

/** Why no event of a kind can ever be taken back, in words for the person who asked. */
export interface Irrevertible {
  readonly never: string
}

/** What taking an event back may lean on, beside the state now. Events that were taken back already are not in it. */
export interface Hindsight<State, E extends EventOf> {
  /** The state as it would be now, had the event never happened. */
  readonly without: State
  /** What has happened after it, oldest first. */
  readonly later: readonly (E & { readonly id: string })[]
}

/**
 * For kinds of events: the events that undo one, given the state now, or why not now; or why never. None: its effect is gone
 * already. Every kind of event has an entry in one decider of its streams.
 */
export type Reverts<State, E extends EventOf> = {
  readonly [Type in E['type']]?:
    | ((event: Extract<E, { type: Type }>, state: State, hindsight: Hindsight<State, E>) => readonly E[] | Conflict)
    | Irrevertible
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

/** What would take an event back, given the stream's state now: events to append, or why there are none. Without hindsight: nothing else has happened. */
export function revert<State, E extends EventOf>(
  { reverts, initial }: Pick<Decider<State, never, E>, 'reverts' | 'initial'>,
  event: E,
  state: State,
  hindsight: Hindsight<State, E> = { without: initial, later: [] },
): readonly E[] | Conflict | Irrevertible {
  const way = reverts?.[event.type as E['type']]
  if (way === undefined) return { never: `Nothing is known that would take back ${event.type}.` }
  return typeof way === 'function' ? way(event as Extract<E, { type: E['type'] }>, state, hindsight) : way
}

/** A decider of any kind of stream, for whoever treats them alike and never mixes the parts of two. */
export type AnyDecider = Decider<unknown, Command, EventOf>

export const anyDecider = <S, C extends Command, E extends EventOf>(decider: Decider<S, C, E>): AnyDecider => decider as unknown as AnyDecider
