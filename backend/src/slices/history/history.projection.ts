import { eventTypes } from '@projectionist/shared/events/all'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { fold, projection, subjectOf, table, type Row } from '../../platform/eventing/projection.js'

/** One row for each event: enough to find it by; what it says is read from the log. */
const history = table(
  'history',
  {
    position: 'bigint',
    event_id: 'uuid',
    stream_id: 'text',
    revision: 'int',
    type: 'text',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_user: 'uuid?',
    actor_name: 'text?',
    reason: 'text',
    correlation_id: 'uuid',
    causation_id: 'uuid',
    category: 'text',
    subject: 'text',
    item_id: 'uuid?',
    /** The person whose stream it is. */
    user_id: 'uuid?',
  },
  {
    key: ['position'],
    indexes: [
      '(item_id, position desc) where item_id is not null',
      '(user_id, position desc) where user_id is not null',
      '(actor_user, position desc) where actor_user is not null',
      '(type, position desc)',
      '(at)',
      '(correlation_id)',
    ],
  },
)

export const historyProjection = projection({
  name: 'history',
  version: 1,
  tables: [history],
  when: [...eventTypes.values()].map(type => fold(type, history, event => [event.position], (_, event) => rowOf(event) as never)),
  views: { history: 'select * from {schema}.history' },
  announces: { topic: 'history' },
})

function rowOf(event: RecordedEvent): Row {
  const { actor, reason, correlationId, causationId, time } = event.metadata
  const subject = subjectOf(event)
  const category = event.streamId.slice(0, -subject.length - 1)
  const [first, second] = subject.split('.') as [string, string?]
  return {
    position: event.position,
    event_id: event.id,
    stream_id: event.streamId,
    revision: event.revision,
    type: event.type,
    at: time,
    actor_kind: actor.kind,
    actor_user: actor.kind === 'user' ? actor.userId : null,
    actor_name: actor.kind === 'process' ? actor.name : null,
    reason,
    correlation_id: correlationId,
    causation_id: causationId,
    category,
    subject,
    item_id: category === 'item' ? subject : category === 'playback' ? second! : null,
    user_id: category === 'user' || category === 'playback' ? first : null,
  }
}
