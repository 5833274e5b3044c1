import type { Sql } from '../../sql/sql.js'
import type { EventStore, Position } from '../event-store.js'
import { typesOf, type Projection } from '../projection.js'
import { checkpointOf } from './projection-schema.js'
import { openRequests, reportedStatuses, type Fault, type Filling } from './projection-status.js'
import { publicationOf } from './publication.js'

/** How one projection stands, as an operator sees it from any node. */
export interface ProjectionOverview {
  readonly name: string
  readonly version: number
  /** The version that serves; another one until the new one is filled. */
  readonly serves: number | undefined
  readonly state: 'waiting' | 'rebuilding' | 'live' | 'faulted'
  readonly position: Position
  readonly behind: Behind
  /** New tables that are being filled, whether others serve meanwhile or not. */
  readonly filling: Filling | undefined
  readonly asked: 'rebuild' | 'resume' | undefined
  readonly fault: Fault | undefined
  readonly trouble: string | undefined
  readonly givenUp: string | undefined
  readonly node: string | undefined
}

/** Events of the log that concern the projection and are not in it yet. */
export interface Behind {
  readonly events: number
  /** There are more; nobody counted on. */
  readonly more: boolean
  /** Time of the first of them, ISO 8601. */
  readonly since: string | undefined
}

/** Counting stops after so many pages of the log, or so many events. */
const PAGES = 10
const COUNTED = 10_000

/** How all projections stand, read from what they and their projectors have written. */
export async function overview(
  projections: readonly Projection[],
  { sql, store }: { sql: Sql; store: EventStore },
): Promise<readonly ProjectionOverview[]> {
  // In this order: whoever settles a request has reported before what came of it.
  const requests = await openRequests(sql)
  const statuses = await reportedStatuses(sql)
  const [log, head] = [await store.identity(), await store.head()]
  const found: ProjectionOverview[] = []
  for (const projection of projections) {
    const publication = await publicationOf(sql, projection)
    const checkpoint = publication && (await checkpointOf(sql, publication.schema))
    const position = checkpoint?.log === log ? checkpoint.position : 0
    const status = statuses.get(projection.name)
    found.push({
      name: projection.name,
      version: projection.version,
      serves: checkpoint?.ready ? publication!.version : undefined,
      state: status?.state ?? 'waiting',
      position,
      behind: position === head ? { events: 0, more: false, since: undefined } : await behindOf(store, projection, position),
      filling: status?.filling,
      asked: requests.get(projection.name),
      fault: status?.fault,
      trouble: status?.trouble,
      givenUp: status?.givenUp,
      node: status?.node,
    })
  }
  return found
}

async function behindOf(store: EventStore, projection: Projection, position: Position): Promise<Behind> {
  let events = 0
  let since: string | undefined
  let pages = 0
  for await (const batch of store.readAll({ from: position, types: typesOf(projection) })) {
    since ??= batch.events[0]?.metadata.time
    events += batch.events.length
    if ((++pages === PAGES || events >= COUNTED) && !batch.caughtUp) return { events, more: true, since }
  }
  return { events, more: false, since }
}
