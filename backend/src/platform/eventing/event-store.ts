import type { EventMetadata } from '@projectionist/shared/events/event'

/** An event about to be appended. `id` is a UUID, derived from the command, so that a retry has the same. */
export interface NewEvent {
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly metadata: EventMetadata
}

/**
 * Place of an event in the whole log. Grows, may have gaps; 0 is before the first event. Its meaning is the store's own: it is compared,
 * never counted with, for some stores read only from where an event stands.
 */
export type Position = number

export interface RecordedEvent<Data = unknown> {
  readonly id: string
  readonly type: string
  readonly data: Data
  readonly metadata: EventMetadata
  readonly streamId: string
  /** Place in its stream, from 0. */
  readonly revision: number
  readonly position: Position
}

/** What the caller believes about the stream: that it has no events, or that this is its last revision. */
export type ExpectedRevision = 'no-stream' | number

export interface Append {
  readonly streamId: string
  readonly expected: ExpectedRevision
  readonly events: readonly NewEvent[]
}

/**
 * `appended`: revision and position of the last event; also when the very same events stand there already, as after a
 * retried append. `conflict`: the stream is elsewhere; `actual` is its last revision, -1 without events. `deleted`: the
 * stream was deleted and takes no events any more.
 */
export type AppendResult =
  | { readonly outcome: 'appended'; readonly revision: number; readonly position: Position }
  | { readonly outcome: 'conflict'; readonly actual: number }
  | { readonly outcome: 'deleted' }

export interface ReadOptions {
  /** First revision to read, inclusive. Default: the start, or the end when backward. */
  readonly from?: number
  readonly direction?: 'forward' | 'backward'
  readonly limit?: number
}

/** A stretch of a stream; both ends belong to it. */
export interface RevisionRange {
  readonly streamId: string
  readonly from: number
  readonly to: number
}

export interface ReadAllOptions {
  /** Exclusive. Forward: events after it (default 0). Backward: events before it (default: the end). */
  readonly from?: Position
  readonly direction?: 'forward' | 'backward'
  /** Last position to read, inclusive; forward only. */
  readonly to?: Position
  /** Only events of these types. */
  readonly types?: readonly string[]
  readonly pageSize?: number
  readonly signal?: AbortSignal
}

export interface SubscribeOptions {
  /** Exclusive: the last position already dealt with. */
  readonly after: Position
  readonly types?: readonly string[]
  readonly pageSize?: number
  readonly signal: AbortSignal
}

/** Some events, in the order of the log. `position`: everything up to here was looked at, though `events` may be empty. */
export interface Batch {
  readonly events: readonly RecordedEvent[]
  readonly position: Position
  /** Nothing more was there when this was read. */
  readonly caughtUp: boolean
}

/** The store cannot be reached, or did not answer in time: the outcome of a write is unknown; retry with the same ids. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/**
 * An append-only log of streams with one global order: if a reader has seen position p, no event with a smaller position
 * appears later. All methods throw `StoreUnavailable` when the store is out of reach.
 */
export interface EventStore {
  /** Appends to one stream, all events or none. */
  append(append: Append): Promise<AppendResult>
  /** Appends to many streams in as few round trips as it can; atomic for each stream, a result for each, in order. */
  appendMany(appends: readonly Append[]): Promise<readonly AppendResult[]>
  /** Events of one stream; empty when it has none or was deleted. */
  read(streamId: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>
  /** Events of many streams from their start, in the order asked for. */
  readMany(streamIds: readonly string[]): Promise<readonly (readonly RecordedEvent[])[]>
  /** Events of many streams, of each those from one revision to another, in the order asked for. */
  readRanges(ranges: readonly RevisionRange[]): Promise<readonly (readonly RecordedEvent[])[]>
  /** Pages of the whole log; ends at the end, or at `to`. */
  readAll(options?: ReadAllOptions): AsyncIterable<Batch>
  /** Follows the log until the signal aborts, across reconnections; a slow reader slows it down. */
  subscribe(options: SubscribeOptions): AsyncIterable<Batch>
  /** Position of the last event, 0 when empty. */
  head(): Promise<Position>
  /** UUID given to the log when it was made. Positions mean something in this log only: a copy elsewhere has another. */
  identity(): Promise<string>
  /** Deletes a stream and its events for good. Its name takes no events again. Deleting what is not there is no error. */
  delete(streamId: string): Promise<void>
  /** Names of all streams that were deleted, in no order. */
  deletedStreams(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Nest's token for the store in use. */
export const EVENT_STORE = Symbol('EventStore')
