import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../../test/postgres.js'
import { isPassing, Sql } from './sql.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('a transaction', () => {
  it('whose connection is lost between two statements fails, and nothing else does', async () => {
    const { url, drop } = await freshDatabase()
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    closing.push(drop, () => pool.end())
    const sql = new Sql(pool)
    const cut = sql.transaction(async (tx, client) => {
      const gone = new Promise(resolve => client.once('end', resolve))
      const [mine] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      await sql.query('select pg_terminate_backend($1, 5000)', [mine!.pid])
      // The news of it comes while no statement is under way.
      await gone
      return tx.query('select 1')
    })
    const error: unknown = await cut.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(isPassing(error)).toBe(true)
    expect(await sql.query('select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('reading another schema', () => {
  const gone = (): never => {
    throw new Error('gone')
  }
  async function then(): Promise<Sql> {
    const { url, drop } = await freshDatabase()
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    closing.push(drop, () => pool.end())
    const sql = new Sql(pool)
    await sql.query(`create schema read; create schema asof_1; create table read.items as select 'now' as at, n from generate_series(1, 3) n;
      create table read.items_too as select 'now' as at; create table read.users as select 'now' as at; create table asof_1.items as select 'then' as at, n from generate_series(1, 5) n`)
    return sql.reading('asof_1', ['items'], gone)
  }

  it('takes the views that were named from there, all others and every value as they are', async () => {
    const sql = await then()
    expect(await sql.query('select i.at, u.at as who, t.at as too, $1::text as said from read.items i, read.users u, read.items_too t where i.n = 1', ['read.items'], 'named')).toEqual([
      { at: 'then', who: 'now', too: 'now', said: 'read.items' },
    ])
  })
  it('reads page by page', async () => {
    const pages: number[] = []
    for await (const rows of (await then()).pages<{ n: number }>('select n from read.items order by n', 2)) pages.push(rows.length)
    expect(pages).toEqual([2, 2, 1])
  })
  it('says in its own way what went wrong, and writes nothing together', async () => {
    const sql = await then()
    await sql.pool.query('drop schema asof_1 cascade')
    await expect(sql.query('select 1 from read.items')).rejects.toThrow('gone')
    await expect(sql.transaction(() => Promise.resolve())).rejects.toThrow(TypeError)
  })
})
