import type { EventMetadata } from '@projectionist/shared/events/event'
import type { Position, RecordedEvent } from '../../../platform/eventing/event-store.js'
import type { LogPosition, ResolvedEvent } from './client.js'
import { isReserved } from './own-streams.js'

const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * Where an event stands: its commit position in `$all`, a place in bytes. Each event has its own. Throws `RangeError` past
 * 2^53, nine petabytes of log.
 */
export function inLog(commit: bigint): Position {
  if (commit > MOST) throw new RangeError(`EventStoreDB is at position ${commit}, beyond what can be counted (${MOST})`)
  return Number(commit)
}

/** A position in the client's words: prepared and committed in one place. */
export function at(position: Position): LogPosition {
  if (position <= 0) return 'start'
  if (position >= Number.MAX_SAFE_INTEGER) return 'end'
  return { commit: BigInt(position), prepare: BigInt(position) }
}

/** The position of anything in `$all`, the server's own events included. */
export const positionOf = ({ event, commitPosition }: ResolvedEvent): Position =>
  inLog(event?.position?.commit ?? commitPosition ?? 0n)

/** An event of ours; undefined for what the server, the adapter or another program has written. */
export function recorded({ event, commitPosition }: ResolvedEvent): RecordedEvent | undefined {
  if (!event?.isJson || event.type.startsWith('$') || isReserved(event.streamId) || !isOurs(event.metadata)) return undefined
  return {
    id: event.id,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    streamId: event.streamId,
    revision: Number(event.revision),
    position: inLog(event.position?.commit ?? commitPosition ?? 0n),
  }
}

const isOurs = (metadata: unknown): metadata is EventMetadata =>
  typeof metadata === 'object' && metadata !== null && 'commandId' in metadata && 'version' in metadata
