import { randomUUID } from 'node:crypto'
import type {
  Append,
  AppendResult,
  Batch,
  EventStore,
  Position,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  RevisionRange,
  SubscribeOptions,
} from '../../../platform/eventing/event-store.js'
import { Bell } from '../../../platform/eventing/wakeup.js'

/** A log in memory, for tests. */
export class MemoryEventStore implements EventStore {
  #log: RecordedEvent[] = []
  #position = 0
  readonly #identity = randomUUID()
  readonly #streams = new Map<string, RecordedEvent[]>()
  readonly #deleted = new Set<string>()
  readonly #appended = new Bell()

  append(append: Append): Promise<AppendResult> {
    return Promise.resolve(this.#append(append))
  }

  appendMany(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    return Promise.resolve(appends.map(append => this.#append(append)))
  }

  read(streamId: string, { from, direction = 'forward', limit = Infinity }: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const stream = this.#streams.get(streamId) ?? []
    const ordered =
      direction === 'forward' ? stream.slice(from ?? 0) : stream.slice(0, (from ?? stream.length) + 1).reverse()
    return Promise.resolve(ordered.slice(0, limit))
  }

  readMany(streamIds: readonly string[]): Promise<readonly (readonly RecordedEvent[])[]> {
    return Promise.all(streamIds.map(id => this.read(id)))
  }

  readRanges(ranges: readonly RevisionRange[]): Promise<readonly (readonly RecordedEvent[])[]> {
    return Promise.resolve(ranges.map(({ streamId, from, to }) => (this.#streams.get(streamId) ?? []).slice(from, to + 1)))
  }

  async *readAll({ from, to = Infinity, direction = 'forward', types, pageSize = 2000, signal }: ReadAllOptions = {}): AsyncGenerator<Batch> {
    const backward = direction === 'backward'
    let position = from ?? (backward ? Infinity : 0)
    for (let caughtUp = false; !caughtUp && !signal?.aborted; ) {
      const batch = this.#page(position, pageSize, types, backward, to)
      ;({ position, caughtUp } = batch)
      yield batch
    }
  }

  async *subscribe({ after, types, pageSize = 2000, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    let position = after
    while (!signal.aborted) {
      const rung = this.#appended.count
      const batch = this.#page(position, pageSize, types, false, Infinity)
      position = batch.position
      yield batch
      if (batch.caughtUp) await this.#appended.wait(rung, 2 ** 30, signal)
    }
  }

  head(): Promise<Position> {
    return Promise.resolve(this.#log.at(-1)?.position ?? 0)
  }

  identity(): Promise<string> {
    return Promise.resolve(this.#identity)
  }

  delete(streamId: string): Promise<void> {
    this.#deleted.add(streamId)
    this.#streams.delete(streamId)
    this.#log = this.#log.filter(event => event.streamId !== streamId)
    return Promise.resolve()
  }

  deletedStreams(): Promise<readonly string[]> {
    return Promise.resolve([...this.#deleted])
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #append({ streamId, expected, events }: Append): AppendResult {
    if (events.length === 0) throw new RangeError('An append needs at least one event')
    if (this.#deleted.has(streamId)) return { outcome: 'deleted' }
    const stream = this.#streams.get(streamId) ?? []
    const first = expected === 'no-stream' ? 0 : expected + 1
    if (stream.length !== first) {
      const there = stream.slice(first, first + events.length)
      const repeated = there.length === events.length && there.every((event, index) => event.id === events[index]!.id)
      if (repeated) return { outcome: 'appended', revision: there.at(-1)!.revision, position: there.at(-1)!.position }
      return { outcome: 'conflict', actual: stream.length - 1 }
    }
    const recorded = structuredClone(events).map((event, index) => ({
      ...event,
      streamId,
      revision: first + index,
      position: ++this.#position,
    }))
    this.#streams.set(streamId, [...stream, ...recorded])
    this.#log.push(...recorded)
    this.#appended.ring()
    return { outcome: 'appended', revision: first + events.length - 1, position: this.#position }
  }

  #page(from: Position, size: number, types: readonly string[] | undefined, backward: boolean, to: Position): Batch {
    const beyond = backward
      ? this.#log.filter(event => event.position < from).reverse()
      : this.#log.filter(event => event.position > from && event.position <= to)
    const seen = beyond.slice(0, size)
    return {
      events: types ? seen.filter(event => types.includes(event.type)) : seen,
      position: seen.at(-1)?.position ?? (Number.isFinite(from) ? from : 0),
      caughtUp: beyond.length < size,
    }
  }
}
