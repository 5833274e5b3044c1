import type { UserEvent } from '@projectionist/shared/events/user'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { subjectOf } from '../../platform/eventing/projection.js'
import type { Query } from '../../platform/sql/sql.js'

interface Standing {
  readonly admin: boolean
  readonly disabled: boolean
}
const looksAfter = ({ admin, disabled }: Standing): boolean => admin && !disabled

/** Of these events about to be appended those that take an admin's rights away, by what they take back, when no admin would be left. */
export async function takingTheLastAdmin(sql: Query, events: readonly RecordedEvent[]): Promise<(readonly [string, string])[]> {
  const changes = events.flatMap(event => {
    const after = afterwards(event as unknown as UserEvent)
    return after ? [{ of: event.metadata.causationId, userId: subjectOf(event), after }] : []
  })
  if (!changes.some(({ after }) => after.admin === false || after.disabled)) return []
  const rows = await sql.query<{ user_id: string } & Standing>(
    `select user_id, role = 'admin' as admin, disabled from read.users`,
  )
  const now = new Map(rows.map(row => [row.user_id, row]))
  const then = new Map<string, Standing>(now)
  for (const { userId, after } of changes) {
    const known = then.get(userId)
    if (known) then.set(userId, { ...known, ...after })
  }
  if ([...then.values()].some(looksAfter)) return []
  return changes
    .filter(
      ({ userId, after }) =>
        (after.admin === false || after.disabled) && looksAfter(now.get(userId) ?? { admin: false, disabled: true }),
    )
    .map(({ of }) => [of, 'Nobody would be left who is an admin. Make somebody else an admin first.'] as const)
}

function afterwards(event: UserEvent): Partial<Standing> | undefined {
  switch (event.type) {
    case 'UserRoleChanged':
      return { admin: event.data.role === 'admin' }
    case 'UserDisabled':
      return { disabled: true }
    case 'UserEnabled':
      return { disabled: false }
    default:
      return undefined
  }
}
