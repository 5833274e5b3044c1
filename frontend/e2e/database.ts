import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Address of a database on the PostgreSQL of the program that lives in `home`. */
export async function databaseUrl(home: string, database = 'projectionist'): Promise<string> {
  // As root, PostgreSQL lives elsewhere, with a link to there.
  const place = [join(home, 'servers/postgres/socket'), join(home, 'postgres/socket')].find(existsSync)
  if (!place) throw new Error(`No PostgreSQL runs for ${home}`)
  return `postgresql://projectionist@localhost:5432/${database}?host=${encodeURIComponent(await realpath(place))}`
}

/** A connection of the test's own; whatever it locks is free when it ends. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** Drops all read models, as when a log comes from elsewhere. Gives the names of their schemas. */
export async function dropReadModels(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname ~ '^(.*_v[0-9]+(_b)?|read)$'`,
  )
  for (const { name } of rows) await client.query(`drop schema ${name} cascade`)
  return rows.map(({ name }) => name).filter(name => name !== 'read')
}
