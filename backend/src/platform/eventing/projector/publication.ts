import { createHash, randomBytes } from 'node:crypto'
import { identifier, type Query, type Sql } from '../../sql/sql.js'
import type { Projection } from '../projection.js'
import { checkpointOf, dropSchema, openSchema } from './projection-schema.js'

/** What the views in `read` show now. */
export interface Publication {
  readonly schema: string
  readonly version: number
  /** False when the views of this program differ from those, though they may show the same tables. */
  readonly current: boolean
}

const fingerprint = ({ views }: Projection): string =>
  createHash('sha256').update(JSON.stringify(views)).digest('hex').slice(0, 16)

/** A version has two schemas: one serves, the other can be filled beside it. */
export const schemasOf = ({ name, version }: Projection): readonly [string, string] => [
  `${name}_v${version}`,
  `${name}_v${version}_b`,
]

/** Where a projection is filled while another schema of it serves. */
export function schemaBeside(projection: Projection, serving: string | undefined): string {
  const [a, b] = schemasOf(projection)
  return serving === a ? b : a
}

/** What the projection's views show; undefined when they are not all there. */
export async function publicationOf(sql: Query, projection: Projection): Promise<Publication | undefined> {
  const names = Object.keys(projection.views)
  const rows = await sql.query<{ comment: string | null }>(
    `select obj_description(c.oid, 'pg_class') as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'read' and c.relname = any($1)`,
    [names],
  )
  const [schema = '', print] = rows[0]?.comment?.split(' ') ?? []
  const version = versionOf(projection, schema)
  if (version === undefined) return undefined
  const whole = rows.length === names.length && rows.every(({ comment }) => comment === rows[0]!.comment)
  return { schema, version, current: whole && print === fingerprint(projection) }
}

/** Points the views in `read` at a schema, all at once. Their comments say at which, and are never the same again. */
export async function publish(sql: Sql, projection: Projection, schema: string): Promise<void> {
  const comment = `${schema} ${fingerprint(projection)} ${randomBytes(4).toString('hex')}`
  await sql.transaction(async tx => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('publish'))`)
    await tx.query('create schema if not exists read')
    for (const [name, select] of Object.entries(projection.views)) {
      const view = `read.${identifier(name)}`
      await tx.query(`drop view if exists ${view} cascade`)
      await tx.query(`create view ${view} as ${select.replaceAll('{schema}', identifier(schema))}`)
      await tx.query(`comment on view ${view} is '${comment}'`)
    }
  })
}

/**
 * For views that are not there yet: points them at tables that are whole, or else at empty ones until others have been filled. Half a
 * table would start work that was done long ago.
 */
export async function publishFirst(sql: Sql, projection: Projection, log: string): Promise<string> {
  const [a, b] = schemasOf(projection)
  const [ofA, ofB] = [await checkpointOf(sql, a), await checkpointOf(sql, b)]
  const whole = ofA?.ready ? a : ofB?.ready ? b : undefined
  const schema = whole ?? (ofA ? b : a)
  if (!whole && ofA && ofB) await dropSchema(sql, b)
  await openSchema(sql, projection, schema, log)
  await publish(sql, projection, schema)
  return schema
}

/** Drops the schemas of this and older versions that do not serve. Those of newer ones belong to a newer program. */
export async function dropAllBut(sql: Sql, projection: Projection, serving: string): Promise<void> {
  const rows = await sql.query<{ nspname: string }>(`select nspname from pg_namespace where nspname ~ $1`, [
    `^${projection.name}_v[0-9]+(_b)?$`,
  ])
  for (const { nspname } of rows)
    if (nspname !== serving && versionOf(projection, nspname)! <= projection.version) await dropSchema(sql, nspname)
}

function versionOf({ name }: Projection, schema: string): number | undefined {
  const match = schema.startsWith(`${name}_v`) ? /^(\d+)(?:_b)?$/.exec(schema.slice(name.length + 2)) : null
  return match ? Number(match[1]) : undefined
}
