import { setImmediate as turn } from 'node:timers/promises'
import { Readable } from 'node:stream'
import type { Client, Driver, Expected, Filter, LogPosition, ResolvedEvent, Subscription } from './client.js'

type Stored = NonNullable<ResolvedEvent['event']>

const failure = (type: string, fields: object = {}): Error => Object.assign(new Error(type), { type, ...fields })

/**
 * As much of a server as the adapter uses, in memory, with the habits the real one was seen to have: bytes as positions, its own
 * events in between, deleted streams that stay in `$all`. It can fall silent and lose its connections.
 */
export class FakeServer {
  silent = false
  readonly #log: Stored[] = []
  readonly #streams = new Map<string, Stored[]>()
  readonly #closed = new Set<string>()
  readonly #followers = new Set<Readable>()
  #end = 548n

  driver(filtersReads: boolean): Driver {
    return { filtersReads, connect: () => this.#client(filtersReads) }
  }

  /** Every subscription is lost, as when the server is started again. */
  restart(): Promise<void> {
    for (const follower of this.#followers)
      follower.destroy(Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), { code: 14 }))
    return Promise.resolve()
  }

  #store(streamId: string, { id, type, data, metadata }: Pick<Stored, 'id' | 'type' | 'data' | 'metadata'>): Stored {
    const stream = this.#streams.get(streamId) ?? []
    const position = { commit: this.#end, prepare: this.#end }
    const [copied, note] = structuredClone([data, metadata])
    const event = { id, streamId, revision: BigInt(stream.length), type, data: copied, metadata: note, isJson: true, position }
    this.#end += 171n
    this.#streams.set(streamId, [...stream, event])
    this.#log.push(event)
    for (const follower of this.#followers) follower.emit('stored')
    return event
  }

  #append(streamId: string, events: readonly Pick<Stored, 'id' | 'type' | 'data' | 'metadata'>[], expected: Expected) {
    if (this.#closed.has(streamId)) throw failure('stream-deleted')
    const stream = this.#streams.get(streamId) ?? []
    const first = expected === 'any' ? stream.length : expected === 'no_stream' ? 0 : Number(expected) + 1
    const there = stream.slice(first, first + events.length)
    if (there.length === events.length && there.every((event, index) => event.id === events[index]!.id))
      return { nextExpectedRevision: there.at(-1)!.revision, position: there.at(-1)!.position! }
    if (stream.length !== first)
      throw failure('wrong-expected-version', { actualVersion: stream.length === 0 ? 'no_stream' : BigInt(stream.length - 1) })
    const last = events.map(event => this.#store(streamId, event)).at(-1)!
    return { nextExpectedRevision: last.revision, position: last.position! }
  }

  #client(filtersReads: boolean): Client {
    const answer = async <T>(give: () => T): Promise<T> => {
      await turn()
      if (this.silent) return new Promise<T>(() => {})
      return give()
    }
    const reading = async function* (give: () => readonly Stored[]): AsyncGenerator<ResolvedEvent> {
      for (const event of await answer(give)) yield { event, commitPosition: event.position!.commit }
    }
    return {
      appendToStream: (streamId, events, { streamState }) => answer(() => this.#append(streamId, events, streamState)),
      tombstoneStream: streamId =>
        answer(() => {
          if (this.#closed.has(streamId)) throw failure('stream-deleted')
          this.#store(streamId, { id: crypto.randomUUID(), type: '$streamDeleted', data: {}, metadata: undefined })
          this.#closed.add(streamId)
        }),
      readStream: (streamId, { direction, fromRevision, maxCount }) =>
        reading(() => {
          if (this.#closed.has(streamId)) throw failure('stream-deleted')
          const stream = this.#streams.get(streamId)
          if (!stream) throw failure('stream-not-found')
          const from = fromRevision === 'start' ? 0n : fromRevision === 'end' ? BigInt(stream.length) : fromRevision
          const seen =
            direction === 'forwards'
              ? stream.filter(event => event.revision >= from)
              : stream.filter(event => event.revision <= from).reverse()
          return seen.slice(0, maxCount)
        }),
      readAll: ({ direction, fromPosition, maxCount, filter }) =>
        reading(() => {
          const at = place(fromPosition)
          const log = filtersReads && filter ? this.#log.filter(matches(filter)) : this.#log
          const seen =
            direction === 'forwards'
              ? log.filter(event => event.position!.commit >= at)
              : log.filter(event => event.position!.commit < at).reverse()
          return seen.slice(0, maxCount)
        }),
      subscribeToAll: ({ fromPosition, filter }) => this.#follow(fromPosition, filter),
      dispose: () => Promise.resolve(),
    }
  }

  #follow(fromPosition: LogPosition, filter: Filter): Subscription {
    let at = fromPosition === 'end' ? this.#end - 1n : place(fromPosition)
    const send = (): void => {
      for (const event of this.#log.filter(each => each.position!.commit > at && matches(filter)(each)))
        follower.push({ event, commitPosition: event.position!.commit })
      at = this.#end - 1n
    }
    const follower = new Readable({
      objectMode: true,
      highWaterMark: 1_000_000,
      read: () => {},
      destroy: (error, done) => {
        this.#followers.delete(follower)
        done(error)
      },
    })
    follower.on('stored', send)
    setImmediate(() => {
      if (follower.destroyed || this.silent) return
      this.#followers.add(follower)
      follower.emit('confirmation')
      send()
      setImmediate(() => follower.emit('caughtUp'))
    })
    return Object.assign(follower, { unsubscribe: () => Promise.resolve() }) as unknown as Subscription
  }
}

const place = (position: LogPosition): bigint => (position === 'start' ? 0n : position === 'end' ? 2n ** 62n : position.commit)

const matches =
  ({ regex, prefixes }: Filter) =>
  ({ type }: Stored): boolean =>
    regex === undefined ? (prefixes ?? []).some(prefix => type.startsWith(prefix)) : new RegExp(regex).test(type)
