import type { Projection } from '../../platform/eventing/projection.js'
import { identifier, type Query, type Sql } from '../../platform/sql/sql.js'

/** Where a past library's views are. */
export const viewsOf = (id: string): string => `asof_${id.replaceAll('-', '')}`
/** Where the tables of one of its projections are. */
export const tablesOf = (id: string, projection: Projection): string => `${viewsOf(id)}_${projection.name}`

/** Makes the views by which a past library is read, once its tables are filled. */
export async function makeViews(sql: Sql, id: string, projections: readonly Projection[]): Promise<void> {
  const schema = identifier(viewsOf(id))
  await sql.transaction(async tx => {
    await tx.query(`drop schema if exists ${schema} cascade`)
    await tx.query(`create schema ${schema}`)
    for (const projection of projections)
      for (const [name, select] of Object.entries(projection.views))
        await tx.query(`create view ${schema}.${identifier(name)} as ${select.replaceAll('{schema}', identifier(tablesOf(id, projection)))}`)
  })
}

/** Drops the schemas of all past libraries that are no more. */
export async function dropOrphans(sql: Query): Promise<void> {
  const orphans = await sql.query<{ nspname: string }>(
    `select nspname from pg_namespace
     where nspname ~ '^asof_[0-9a-f]{32}' and not exists (select from live.past_libraries where replace(id::text, '-', '') = substr(nspname, 6, 32))
     order by nspname desc`,
  )
  for (const { nspname } of orphans) await sql.query(`drop schema if exists ${identifier(nspname)} cascade`)
}
