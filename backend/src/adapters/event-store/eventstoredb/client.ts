import { EventStoreMisconfigured } from './failures.js'

/** What both clients give of an event. `data` and `metadata` are parsed where they were JSON. */
export interface ResolvedEvent {
  readonly event?: {
    readonly id: string
    readonly streamId: string
    readonly revision: bigint
    readonly type: string
    readonly data: unknown
    readonly metadata?: unknown
    readonly isJson: boolean
    readonly position?: { readonly commit: bigint; readonly prepare: bigint }
  }
  readonly commitPosition?: bigint
}

export type LogPosition = 'start' | 'end' | { readonly commit: bigint; readonly prepare: bigint }
export type Direction = 'forwards' | 'backwards'

/** Matched by the server. `checkpointInterval` is the client's default, which both insist on when a filter is made by hand. */
export interface Filter {
  readonly filterOn: 'eventType'
  readonly regex?: string
  readonly prefixes?: readonly string[]
  readonly checkpointInterval: number
  readonly checkpointReached?: () => void
}

/** A subscription: a stream in object mode that errors when its server is lost, and does not end by itself. */
export interface Subscription {
  on(event: 'data', listener: (event: ResolvedEvent) => void): this
  on(event: 'error', listener: (error: Error) => void): this
  on(event: 'confirmation' | 'caughtUp' | 'end' | 'close', listener: () => void): this
  readonly readableLength: number
  unsubscribe(): Promise<void>
  destroy(): void
}

/**
 * The part that is used of `@eventstore/db-client` and of `@kurrent/kurrentdb-client`, which are alike but for names of options.
 * A misspelt option is silently no option: where they differ, both names are given.
 */
export interface Client {
  appendToStream(
    streamName: string,
    events: readonly { contentType: 'application/json'; id: string; type: string; data: unknown; metadata: unknown }[],
    options: { expectedRevision: Expected; streamState: Expected; requiresLeader: boolean },
  ): Promise<{ readonly nextExpectedRevision: bigint; readonly position?: { readonly commit: bigint } }>
  tombstoneStream(streamName: string, options: { requiresLeader: boolean }): Promise<unknown>
  readStream(
    streamName: string,
    options: { direction: Direction; fromRevision: 'start' | 'end' | bigint; maxCount: number; requiresLeader: boolean },
  ): AsyncIterable<ResolvedEvent>
  readAll(options: {
    direction: Direction
    fromPosition: LogPosition
    maxCount: number
    filter?: Filter
  }): AsyncIterable<ResolvedEvent>
  subscribeToAll(options: { fromPosition: LogPosition; filter: Filter }): Subscription
  dispose(): Promise<void>
}

export type Expected = 'any' | 'no_stream' | bigint

/** A client of a kind of server, ready to be made. */
export interface Driver {
  /** Whether the server filters `readAll`; otherwise a filter is ignored without a word. */
  readonly filtersReads: boolean
  /** Makes a client; connects when it is first used. */
  connect(): Client
}

const schemes = /^(esdb|kurrentdb)(\+discover)?:\/\/./
let loaded: string | undefined

/** Whether an address is one of EventStoreDB or KurrentDB. */
export const isEventStoreDb = (url: string): boolean => schemes.test(url)

/**
 * Loads the client of the address's scheme. Both speak to the same servers, yet cannot live in one process: they share the
 * names of their messages, and the first append of the second one crashes. Throws `EventStoreMisconfigured` when the other was
 * loaded before, or when the address makes no sense to the client.
 */
export async function loadDriver(url: string): Promise<Driver> {
  const scheme = schemes.exec(url)?.[1]
  if (!scheme)
    throw new EventStoreMisconfigured(
      'An address of EventStoreDB starts with esdb:// or esdb+discover://, one of KurrentDB with kurrentdb:// or kurrentdb+discover://',
    )
  if (loaded && loaded !== scheme)
    throw new EventStoreMisconfigured(
      `One process cannot speak to an ${loaded}:// and a ${scheme}:// address. The servers are the same: use one scheme for both`,
    )
  loaded = scheme
  const address = withDefaults(url)
  const { connectionString } = scheme === 'esdb' ? await eventStoreDb() : await kurrentDb()
  const connect = (): Client => {
    try {
      return connectionString(address)
    } catch (error) {
      // The client's own message quotes the address, perhaps with the password in it.
      const reason =
        error instanceof Error && /certificate/i.test(error.message)
          ? error.message
          : 'it is not of the form scheme://user:password@host:2113?tls=true'
      throw new EventStoreMisconfigured(
        `The client cannot take the address: ${reason}. Signs such as : / @ ? # in a password are written %3A %2F %40 %3F %23`,
      )
    }
  }
  return { filtersReads: scheme === 'kurrentdb', connect }
}

interface ClientModule {
  connectionString(address: string): Client
}

async function eventStoreDb(): Promise<ClientModule> {
  const { EventStoreDBClient } = await import('@eventstore/db-client')
  return { connectionString: address => EventStoreDBClient.connectionString(address) as unknown as Client }
}

async function kurrentDb(): Promise<ClientModule> {
  const { KurrentDBClient } = await import('@kurrent/kurrentdb-client')
  return { connectionString: address => KurrentDBClient.connectionString(address) as unknown as Client }
}

/**
 * In a cluster everything goes to the leader, so that whoever has written reads it back. Failed appends have to throw: the
 * answer they give otherwise names a wrong revision.
 */
function withDefaults(url: string): string {
  const [address = '', query = ''] = url.split('?', 2)
  const options = query.split('&').filter(option => option !== '' && !/^throwOnAppendFailure=/i.test(option))
  if (!options.some(option => /^node_?preference=/i.test(option))) options.push('nodePreference=leader')
  return `${address.replace(/\/+$/, '')}?${options.join('&')}`
}
