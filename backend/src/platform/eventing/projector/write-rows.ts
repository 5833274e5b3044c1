import { finished } from 'node:stream/promises'
import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { identifier, type Query } from '../../sql/sql.js'
import { keyOf, type Key, type Row, type Table } from '../projection.js'
import { nameOf } from './projection-schema.js'
import { columnsOf, sqlType, type Changes } from './rows.js'

/** Writes changes by upserts: the way for a few rows and tables with indexes. */
export async function upsertRows(sql: Query, schema: string, { sweeps, tables }: Changes): Promise<void> {
  await sweepRows(sql, schema, sweeps)
  for (const { table, gone, added, changed } of tables) {
    await deleteRows(sql, schema, table, gone)
    await upsert(sql, schema, table, [...added, ...changed])
  }
}

/** Writes changes by COPY, in the client's transaction: the way for many rows and tables without indexes. */
export async function copyRows(sql: Query, client: pg.ClientBase, schema: string, { sweeps, tables }: Changes): Promise<void> {
  await sweepRows(sql, schema, sweeps)
  for (const { table, gone, added, changed } of tables) {
    await deleteRows(sql, schema, table, [...gone, ...changed.map(row => keyOf(table, row))])
    await copy(client, schema, table, [added, changed])
  }
}

async function sweepRows(sql: Query, schema: string, sweeps: Changes['sweeps']): Promise<void> {
  for (const { table, column, value } of sweeps)
    await sql.query(`delete from ${nameOf(schema, table)} where ${identifier(column)} = $1`, [value])
}

async function deleteRows(sql: Query, schema: string, table: Table, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) return
  await sql.query(
    `delete from ${nameOf(schema, table)} where (${table.key.map(identifier).join(', ')}) in
       (select * from unnest(${table.key.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')}))`,
    table.key.map((_, index) => keys.map(key => key[index])),
  )
}

async function upsert(sql: Query, schema: string, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = columnsOf(table)
  const others = columns.filter(column => !table.key.includes(column))
  await sql.query(
    `insert into ${nameOf(schema, table)} (${columns.map(identifier).join(', ')})
     select * from unnest(${columns.map((column, index) => `$${index + 1}::${sqlType(table, column)}[]`).join(', ')})
     on conflict (${table.key.map(identifier).join(', ')}) do ${
       others.length > 0
         ? `update set ${others.map(column => `${identifier(column)} = excluded.${identifier(column)}`).join(', ')}`
         : 'nothing'
     }`,
    columns.map(column => rows.map(row => parameter(row[column], sqlType(table, column)))),
  )
}

/** PostgreSQL's text takes no NUL; an event from elsewhere that holds one must not bring a projection to a stand. */
const parameter = (value: unknown, type: string): unknown => {
  if (value === null || value === undefined) return null
  if (type === 'json') return JSON.stringify(value)
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}

const CHUNK = 1 << 17

async function copy(client: pg.ClientBase, schema: string, table: Table, parts: readonly (readonly Row[])[]): Promise<void> {
  if (parts.every(rows => rows.length === 0)) return
  const columns = columnsOf(table)
  const line = lineOf(table)
  const stream = client.query(copyFrom(`copy ${nameOf(schema, table)} (${columns.map(identifier).join(', ')}) from stdin`))
  const done = finished(stream)
  done.catch(() => {})
  try {
    let text = ''
    for (const rows of parts)
      for (const row of rows) {
        text += line(row)
        if (text.length < CHUNK) continue
        if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
        text = ''
      }
    stream.end(text)
    await done
  } catch (error) {
    // Left open, the connection would wait for more rows for ever.
    stream.destroy(error as Error)
    throw error
  }
}

/** A row in COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html */
function lineOf(table: Table): (row: Row) => string {
  const cells = columnsOf(table).map(column => [column, cellOf(sqlType(table, column))] as const)
  return row => {
    let text = ''
    for (let index = 0; index < cells.length; index++) {
      const [column, cell] = cells[index]!
      const value = row[column]
      if (index > 0) text += '\t'
      text += value === null || value === undefined ? '\\N' : cell(value)
    }
    return text + '\n'
  }
}

const cellOf = (type: string): ((value: unknown) => string) => {
  if (type === 'json') return value => escapeBackslashes(JSON.stringify(value))
  return value => (typeof value === 'string' ? escape(value) : String(value))
}

const escapeBackslashes = (text: string): string => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text)

const special = /[\\\n\r\t\0]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\uFFFD' }
const escape = (text: string): string => (special.test(text) ? text.replace(/[\\\n\r\t\0]/g, sign => escapes[sign]!) : text)
