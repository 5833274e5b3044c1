import type { Actor, EventOf } from '@projectionist/shared/events/event'
import { uuidv5 } from '../ids.js'
import { revert, type AnyDecider, type Hindsight } from './decider.js'
import type { EventCatalog } from './event-catalog.js'
import type { RecordedEvent } from './event-store.js'

/** Who takes back, by which undo. */
export interface Undo {
  readonly id: string
  readonly actor: Actor
  readonly now: Date
}

/** What comes of an event that shall be taken back. `unneeded`: its effect is gone already. */
export type Reverted = { readonly event: RecordedEvent } & (
  { readonly outcome: 'reverted' | 'unneeded' } | { readonly outcome: 'conflict'; readonly why: string; readonly since?: string }
)

export interface TakenBack {
  /** For each chosen event, newest first. */
  readonly outcomes: readonly Reverted[]
  /** What is to be appended to the stream, in order; what an earlier run of the same undo has appended is not in it. */
  readonly events: readonly RecordedEvent[]
}

/** Commands that take an event back have this id: one undo takes an event back once, and everybody can tell what took back what. */
const takingBack = (undoId: string, eventId: string): string => uuidv5(undoId, eventId)

/** The id of the event that this one has taken back; undefined when it is not one that does. */
export function takesBack({ metadata: { commandId, correlationId, causationId } }: RecordedEvent): string | undefined {
  return commandId !== correlationId && takingBack(correlationId, causationId) === commandId ? causationId : undefined
}

/**
 * What takes the chosen events of a stream back, newest first, each given what was taken back before it. Events of the history
 * are of today's version, of one stream, from its start. Pure.
 */
export function takeBack(
  deciders: readonly AnyDecider[],
  catalog: EventCatalog,
  history: readonly RecordedEvent[],
  chosen: (event: RecordedEvent) => boolean,
  undo: Undo,
): TakenBack {
  const outcomes: Reverted[] = []
  const happened = [...history]
  const done = new Set(history.map(({ metadata }) => metadata.commandId))
  const states = new Map<AnyDecider, unknown>()
  let taken = takenBackIn(happened)
  for (const event of history.toReversed()) {
    if (!chosen(event)) continue
    if (done.has(takingBack(undo.id, event.id))) outcomes.push({ event, outcome: 'reverted' })
    else if (taken.has(event.id)) outcomes.push({ event, outcome: 'unneeded' })
    else {
      const answer = answerTo(event)
      if ('conflict' in answer)
        outcomes.push({
          event,
          outcome: 'conflict',
          why: answer.conflict,
          ...(answer.since !== undefined && { since: answer.since }),
        })
      else if ('never' in answer) outcomes.push({ event, outcome: 'conflict', why: answer.never })
      else {
        outcomes.push({ event, outcome: answer.length > 0 ? 'reverted' : 'unneeded' })
        append(recorded(answer, event, happened.at(-1)!))
      }
    }
  }
  return { outcomes, events: happened.slice(history.length) }

  function answerTo(event: RecordedEvent): ReturnType<typeof revert> {
    const decider = deciders.find(
      ({ category, reverts }) => event.streamId.startsWith(`${category}-`) && reverts && Object.hasOwn(reverts, event.type),
    )
    if (!decider) return { never: `Nothing is known that would take back ${event.type}.` }
    if (!states.has(decider)) states.set(decider, fold(decider, happened))
    return revert(decider, event, states.get(decider), hindsight(decider, happened, event))
  }

  function append(events: readonly RecordedEvent[]): void {
    if (events.length === 0) return
    happened.push(...events)
    taken = takenBackIn(happened)
    for (const [decider, state] of states)
      states.set(
        decider,
        events.reduce((folded, each) => decider.evolve(folded, each), state),
      )
  }

  function recorded(events: readonly EventOf[], original: RecordedEvent, last: RecordedEvent): RecordedEvent[] {
    const commandId = takingBack(undo.id, original.id)
    return events.map((event, index) => ({
      id: uuidv5(commandId, String(index)),
      type: event.type,
      data: event.data,
      streamId: last.streamId,
      revision: last.revision + 1 + index,
      position: last.position + 1 + index,
      metadata: {
        version: catalog.check(event).version,
        commandId,
        correlationId: undo.id,
        causationId: original.id,
        actor: undo.actor,
        reason: `take back: ${original.metadata.reason}`.slice(0, 200),
        time: undo.now.toISOString(),
      },
    }))
  }
}

const fold = (decider: AnyDecider, events: readonly RecordedEvent[]): unknown =>
  events.reduce((state: unknown, event) => decider.evolve(state, event), decider.initial)

/** Made when it is asked for: many rules need none. */
function hindsight(decider: AnyDecider, happened: readonly RecordedEvent[], event: RecordedEvent): Hindsight<unknown, EventOf> {
  let standing: readonly RecordedEvent[] | undefined
  const stands = (): readonly RecordedEvent[] => (standing ??= standingIn(happened, event.id))
  return {
    get without() {
      return fold(decider, stands())
    },
    get later() {
      return stands().filter(({ revision }) => revision > event.revision)
    },
  }
}

/**
 * The events of a history that stand: without those that were taken back, and without those that took them back. What was taken
 * back and brought again stands. `without`: as though that event had been taken back too.
 */
export function standingIn(history: readonly RecordedEvent[], without?: string): readonly RecordedEvent[] {
  const taken = takenBackIn(history, without)
  return history.filter(event => !taken.has(event.id) && takesBack(event) === undefined)
}

function takenBackIn(history: readonly RecordedEvent[], without?: string): ReadonlySet<string> {
  const taken = new Set(without === undefined ? [] : [without])
  for (const event of history.toReversed()) {
    const target = taken.has(event.id) ? undefined : takesBack(event)
    if (target !== undefined) taken.add(target)
  }
  return taken
}
