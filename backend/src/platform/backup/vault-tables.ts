import { createHash } from 'node:crypto'
import type pg from 'pg'
import { identifier, type Query, type Sql } from '../sql/sql.js'
import { BackupError } from './backup-error.js'

export type TableSums = Record<string, { rows: number; sha256: string }>
interface VaultLine {
  readonly table: string
  readonly row: unknown
}

/** Its presence says that a restore has begun and not ended: the program does not start on what is half there. */
const MARK = 'restoring'
const ROWS_AT_ONCE = 500

async function tablesOf(sql: Query): Promise<string[]> {
  const rows = await sql.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'vault' and table_type = 'BASE TABLE' and table_name <> '${MARK}' order by table_name collate "C"`,
  )
  return rows.map(({ table_name }) => table_name)
}

/** Lines of all tables of the vault as they are at one moment, a table's rows in a fixed order. Fills `sums` on the way. */
export async function* vaultLines(sql: Sql, sums: TableSums): AsyncGenerator<string> {
  const client = await sql.pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin isolation level repeatable read read only')
    const query: Query = { query: async (text, values = []) => (await client.query(text, values as unknown[])).rows as never }
    for (const table of await tablesOf(query)) yield* tableLines(client, table, sums)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

async function* tableLines(client: pg.ClientBase, table: string, sums: TableSums): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let count = 0
  await client.query(
    `declare kept no scroll cursor for select to_jsonb(t)::text as row from vault.${identifier(table)} t order by to_jsonb(t)::text collate "C"`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from kept`)
    if (rows.length === 0) break
    for (const { row } of rows) hash.update(`${row}\n`)
    count += rows.length
    yield rows.map(({ row }) => `{"table":${JSON.stringify(table)},"row":${row}}\n`).join('')
  }
  await client.query('close kept')
  sums[table] = { rows: count, sha256: hash.digest('hex') }
}

/** Whether nobody has an account here. */
export async function vaultIsEmpty(sql: Query): Promise<boolean> {
  const [row] = await sql.query<{ there: boolean }>(
    'select exists (select from vault.credentials) or exists (select from vault.refresh_families) as there',
  )
  return !row!.there
}

export const markRestoring = (sql: Query): Promise<unknown> => sql.query(`create table if not exists vault.${MARK} (one boolean)`)

/** Throws `BackupError` where a restore was begun and did not end. */
export async function refuseHalfRestored(sql: Query): Promise<void> {
  const [row] = await sql.query<{ there: boolean }>(`select to_regclass('vault.${MARK}') is not null as there`)
  if (row!.there)
    throw new BackupError(
      'A restore into this place was begun and did not end. Run the same restore again: it goes on where it was.',
    )
}

/** Puts the lines into the vault, in place of what is there, checks them against `expected`, and takes the mark away; all at once. */
export async function fillVault(sql: Sql, lines: AsyncIterable<readonly string[]>, expected: TableSums): Promise<void> {
  await sql.transaction(async tx => {
    const tables = await tablesOf(tx)
    const unknown = Object.keys(expected).filter(table => !tables.includes(table))
    if (unknown.length > 0)
      throw new BackupError(
        `The backup holds ${unknown.join(', ')}, which this version of Projectionist does not know. Use the version that made it, or a later one.`,
      )
    for (const table of tables) await tx.query(`delete from vault.${identifier(table)}`)
    for await (const batch of lines) {
      const rows = Map.groupBy(
        batch.map(line => JSON.parse(line) as VaultLine),
        ({ table }) => table,
      )
      for (const [table, some] of rows) {
        if (!Object.hasOwn(expected, table))
          throw new BackupError(`The backup holds rows of ${table}, which its manifest does not name.`)
        const name = `vault.${identifier(table)}`
        await tx.query(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1)`, [
          JSON.stringify(some.map(({ row }) => row)),
        ])
      }
    }
    for (const [table, { rows, sha256 }] of Object.entries(expected)) {
      const found = await tx.query<{ row: string }>(
        `select to_jsonb(t)::text as row from vault.${identifier(table)} t order by to_jsonb(t)::text collate "C"`,
      )
      const hash = createHash('sha256')
      for (const { row } of found) hash.update(`${row}\n`)
      if (found.length !== rows || hash.digest('hex') !== sha256)
        throw new BackupError(`vault.${table} did not come back as it was. Nothing of the vault was restored.`)
    }
    await tx.query(`drop table if exists vault.${MARK}`)
  })
}
