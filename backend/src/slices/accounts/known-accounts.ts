import type { UserEvent, UserRole } from '@projectionist/shared/events/user'
import type { EventCatalog } from '../../platform/eventing/event-catalog.js'
import type { EventStore } from '../../platform/eventing/event-store.js'
import type { Query } from '../../platform/sql/sql.js'
import { user } from './user.js'

export interface KnownAccount {
  readonly id: string
  readonly name: string
  readonly role: UserRole
  readonly disabled: boolean
  readonly lastSignInAt: string | undefined
}

/** Everyone who has a credential, as vault and log tell it: true also where read models are not made yet, or stand still. */
export async function knownAccounts(sql: Query, store: EventStore, catalog: EventCatalog): Promise<readonly KnownAccount[]> {
  const credentials = await sql.query<{ user_id: string; name: string }>(
    'select user_id, name from vault.credentials order by name_key',
  )
  const streams = await store.readMany(credentials.map(({ user_id }) => `user-${user_id}`))
  return credentials.flatMap(({ user_id, name }, index) => {
    const events = streams[index]!.map(event => catalog.current(event))
    const state = events.reduce((folded, event) => user.evolve(folded, event as unknown as UserEvent), user.initial)
    if (!state) return []
    const lastSignInAt = events.findLast(({ type }) => type === 'SignedIn')?.metadata.time
    return [{ id: user_id, name, role: state.roles.at(-1)!, disabled: state.disabled, lastSignInAt }]
  })
}
