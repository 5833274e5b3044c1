import { createHash } from 'node:crypto'
import { identifier, type Query, type Sql } from '../../sql/sql.js'
import type { Position } from '../event-store.js'
import type { Projection, Table } from '../projection.js'

export const schemaOf = (projection: Projection): string => `${projection.name}_v${projection.version}`

const columnSql = ([name, type]: [string, string]): string =>
  `${identifier(name)} ${type.replace('?', '')}${type.endsWith('?') ? '' : ' not null'}`

const tableSql = (schema: string, table: Table): string =>
  `create table if not exists ${identifier(schema)}.${identifier(table.name)} (
     ${Object.entries(table.columns).map(columnSql).join(',\n     ')},
     primary key (${table.key.map(identifier).join(', ')}))`

export interface Checkpoint {
  readonly position: Position
  /** It has caught up once, its indexes are there. */
  readonly ready: boolean
  /** The log these rows come from; positions mean something in that log only. */
  readonly log: string
}

/**
 * Makes schema, tables and checkpoint where they are missing, and tells where the projection stands. Rows that came from
 * another log than `log` are thrown away: it starts over.
 */
export async function openSchema(sql: Sql, projection: Projection, schema: string, log: string): Promise<Checkpoint> {
  return sql.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`schema ${schema}`])
    const found = await checkpointOf(tx, schema)
    if (found?.log === log) return found
    if (found) await tx.query(`drop schema ${identifier(schema)} cascade`)
    await tx.query(`create schema ${identifier(schema)}`)
    await tx.query(`create table ${identifier(schema)}.checkpoint (
      one boolean primary key default true check (one), position bigint not null, ready boolean not null, log uuid not null)`)
    await tx.query(`insert into ${identifier(schema)}.checkpoint (position, ready, log) values (0, false, $1)`, [log])
    for (const table of projection.tables) await tx.query(tableSql(schema, table))
    return { position: 0, ready: false, log }
  })
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

/** Makes the indexes, which loading does without, and marks the projection ready. */
export async function finishSchema(sql: Sql, projection: Projection, schema = schemaOf(projection)): Promise<void> {
  for (const table of projection.tables) {
    const on = `${identifier(schema)}.${identifier(table.name)}`
    for (const [index, body] of table.indexes.entries())
      await sql.query(`create index if not exists ${identifier(`${table.name}_${index + 1}`)} on ${on} ${body}`)
    await sql.query(`analyze ${on}`)
  }
  await sql.query(`update ${identifier(schema)}.checkpoint set ready = true`)
}

const fingerprint = (projection: Projection): string =>
  `${schemaOf(projection)} ${createHash('sha256').update(JSON.stringify(projection.views)).digest('hex').slice(0, 16)}`

/** Whether the views in `read` are this version's; `absent` when there are none yet. */
export async function publication(sql: Query, projection: Projection): Promise<'ours' | 'other' | 'absent'> {
  const names = Object.keys(projection.views)
  const rows = await sql.query<{ comment: string | null }>(
    `select obj_description(c.oid, 'pg_class') as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'read' and c.relname = any($1)`,
    [names],
  )
  if (rows.length < names.length) return 'absent'
  return rows.every(row => row.comment === fingerprint(projection)) ? 'ours' : 'other'
}

/** Points the views in `read` at this version, all at once, and drops older versions. */
export async function publish(sql: Sql, projection: Projection): Promise<void> {
  await sql.transaction(async tx => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('publish'))`)
    await tx.query('create schema if not exists read')
    for (const [name, select] of Object.entries(projection.views)) {
      const view = `read.${identifier(name)}`
      await tx.query(`drop view if exists ${view} cascade`)
      await tx.query(`create view ${view} as ${select.replaceAll('{schema}', identifier(schemaOf(projection)))}`)
      await tx.query(`comment on view ${view} is '${fingerprint(projection)}'`)
    }
  })
  const old = await sql.query<{ nspname: string }>(`select nspname from pg_namespace where nspname ~ $1 and nspname <> $2`, [
    `^${projection.name}_v[0-9]+$`,
    schemaOf(projection),
  ])
  for (const { nspname } of old) await sql.query(`drop schema if exists ${identifier(nspname)} cascade`)
}
