import { identifier, type Query, type Sql } from '../../sql/sql.js'
import type { Position } from '../event-store.js'
import type { Projection, Row, Table } from '../projection.js'
import { checkpointOf, dropSchema, nameOf } from './projection-schema.js'
import { publicationOf } from './publication.js'
import { replay, type ReplayParts, type ReplayProgress } from './replay.js'

export interface Difference {
  readonly table: string
  readonly key: Readonly<Record<string, unknown>>
  /** `missing`: the log makes this row, the table has none. `surplus`: the other way round. */
  readonly kind: 'missing' | 'surplus' | 'different'
  /** Which columns differ; empty when the row has changed since, so that nobody can tell any more. */
  readonly columns: readonly string[]
}

export interface Verification {
  readonly projection: string
  /** Compared as of this position. */
  readonly position: Position
  /** Rows compared, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** The first of each table. */
  readonly differences: readonly Difference[]
  readonly differing: number
}

export class CannotVerify extends Error {
  override readonly name = 'CannotVerify'
}

const MOST_NAMED = 20

/**
 * Replays the log into tables of its own, up to where the tables that serve stood at one moment, and compares a hash of every row. The
 * server may run and go on meanwhile. Throws `CannotVerify` where nothing serves, or the log cannot be taken.
 */
export async function verify(
  projections: readonly Projection[],
  parts: ReplayParts,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ReplayProgress) => void } = {},
): Promise<readonly Verification[]> {
  const { sql, store } = parts
  const log = await store.identity()
  await dropForgotten(sql)
  const run = Date.now().toString(36)
  const scratch = ({ name }: Projection): string => `verify_${run}_${name}`
  const taken = new Map<Projection, Taken>()
  try {
    for (const projection of projections)
      taken.set(projection, await takeHashes(sql, projection, `${scratch(projection)}_was`, log))
    const to = (projection: Projection): Position => taken.get(projection)!.position
    const { complete, faults } = await replay(projections, parts, { ...options, schemaOf: scratch, to })
    for (const [{ name }, fault] of faults)
      throw new CannotVerify(`${name}: the log cannot be replayed: ${fault.message}`, { cause: fault })
    if (!complete) throw new CannotVerify('Stopped before the end')
    const found: Verification[] = []
    for (const [projection, { serving, position }] of taken)
      found.push(await compare(sql, projection, scratch(projection), serving, position))
    return found
  } finally {
    for (const projection of projections) await dropScratch(sql, scratch(projection)).catch(() => {})
  }
}

interface Taken {
  readonly position: Position
  readonly serving: string
}

const FORGOTTEN_AFTER_MS = 86_400_000

/** What runs that were killed have left behind. */
async function dropForgotten(sql: Sql): Promise<void> {
  const rows = await sql.query<{ nspname: string }>(`select nspname from pg_namespace where nspname ~ '^verify_[0-9a-z]+_'`)
  for (const { nspname } of rows)
    if (parseInt(nspname.split('_')[1]!, 36) < Date.now() - FORGOTTEN_AFTER_MS) await dropSchema(sql, nspname)
}

async function dropScratch(sql: Sql, schema: string): Promise<void> {
  await dropSchema(sql, schema)
  await dropSchema(sql, `${schema}_was`)
}

/** Position and the hash of every row, as of one moment. */
async function takeHashes(sql: Sql, projection: Projection, into: string, log: string): Promise<Taken> {
  return sql.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read')
    const publication = await publicationOf(tx, projection)
    const checkpoint = publication && (await checkpointOf(tx, publication.schema))
    if (!publication || !checkpoint?.ready)
      throw new CannotVerify(`${projection.name} is not filled yet; there is nothing to compare`)
    if (publication.version !== projection.version)
      throw new CannotVerify(
        `${projection.name} is shown in version ${publication.version}, this program has version ${projection.version}`,
      )
    if (checkpoint.log !== log) throw new CannotVerify(`${projection.name} is filled from another log than the one in use`)
    await tx.query(`create schema ${identifier(into)}`)
    for (const table of projection.tables)
      await tx.query(
        `create unlogged table ${nameOf(into, table)} as
         select ${table.key.map(identifier).join(', ')}, ${hash('t')} as row_hash from ${nameOf(publication.schema, table)} t`,
      )
    return { position: checkpoint.position, serving: publication.schema }
  })
}

/** The text of a row says all of it, and the same in both places, since both have the same columns in the same order. */
const hash = (row: string): string => `hashtextextended(${row}::text, 0)`

async function compare(
  sql: Sql,
  projection: Projection,
  schema: string,
  serving: string,
  position: Position,
): Promise<Verification> {
  const rows: Record<string, number> = {}
  const differences: Difference[] = []
  let differing = 0
  for (const table of projection.tables) {
    const key = table.key.map(identifier).join(', ')
    const [count] = await sql.query<{ n: number }>(`select count(*) as n from ${nameOf(schema, table)}`)
    rows[table.name] = count!.n
    const found = await sql.query<Row & { kind: Difference['kind']; total: number }>(
      `select ${key}, case when w.row_hash is null then 'missing' when n.row_hash is null then 'surplus' else 'different' end as kind, count(*) over () as total
       from ${nameOf(`${schema}_was`, table)} w full join (select ${key}, ${hash('t')} as row_hash from ${nameOf(schema, table)} t) n using (${key})
       where w.row_hash is distinct from n.row_hash order by ${key} limit ${MOST_NAMED}`,
    )
    differing += found[0]?.total ?? 0
    for (const { kind, total: _, ...row } of found)
      differences.push({
        table: table.name,
        key: row,
        kind,
        columns: kind === 'different' ? await columnsThatDiffer(sql, table, schema, serving, row) : [],
      })
  }
  return { projection: projection.name, position, rows, differences, differing }
}

async function columnsThatDiffer(sql: Query, table: Table, schema: string, serving: string, row: Row): Promise<string[]> {
  const key = table.key.map((column, index) => `${identifier(column)} = $${index + 1}`).join(' and ')
  const texts = Object.keys(table.columns)
    .map(column => `${identifier(column)}::text`)
    .join(', ')
  const of = (name: string): string =>
    `select array[${texts}] as texts, ${hash('t')} = (select row_hash from ${nameOf(`${schema}_was`, table)} where ${key}) as still from ${name} t where ${key}`
  const values = table.key.map(column => row[column])
  // The serving schema may be gone by now, replaced by a rebuild.
  const [now] = await sql.query<{ texts: (string | null)[]; still: boolean }>(of(nameOf(serving, table)), values).catch(() => [])
  const [made] = await sql.query<{ texts: (string | null)[] }>(of(nameOf(schema, table)), values)
  if (!now?.still) return []
  return Object.keys(table.columns).filter((_, index) => now.texts[index] !== made!.texts[index])
}
