import { randomUUID } from 'node:crypto'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import type { previewUndo, UndoneSubject } from '@projectionist/shared/api/undo'
import { DomainError } from '../../platform/eventing/decider.js'
import { compare, portray } from '../../platform/eventing/portrait.js'
import type { Caller } from '../../platform/http/caller.js'
import { decide, type Decided, type UndoParts } from './decisions.js'
import { mayTakeBack } from './rights.js'
import { countKinds, nextStreams } from './selection.js'
import { leftAsItIs, subjectsOf, type Left } from './subjects.js'

/** What taking back would change, decided as the undo itself does it and thrown away; a page of it. */
export async function preview(
  parts: UndoParts,
  caller: Caller,
  { selection, cursor, limit, details }: Request<typeof previewUndo>['body'],
): Promise<Response<typeof previewUndo>> {
  const chosen = await mayTakeBack(parts, selection, caller)
  const after = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isSafeInteger(after)) throw new DomainError('invalid-request', 'The cursor is not one of this list')
  const kinds = cursor === undefined ? await countKinds(parts.sql, chosen) : []
  const page = await nextStreams(parts.sql, chosen, after, limit)
  const undo = { id: randomUUID(), actor: { kind: 'user' as const, userId: caller.userId }, now: new Date() }
  const decided = await decide(parts, page.streamIds, chosen, undo, after)
  const count = (outcome: string): number =>
    decided.reduce((sum, { outcomes }) => sum + outcomes.filter(one => one.outcome === outcome).length, 0)
  return {
    kinds,
    total: kinds.reduce((sum, kind) => sum + kind.count, 0),
    tally: { reverted: count('reverted'), unneeded: count('unneeded'), conflicts: count('conflict') },
    subjects: details ? await undone(parts, caller, decided) : [],
    left: details ? await leftAsItIs(parts.sql, caller, decided.flatMap(left)) : [],
    next: page.events < limit || page.end === undefined ? null : String(page.end),
  }
}

async function undone({ sql, catalog, kinds }: UndoParts, caller: Caller, decided: readonly Decided[]): Promise<UndoneSubject[]> {
  const changing = decided.filter(({ events }) => events.length > 0)
  const subjectOf = await subjectsOf(
    sql,
    caller,
    changing.map(({ streamId }) => streamId),
  )
  return changing.map(({ streamId, history, events }) => {
    const portrait = kinds.portraits.find(({ category }) => streamId.startsWith(`${category}-`))
    const changes = portrait
      ? compare(portray(portrait, catalog, history), portray(portrait, catalog, [...history, ...events]))
      : []
    return {
      subject: subjectOf(streamId),
      changes: changes.map(({ field, from, to }) => ({
        field,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      })) as UndoneSubject['changes'],
    }
  })
}

function left({ streamId, history, outcomes }: Decided): Left[] {
  return outcomes.flatMap(one => {
    if (one.outcome !== 'conflict') return []
    const since = history.find(({ id }) => id === one.since)
    return [
      {
        streamId,
        eventId: one.event.id,
        type: one.event.type,
        why: one.why,
        since: since && { eventId: since.id, type: since.type, at: since.metadata.time, actor: since.metadata.actor },
      },
    ]
  })
}
