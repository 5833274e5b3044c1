import { ownerOf, personalEvents } from '@projectionist/shared/events/personal'
import { ErasureCompleted } from '@projectionist/shared/events/user'
import { fold, projection, sweep, table } from '../../platform/eventing/projection.js'

const personStreams = table(
  'person_streams',
  { stream_id: 'text', user_id: 'uuid' },
  { key: ['stream_id'], indexes: ['(user_id, stream_id collate "C")'] },
)

/**
 * Which streams a person has: what an export reads, and an erasure deletes. Goes with the end of the erasure, not with its
 * beginning, since that is still to be done then.
 */
export const personStreamsProjection = projection({
  name: 'person_streams',
  version: 1,
  tables: [personStreams],
  when: [
    ...personalEvents.map(type =>
      fold(
        type,
        personStreams,
        event => (event.revision === 0 ? [event.streamId] : undefined),
        (_, event) => {
          const user_id = ownerOf(event)
          return user_id === undefined ? undefined : { stream_id: event.streamId, user_id }
        },
      ),
    ),
    sweep(ErasureCompleted, personStreams, 'user_id', ({ data }) => data.userId),
  ],
  views: { person_streams: 'select * from {schema}.person_streams' },
})
