import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../../test/postgres.js'
import { isPassing, Sql } from './sql.js'

describe('a transaction', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  it('whose connection is lost between two statements fails, and nothing else does', async () => {
    const { url, drop } = await freshDatabase()
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    closing.push(drop, () => pool.end())
    const sql = new Sql(pool)
    const cut = sql.transaction(async tx => {
      const [mine] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      await sql.query('select pg_terminate_backend($1, 5000)', [mine!.pid])
      // The news of it comes while no statement is under way.
      await sql.query('select pg_sleep(0.05)')
      return tx.query('select 1')
    })
    const error: unknown = await cut.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(isPassing(error)).toBe(true)
    expect(await sql.query('select 1 as one')).toEqual([{ one: 1 }])
  })
})
