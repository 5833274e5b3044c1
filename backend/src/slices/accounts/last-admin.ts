import { DomainError } from '../../platform/eventing/decider.js'
import type { Sql } from '../../platform/sql/sql.js'
import { allUsers } from './users.projection.js'

const STEPPING_DOWN = 8315161803713

/**
 * Does `work`, after which a person is no admin any more, unless nobody else would be one. One at a time over all nodes: two
 * admins cannot send each other away. `work` has to wait until what it did shows in `users`. Throws `last-admin`.
 */
export async function unlessLastAdmin<T>(sql: Sql, userId: string, work: () => Promise<T>): Promise<T> {
  return sql.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock($1)', [STEPPING_DOWN])
    const users = await allUsers(tx)
    const steps = users.some(user => user.id === userId && user.role === 'admin' && !user.disabled)
    if (steps && !users.some(user => user.role === 'admin' && !user.disabled && user.id !== userId))
      throw new DomainError('last-admin')
    return work()
  })
}
