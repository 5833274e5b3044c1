import type { Query, Sql } from './sql/sql.js'

const STEPPING_DOWN = 8315161803713

/**
 * Does `work`, after which somebody may be no admin any more. One at a time over all nodes: two admins cannot send each other
 * away. `work` has to wait until what it did shows in `users`.
 */
export const oneStepsDown = <T>(sql: Sql, work: (tx: Query) => Promise<T>): Promise<T> =>
  sql.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock($1)', [STEPPING_DOWN])
    return work(tx)
  })
