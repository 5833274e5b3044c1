import type { LeftAsItIs, UndoSubject } from '@projectionist/shared/api/undo'
import type { Actor } from '@projectionist/shared/events/event'
import type { ItemKind } from '@projectionist/shared/events/media'
import type { Caller } from '../../platform/http/caller.js'
import type { Query } from '../../platform/sql/sql.js'
import { visibilityOf, visibleTo } from '../../platform/visibility.js'

const categoryOf = (streamId: string): string => streamId.slice(0, streamId.indexOf('-'))
/** The item of a play, else what the stream itself is about. */
const idOf = (streamId: string): string => streamId.slice(-36)

/** What these streams are about, by the titles of today, as far as the caller may see them. */
export async function subjectsOf(
  sql: Query,
  caller: Caller,
  streamIds: readonly string[],
): Promise<(streamId: string) => UndoSubject> {
  const ids = [...new Set(streamIds.map(idOf))]
  const rows = await sql.query<{ id: string; title: string; kind: ItemKind | null }>(
    `select i.id, i.title, i.kind from read.items i where i.id = any($1) and ${visibleTo('i', 2)}
     union all select l.id, l.name, null from read.libraries l where l.id = any($1) and ($2::uuid[] is null or l.id = any($2::uuid[]))`,
    [ids, visibilityOf(caller)],
  )
  const known = new Map(rows.map(row => [row.id, row]))
  return streamId => {
    const id = idOf(streamId)
    return { category: categoryOf(streamId), id, title: known.get(id)?.title ?? null, kind: known.get(id)?.kind ?? null }
  }
}

/** Something that stays, before it is known what things and people are called. */
export interface Left {
  readonly streamId: string
  readonly eventId: string
  readonly type: string
  readonly why: string
  readonly since: { readonly eventId: string; readonly type: string; readonly at: string; readonly actor: Actor } | undefined
}

export async function leftAsItIs(sql: Query, caller: Caller, left: readonly Left[]): Promise<LeftAsItIs[]> {
  if (left.length === 0) return []
  const subjectOf = await subjectsOf(
    sql,
    caller,
    left.map(({ streamId }) => streamId),
  )
  const people = [...new Set(left.flatMap(({ since }) => (since?.actor.kind === 'user' ? [since.actor.userId] : [])))]
  const rows =
    people.length === 0
      ? []
      : await sql.query<{ user_id: string; name: string }>('select user_id, name from read.users where user_id = any($1)', [
          people,
        ])
  const names = new Map(rows.map(row => [row.user_id, row.name]))
  const nameOf = (actor: Actor): string => (actor.kind === 'process' ? actor.name : (names.get(actor.userId) ?? 'somebody'))
  return left.map(({ streamId, eventId, type, why, since }) => ({
    subject: subjectOf(streamId),
    eventId,
    type,
    why,
    since: since ? { ...since, actorName: nameOf(since.actor) } : null,
  }))
}
