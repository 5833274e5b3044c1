import { DomainError } from '../../platform/eventing/decider.js'
import type { Sql } from '../../platform/sql/sql.js'
import { oneStepsDown } from '../../platform/stepping-down.js'
import { allUsers } from './users.projection.js'

/** Does `work`, after which a person is no admin any more, unless nobody else would be one: see `oneStepsDown`. Throws `last-admin`. */
export const unlessLastAdmin = <T>(sql: Sql, userId: string, work: () => Promise<T>): Promise<T> =>
  oneStepsDown(sql, async tx => {
    const users = await allUsers(tx)
    const steps = users.some(user => user.id === userId && user.role === 'admin' && !user.disabled)
    if (steps && !users.some(user => user.role === 'admin' && !user.disabled && user.id !== userId))
      throw new DomainError('last-admin')
    return work()
  })
