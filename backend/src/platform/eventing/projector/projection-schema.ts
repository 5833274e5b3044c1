import { identifier, type Query, type Sql } from '../../sql/sql.js'
import type { Position } from '../event-store.js'
import type { Projection, Table } from '../projection.js'

export const nameOf = (schema: string, table: Table): string => `${identifier(schema)}.${identifier(table.name)}`

const columnSql = ([name, type]: [string, string]): string =>
  `${identifier(name)} ${type.replace('?', '')}${type.endsWith('?') ? '' : ' not null'}`

const tableSql = (schema: string, table: Table): string =>
  `create table ${nameOf(schema, table)} (${Object.entries(table.columns).map(columnSql).join(', ')})`

export interface Checkpoint {
  readonly position: Position
  /** It has caught up once, its indexes are there. */
  readonly ready: boolean
  /** The log these rows come from; positions mean something in that log only. */
  readonly log: string
}

/**
 * Makes schema, tables and checkpoint where they are missing, and tells where the projection stands. Rows that came from
 * another log than `log` are thrown away: it starts over. `bare`: tables get their primary keys later, by `addKey` or
 * `finishSchema`.
 */
export async function openSchema(sql: Sql, projection: Projection, schema: string, log: string, bare = false): Promise<Checkpoint> {
  return sql.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`schema ${schema}`])
    const found = await checkpointOf(tx, schema)
    if (found?.log === log) return found
    await dropSchema(tx, schema)
    await tx.query(`create schema ${identifier(schema)}`)
    await tx.query(`create table ${identifier(schema)}.checkpoint (
      one boolean primary key default true check (one), position bigint not null, ready boolean not null, log uuid not null)`)
    await tx.query(`insert into ${identifier(schema)}.checkpoint (position, ready, log) values (0, false, $1)`, [log])
    for (const table of projection.tables) {
      await tx.query(tableSql(schema, table))
      if (!bare) await addKey(tx, schema, table)
    }
    return { position: 0, ready: false, log }
  })
}

export async function dropSchema(sql: Query, schema: string): Promise<void> {
  await sql.query(`drop schema if exists ${identifier(schema)} cascade`)
}

/** Where the projection stands in that schema; undefined when there is no such schema, or one that says nothing of its log. */
export async function checkpointOf(sql: Query, schema: string): Promise<Checkpoint | undefined> {
  const columns = await sql.query(
    `select from pg_attribute where attrelid = to_regclass($1) and attname in ('position', 'ready', 'log') and not attisdropped`,
    [`${identifier(schema)}.checkpoint`],
  )
  if (columns.length < 3) return undefined
  const [row] = await sql.query<Checkpoint>(`select position, ready, log from ${identifier(schema)}.checkpoint`)
  return row
}

/** Moves the checkpoint on. False when somebody else has moved it: then the caller's rows must not be committed. */
export async function moveCheckpoint(sql: Query, schema: string, from: Position, to: Position): Promise<boolean> {
  const moved = await sql.query(`update ${identifier(schema)}.checkpoint set position = $2 where position = $1 returning 1`, [from, to])
  return moved.length === 1
}

/** Gives a table its primary key, where it has none. */
export async function addKey(sql: Query, schema: string, table: Table): Promise<void> {
  const [found] = await sql.query(`select from pg_index where indrelid = $1::regclass and indisprimary`, [nameOf(schema, table)])
  if (!found) await sql.query(`alter table ${nameOf(schema, table)} add primary key (${table.key.map(identifier).join(', ')})`)
}

/** Makes the indexes, which loading does without, two at once, and marks the projection ready. */
export async function finishSchema(sql: Sql, projection: Projection, schema: string): Promise<void> {
  const { tables } = projection
  await twoAtOnce(tables.map(table => () => addKey(sql, schema, table)))
  await twoAtOnce(
    tables.flatMap(table =>
      table.indexes.map((body, index) => () =>
        sql.query(`create index if not exists ${identifier(`${table.name}_${index + 1}`)} on ${nameOf(schema, table)} ${body}`),
      ),
    ),
  )
  await twoAtOnce(tables.map(table => () => sql.query(`analyze ${nameOf(schema, table)}`)))
  await sql.query(`update ${identifier(schema)}.checkpoint set ready = true`)
}

/** Two keep a disk and a second core busy, and leave connections to others. */
async function twoAtOnce(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const left = works.values()
  const worker = async (): Promise<void> => {
    for (const work of left) await work()
  }
  for (const done of await Promise.allSettled([worker(), worker()])) if (done.status === 'rejected') throw done.reason
}
