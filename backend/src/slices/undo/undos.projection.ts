import { ownerOf } from '@projectionist/shared/events/personal'
import { UndoCancelled, UndoCompleted, UndoConflictsFound, UndoFailed, UndoRequested } from '@projectionist/shared/events/undo'
import { UserErased } from '@projectionist/shared/events/user'
import type { EventType } from '@projectionist/shared/events/event'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import { fold, foldMany, projection, subjectOf, sweep, table, type RowOf } from '../../platform/eventing/projection.js'

const undos = table(
  'undos',
  {
    id: 'uuid',
    /** Who asked. */
    user_id: 'uuid?',
    device_id: 'text?',
    /** It is about what this person played or marked, and theirs alone to see. */
    personal: 'boolean',
    /** The person whose own stream it is; goes with them. */
    owner: 'uuid?',
    selection: 'json',
    /** The cause that is taken back, when it is one: so that an undo knows when it is taken back itself. */
    cause: 'uuid?',
    /** Only events before this place in the log are taken back. */
    before: 'bigint',
    total: 'int',
    state: 'text',
    reverted: 'int',
    unneeded: 'int',
    conflicts: 'int',
    requested_at: 'timestamptz',
    ended_at: 'timestamptz?',
    problem: 'text?',
  },
  {
    key: ['id'],
    indexes: [
      "(requested_at) where state = 'running'",
      '(cause, before desc) where cause is not null',
      '(owner) where owner is not null',
    ],
  },
)
const conflicts = table(
  'conflicts',
  {
    undo_id: 'uuid',
    position: 'bigint',
    ordinal: 'int',
    stream_id: 'text',
    event_id: 'uuid',
    type: 'text',
    why: 'text',
    since: 'uuid?',
    owner: 'uuid?',
  },
  { key: ['undo_id', 'position', 'ordinal'], indexes: ['(owner) where owner is not null'] },
)

type DataOf<T> = T extends EventType<string, infer D> ? D : never
type Undo = RowOf<typeof undos>

/** The stream's name ends with the undo's id. */
const idOf = (event: RecordedEvent): string => subjectOf(event).slice(-36)

const change = <T extends EventType>(type: T, apply: (event: RecordedEvent<DataOf<T>>) => Partial<Undo>) =>
  fold(
    type,
    undos,
    event => [idOf(event)],
    (row, event) => row && { ...row, ...apply(event), ended_at: event.metadata.time },
  )

/** What was taken back, what is being taken back, and what stayed as it was. */
export const undosProjection = projection({
  name: 'undos',
  version: 2,
  tables: [undos, conflicts],
  when: [
    fold(
      UndoRequested,
      undos,
      event => [idOf(event)],
      (_, event) => {
        const { actor } = event.metadata
        const { selection, events } = event.data
        return {
          id: idOf(event),
          user_id: actor.kind === 'user' ? actor.userId : null,
          device_id: actor.kind === 'user' ? (actor.deviceId ?? null) : null,
          personal: subjectOf(event).includes('.'),
          owner: ownerOf(event) ?? null,
          selection,
          cause: selection.of === 'cause' ? selection.correlationId : null,
          before: event.position,
          total: events,
          state: 'running',
          reverted: 0,
          unneeded: 0,
          conflicts: 0,
          requested_at: event.metadata.time,
          ended_at: null,
          problem: null,
        }
      },
    ),
    foldMany(
      UndoConflictsFound,
      conflicts,
      event => event.data.conflicts.map((_, index) => [idOf(event), event.position, index]),
      (_, event, key) => {
        const { streamId, eventId, type, why, since } = event.data.conflicts[Number(key[2])]!
        return {
          undo_id: idOf(event),
          position: event.position,
          ordinal: Number(key[2]),
          stream_id: streamId,
          event_id: eventId,
          type,
          why,
          since: since ?? null,
          owner: ownerOf(event) ?? null,
        }
      },
    ),
    change(UndoCompleted, ({ data }) => ({ ...data, state: 'done' })),
    change(UndoCancelled, () => ({ state: 'cancelled' })),
    change(UndoFailed, ({ data }) => ({ state: 'failed', problem: data.detail })),
    ...[undos, conflicts].map(each => sweep(UserErased, each as unknown as typeof undos, 'owner', ({ data }) => data.userId)),
  ],
  views: {
    undos: `
      select u.id, u.user_id, u.device_id, u.personal, u.selection, u.before, u.total, u.state, u.requested_at, u.ended_at, u.problem,
        case when u.state = 'done' then u.reverted else coalesce(p.reverted, 0) end as reverted,
        case when u.state = 'done' then u.unneeded else coalesce(p.unneeded, 0) end as unneeded,
        case when u.state = 'done' then u.conflicts else coalesce(p.conflicts, 0) end as conflicts,
        coalesce(p.after, 0) as after,
        (select t.id from {schema}.undos t where t.cause = u.id order by t.before desc limit 1) as taken_back_by
      from {schema}.undos u left join live.undo_progress p on p.undo_id = u.id`,
    undo_conflicts: 'select * from {schema}.conflicts',
    owed_undos: `select id as work_id, requested_at from {schema}.undos where state = 'running'`,
  },
  announces: {
    topic: 'undos',
    subject: event => ({ userId: event.metadata.actor.kind === 'user' ? event.metadata.actor.userId : undefined }),
  },
})

export const undoPortrait: Portrait = {
  category: 'undo',
  projection: undosProjection,
  fields(rows) {
    const [row] = rows(undos)
    return row
      ? telling({
          state: row.state,
          events: row.total,
          reverted: row.reverted,
          unneeded: row.unneeded,
          conflicts: row.conflicts,
          problem: row.problem,
        })
      : {}
  },
}
