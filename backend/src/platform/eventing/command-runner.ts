import { setTimeout as delay } from 'node:timers/promises'
import type { EventMetadata, EventOf } from '@projectionist/shared/events/event'
import { uuidv5 } from '../ids.js'
import { DomainError, type Command, type Decider } from './decider.js'
import { StoreUnavailable, type Append, type AppendResult, type EventStore, type NewEvent, type Position, type RecordedEvent } from './event-store.js'
import type { EventCatalog } from './event-catalog.js'

/** What came of a command. `position`: where its last event stands, or the stream's last event when nothing was to be done. */
export interface Outcome {
  readonly streamId: string
  readonly position: Position
  readonly events: readonly EventOf[]
}
// Deciders differ in state, command and event; the runner treats them alike and never mixes the parts of two.
interface LooseDecider {
  streamId(command: Command): string
  readonly initial: unknown
  starts?(command: Command): boolean
  decide(command: Command, state: unknown, context: { readonly now: Date }): readonly EventOf[]
  evolve(state: unknown, event: EventOf): unknown
}

const MOST_TRIES = 12

/**
 * Runs commands against deciders: reads the stream, drops what was already done (same command id), folds, decides, and
 * appends at the revision it read; starts over on a conflict. Throws what the decider throws; `DomainError('conflict')`
 * after too many conflicts; `StoreUnavailable` when the store stays away.
 */
export class CommandRunner {
  constructor(
    private readonly store: EventStore,
    private readonly catalog: EventCatalog,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async run<S, C extends Command, E extends EventOf>(decider: Decider<S, C, E>, command: NoInfer<C>): Promise<Outcome> {
    const loose = decider as unknown as LooseDecider
    const streamId = loose.streamId(command)
    let known: readonly RecordedEvent[] | undefined = loose.starts?.(command) ? [] : undefined
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const step = this.#decide(loose, command, streamId, known ?? (await this.store.read(streamId)))
      if ('position' in step) return step
      const result = await this.#appended(() => this.store.append(step.append))
      if (result.outcome === 'appended') return { streamId, position: result.position, events: step.events }
      if (result.outcome === 'deleted') throw new DomainError('not-found')
      known = undefined
      if (tries > 0) await delay(Math.random() * 5 * tries)
    }
    throw new DomainError('conflict')
  }

  /**
   * Runs many commands in a few round trips. Commands of one stream run in the order given. A result for each: what came
   * of it, or the `DomainError` it met; other errors are thrown.
   */
  async runMany<S, C extends Command, E extends EventOf>(
    decider: Decider<S, C, E>,
    commands: readonly NoInfer<C>[],
  ): Promise<readonly (Outcome | DomainError)[]> {
    const loose = decider as unknown as LooseDecider
    const results = new Array<Outcome | DomainError>(commands.length)
    let round = commands.map((command, index) => ({ command, index, streamId: loose.streamId(command), starts: loose.starts?.(command) ?? false }))
    for (let tries = 0; round.length > 0; tries++) {
      if (tries > MOST_TRIES + commands.length) throw new DomainError('conflict')
      const streams = new Set<string>()
      const turn: typeof round = []
      const later: typeof round = []
      for (const entry of round) {
        ;(streams.has(entry.streamId) ? later : turn).push(entry)
        streams.add(entry.streamId)
      }
      const unread = turn.filter(entry => !entry.starts)
      const read = await this.store.readMany(unread.map(entry => entry.streamId))
      const histories = new Map(unread.map((entry, index) => [entry.streamId, read[index]!]))
      const appends: { entry: (typeof turn)[number]; append: Append; events: readonly EventOf[] }[] = []
      for (const entry of turn) {
        try {
          const step = this.#decide(loose, entry.command, entry.streamId, histories.get(entry.streamId) ?? [])
          if ('position' in step) results[entry.index] = step
          else appends.push({ entry, ...step })
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
          results[entry.index] = error
        }
      }
      const outcomes = appends.length === 0 ? [] : await this.#appended(() => this.store.appendMany(appends.map(({ append }) => append)))
      const again: typeof round = []
      outcomes.forEach((outcome, index) => {
        const { entry, events } = appends[index]!
        if (outcome.outcome === 'appended') results[entry.index] = { streamId: entry.streamId, position: outcome.position, events }
        else if (outcome.outcome === 'deleted') results[entry.index] = new DomainError('not-found')
        else again.push({ ...entry, starts: false })
      })
      // Later commands of a stream meet a stream that exists by now.
      round = [...again, ...later.map(entry => ({ ...entry, starts: false }))]
    }
    return results
  }

  #decide(
    decider: LooseDecider,
    command: Command,
    streamId: string,
    history: readonly RecordedEvent[],
  ): Outcome | { append: Append; events: readonly EventOf[] } {
    const last = history.at(-1)
    const done = history.filter(event => event.metadata.commandId === command.by.commandId)
    if (done.length > 0) {
      const events = done.map(event => this.catalog.current(event)).map(({ type, data }) => ({ type, data }))
      return { streamId, position: done.at(-1)!.position, events }
    }
    const state = history.reduce((folded, event) => decider.evolve(folded, this.catalog.current(event)), decider.initial)
    const now = this.now()
    const events = decider.decide(command, state, { now })
    if (events.length === 0) return { streamId, position: last?.position ?? 0, events }
    const recorded = events.map((event, index) => this.#newEvent(event, index, command, now))
    return { append: { streamId, expected: last?.revision ?? 'no-stream', events: recorded }, events }
  }

  #newEvent(event: EventOf, index: number, { by }: Command, now: Date): NewEvent {
    const { version } = this.catalog.check(event)
    const metadata: EventMetadata = {
      version,
      commandId: by.commandId,
      correlationId: by.correlationId,
      causationId: by.causationId,
      actor: by.actor,
      reason: by.reason,
      time: now.toISOString(),
    }
    return { id: uuidv5(by.commandId, String(index)), type: event.type, data: event.data, metadata }
  }

  /** A lost answer leaves it open whether the events stand; asking again with the same ids is safe and tells. */
  async #appended<T extends AppendResult | readonly AppendResult[]>(append: () => Promise<T>): Promise<T> {
    for (let wait = 100; ; wait *= 2) {
      try {
        return await append()
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || wait > 3200) throw error
        await delay(wait)
      }
    }
  }
}
