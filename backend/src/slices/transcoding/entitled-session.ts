import type { SessionRow } from '../../platform/live/playback-sessions.js'
import type { Query } from '../../platform/sql/sql.js'

/**
 * A session whose person may still play it: rights are those of this moment, and a media address outlives them. Undefined when
 * it is gone, its person is disabled, or its library is none of theirs any more.
 */
export async function entitledSession(sql: Query, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await sql.query<SessionRow>(
    `select s.* from live.playback_sessions s join read.users u on u.user_id = s.user_id
     where s.session_id = $1 and not u.disabled
       and (u.libraries #>> '{}' = 'all' or s.library_id::text in (select json_array_elements_text(case json_typeof(u.libraries) when 'array' then u.libraries else '[]' end)))`,
    [sessionId],
    'entitled_session',
  )
  return row
}
