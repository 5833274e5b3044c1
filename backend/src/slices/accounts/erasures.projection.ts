import { ErasureCompleted, UserErased } from '@projectionist/shared/events/user'
import type { Erasure } from '@projectionist/shared/api/accounts'
import { fold, projection, table } from '../../platform/eventing/projection.js'
import type { Query } from '../../platform/sql/sql.js'

const erasures = table(
  'erasures',
  { user_id: 'uuid', since: 'bigint', erased_at: 'timestamptz', completed_at: 'timestamptz?', streams: 'int' },
  { key: ['user_id'], indexes: ['(since) where completed_at is null'] },
)

/** Who was erased, and whose events are still owed to be deleted. */
export const erasuresProjection = projection({
  name: 'erasures',
  version: 1,
  tables: [erasures],
  when: [
    fold(
      UserErased,
      erasures,
      ({ data }) => [data.userId],
      (row, { data, position, metadata }) =>
        row ?? { user_id: data.userId, since: position, erased_at: metadata.time, completed_at: null, streams: 0 },
    ),
    fold(
      ErasureCompleted,
      erasures,
      ({ data }) => [data.userId],
      (row, { data, metadata }) => row && { ...row, completed_at: metadata.time, streams: data.streams },
    ),
  ],
  views: { erasures: 'select * from {schema}.erasures' },
  announces: { topic: 'users' },
})

export const erasuresOwed =
  'select user_id as work_id, since from read.erasures where completed_at is null order by since limit $1'

export async function erasuresUnderWay(sql: Query): Promise<Erasure[]> {
  const rows = await sql.query<{ user_id: string; erased_at: string; streams: number; progress: number }>(
    `select e.user_id, e.erased_at, coalesce(l.streams, 0) as streams,
       coalesce(least(1, (l.position - l.began_at)::float8 / greatest(1, l.head - l.began_at)), 0) as progress
     from read.erasures e left join live.erasures l using (user_id) where e.completed_at is null order by e.since limit 100`,
  )
  return rows.map(row => ({ userId: row.user_id, erasedAt: row.erased_at, streams: row.streams, progress: row.progress }))
}
