import {
  LibraryAccessChanged,
  SignedIn,
  UserAdded,
  UserDisabled,
  UserEnabled,
  UserErased,
  UserRenamed,
  UserRoleChanged,
  type LibraryAccess,
  type UserRole,
} from '@projectionist/shared/events/user'
import type { EventType } from '@projectionist/shared/events/event'
import type { User } from '@projectionist/shared/api/accounts'
import type { RecordedEvent } from '../../platform/eventing/event-store.js'
import { fold, projection, subjectOf, sweep, table, type RowOf } from '../../platform/eventing/projection.js'
import { telling, type Portrait } from '../../platform/eventing/portrait.js'
import type { Query } from '../../platform/sql/sql.js'

const users = table(
  'users',
  {
    user_id: 'uuid',
    name: 'text',
    role: 'text',
    libraries: 'json',
    disabled: 'boolean',
    added_at: 'timestamptz',
    last_seen_at: 'timestamptz?',
  },
  { key: ['user_id'] },
)
type UserRow = RowOf<typeof users>

const change = <T extends EventType>(type: T, apply: (row: UserRow, event: RecordedEvent<T extends EventType<string, infer D> ? D : never>) => UserRow) =>
  fold(type, users, event => [subjectOf(event)], (row, event) => row && apply(row, event))

export const usersProjection = projection({
  name: 'users',
  version: 2,
  tables: [users],
  when: [
    fold(UserAdded, users, event => [subjectOf(event)], (_, event) => ({
      user_id: subjectOf(event),
      name: event.data.name,
      role: event.data.role,
      libraries: event.data.libraries,
      disabled: false,
      added_at: event.metadata.time,
      last_seen_at: null,
    })),
    change(UserRenamed, (row, { data }) => ({ ...row, name: data.name })),
    change(UserRoleChanged, (row, { data }) => ({ ...row, role: data.role })),
    change(LibraryAccessChanged, (row, { data }) => ({ ...row, libraries: data.libraries })),
    change(UserDisabled, row => ({ ...row, disabled: true })),
    change(UserEnabled, row => ({ ...row, disabled: false })),
    change(SignedIn, (row, { metadata }) => ({ ...row, last_seen_at: metadata.time })),
    sweep(UserErased, users, 'user_id', ({ data }) => data.userId),
  ],
  views: { users: 'select * from {schema}.users' },
  announces: { topic: 'users', subject: event => ({ userId: subjectOf(event) }) },
})

export const userPortrait: Portrait = {
  category: 'user',
  projection: usersProjection,
  fields(rows) {
    const [row] = rows(users)
    return row ? telling({ name: row.name, role: row.role, libraries: row.libraries, disabled: row.disabled }) : {}
  },
}

const toUser = (row: UserRow): User => ({
  id: row.user_id,
  name: row.name,
  role: row.role as UserRole,
  libraries: row.libraries as LibraryAccess,
  disabled: row.disabled,
  addedAt: row.added_at,
  lastSeenAt: row.last_seen_at,
})

export async function findUser(sql: Query, userId: string): Promise<User | undefined> {
  const [row] = await sql.query<UserRow>('select * from read.users where user_id = $1', [userId], 'user_by_id')
  return row && toUser(row)
}

export async function allUsers(sql: Query): Promise<User[]> {
  return (await sql.query<UserRow>('select * from read.users order by lower(name)')).map(toUser)
}
