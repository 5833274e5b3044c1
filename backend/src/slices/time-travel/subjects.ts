import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { categoryOf, subjectOf } from './portraits.js'

export interface Subject {
  readonly category: string
  readonly id: string
  /** As it is called today; null when it is no more. */
  readonly title: string | null
}
interface Placed extends Subject {
  /** The library it belongs to today, if any. */
  readonly libraryId: string | null
}

/** Whether a person may know of it: what belongs to a library they cannot see, or no longer to any, is hidden from who does not see all. */
export const mayKnow = ({ libraries }: Pick<Caller, 'libraries'>, { category, libraryId }: Placed): boolean =>
  libraries === 'all' || category === 'user' || (libraryId !== null && libraries.includes(libraryId))

/** Only what is told of it. */
export const told = ({ category, id, title }: Placed): Subject => ({ category, id, title })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What streams are about, as it is today. */
export async function subjectsOf(sql: Query, streamIds: readonly string[]): Promise<Map<string, Placed>> {
  const subjects = streamIds.map(streamId => {
    const [category, id] = [categoryOf(streamId), subjectOf(streamId)]
    const named = category === 'playback' ? id.slice(id.indexOf('.') + 1) : id
    return { streamId, category, id, named: UUID.test(named) ? named : null }
  })
  const rows = await sql.query<{ id: string; title: string; library_id: string | null }>(
    `select i.id, i.title, i.library_id from read.items i where i.id = any($1) union all select l.id, l.name, l.id from read.libraries l where l.id = any($1)
     union all select u.user_id, u.name, null from read.users u where u.user_id = any($1)
     union all select s.id, l.name, l.id from read.scan_list s join read.libraries l on l.id = s."libraryId" where s.id = any($1)`,
    [[...new Set(subjects.flatMap(({ named }) => named ?? []))]],
  )
  const known = new Map(rows.map(row => [row.id, row]))
  return new Map(
    subjects.map(({ streamId, category, id, named }) => {
      const row = named === null ? undefined : known.get(named)
      return [streamId, { category, id, title: row?.title ?? null, libraryId: row?.library_id ?? null }]
    }),
  )
}

/** People's names by id. */
export async function namesOf(sql: Query, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await sql.query<{ user_id: string; name: string }>('select user_id, name from read.users where user_id = any($1)', [[...new Set(userIds)]])
  return new Map(rows.map(row => [row.user_id, row.name]))
}
