import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/postgres.js'
import { Sql } from '../../platform/sql/sql.js'
import { firstMoment, positionAt } from './moments.js'

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString()

describe('the position at a moment', () => {
  let database: TestDatabase
  let sql: Sql
  beforeAll(async () => {
    database = await freshDatabase()
    sql = new Sql(new pg.Pool({ connectionString: database.url, max: 2 }))
    await sql.query('create schema read; create table read.history (position bigint primary key, at timestamptz not null); create index on read.history (at)')
  })
  afterAll(async () => {
    await sql.pool.end()
    await database.drop()
  })
  async function recorded(...rows: [position: number, second: number][]): Promise<void> {
    await sql.query('truncate read.history')
    for (const [position, second] of rows) await sql.query('insert into read.history values ($1, $2)', [position, at(second)])
  }

  it('is that of the last event recorded by then', async () => {
    await recorded([3, 10], [7, 20], [12, 30])
    expect(await Promise.all([9, 10, 19, 20, 29, 30, 99].map(second => positionAt(sql, at(second))))).toEqual([0, 3, 3, 7, 7, 12, 12])
    expect(await firstMoment(sql)).toBe(at(10))
  })
  it('is that of the last in the log, where the clocks of nodes differ', async () => {
    await recorded([1, 10], [2, 22], [3, 20], [4, 21], [5, 30])
    expect(await Promise.all([20, 21, 22].map(second => positionAt(sql, at(second))))).toEqual([3, 4, 4])
  })
  it('is before everything where nothing is', async () => {
    await recorded()
    expect([await positionAt(sql, at(0)), await firstMoment(sql)]).toEqual([0, null])
  })
})
