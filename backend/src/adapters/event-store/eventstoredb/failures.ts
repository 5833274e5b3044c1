import { StoreUnavailable } from '../../../platform/eventing/event-store.js'

/** The address makes no sense, or the server turns its user away: nothing that waiting would mend. */
export class EventStoreMisconfigured extends Error {
  override readonly name = 'EventStoreMisconfigured'
}

interface ClientError {
  readonly type?: unknown
  readonly code?: unknown
  readonly message?: unknown
}

/** Passing troubles, by the clients' own names and by gRPC's codes: one of the two is often missing. */
const PASSING = new Set<unknown>(['timeout', 'deadline-exceeded', 'unavailable', 'cancelled', 'not-leader'])
const GRPC = {
  cancelled: 1,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  aborted: 10,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
}
const PASSING_CODES = new Set<unknown>([GRPC.cancelled, GRPC.deadlineExceeded, GRPC.aborted, GRPC.internal, GRPC.unavailable])
const PASSING_WORDS =
  /transport error|connection|connect error|broken pipe|leader|unavailable|timed? ?out|stream closed|GOAWAY|discover/i

const isOf = (error: unknown, type: string): boolean => (error as ClientError | null)?.type === type

export const isStreamMissing = (error: unknown): boolean => isOf(error, 'stream-not-found')
export const isStreamDeleted = (error: unknown): boolean => isOf(error, 'stream-deleted')

/** The stream's last revision, -1 without events, where an append met another than it expected; else undefined. */
export function actualRevision(error: unknown): number | undefined {
  if (!isOf(error, 'wrong-expected-version')) return undefined
  const { actualVersion, actualState } = error as { actualVersion?: unknown; actualState?: unknown }
  const actual = actualVersion ?? actualState
  if (actual === 'no_stream') return -1
  if (typeof actual !== 'bigint') throw new TypeError('The client does not tell where the stream is', { cause: error })
  return Number(actual)
}

/** A client's error in the port's words: `StoreUnavailable` for passing troubles, `EventStoreMisconfigured` for refusals, the rest as it is. */
export function inPort(error: unknown): unknown {
  if (error instanceof StoreUnavailable || error instanceof EventStoreMisconfigured) return error
  const { type, code, message } = (error ?? {}) as ClientError
  const words = typeof message === 'string' ? message : ''
  if (type === 'access-denied' || code === GRPC.unauthenticated || code === GRPC.permissionDenied)
    return new EventStoreMisconfigured('EventStoreDB refuses this user or password', { cause: error })
  if (PASSING.has(type) || PASSING_CODES.has(code) || PASSING_WORDS.test(words))
    return new StoreUnavailable(`EventStoreDB cannot be reached (${words || String(type ?? code)})`, { cause: error })
  return error
}
