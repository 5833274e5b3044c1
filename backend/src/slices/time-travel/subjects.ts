import type { Query } from '../../platform/sql/sql.js'
import { categoryOf, subjectOf } from './portraits.js'

export interface Subject {
  readonly category: string
  readonly id: string
  /** As it is called today; null when it is no more. */
  readonly title: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What streams are about, with today's names. */
export async function subjectsOf(sql: Query, streamIds: readonly string[]): Promise<Map<string, Subject>> {
  const subjects = streamIds.map(streamId => {
    const [category, id] = [categoryOf(streamId), subjectOf(streamId)]
    const named = category === 'playback' ? id.slice(id.indexOf('.') + 1) : id
    return { streamId, category, id, named: UUID.test(named) ? named : null }
  })
  const rows = await sql.query<{ id: string; title: string }>(
    `select i.id, i.title from read.items i where i.id = any($1) union all select l.id, l.name from read.libraries l where l.id = any($1)
     union all select u.user_id, u.name from read.users u where u.user_id = any($1)
     union all select (s.id)::uuid, l.name from read.scan_list s join read.libraries l on l.id = s."libraryId" where s.id = any($1)`,
    [[...new Set(subjects.flatMap(({ named }) => named ?? []))]],
  )
  const titles = new Map(rows.map(({ id, title }) => [id, title]))
  return new Map(subjects.map(({ streamId, category, id, named }) => [streamId, { category, id, title: (named && titles.get(named)) ?? null }]))
}

/** People's names by id. */
export async function namesOf(sql: Query, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await sql.query<{ user_id: string; name: string }>('select user_id, name from read.users where user_id = any($1)', [[...new Set(userIds)]])
  return new Map(rows.map(row => [row.user_id, row.name]))
}
