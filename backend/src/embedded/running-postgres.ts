import { existsSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import pg from 'pg'
import { CannotStart, type EmbeddedOptions, type EmbeddedServer } from './embedded.js'
import { postgresUrl, startEmbeddedPostgres } from './postgres.js'
import { serversFolder, whoRuns } from './run-as.js'

const PATIENCE_MS = 20_000

/** Whether a program has ever kept its data under this home. */
export function hasEmbeddedPostgres(home: string): boolean {
  return existsSync(join(home, 'postgres/data')) || existsSync(join(home, 'servers/postgres/data'))
}

/**
 * The embedded PostgreSQL of a home, for a command beside the program: the one that runs, or else one that is started, and stopped
 * again by `stop`. Throws `CannotStart`, also when this user may not reach the one that runs.
 */
export async function reachEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer & { readonly ours: boolean }> {
  for (const until = Date.now() + PATIENCE_MS; ; await wait(200)) {
    const url = await runningUrl(options.home)
    if (url) return { url, ours: false, stop: () => Promise.resolve() }
    try {
      return Object.assign(await startEmbeddedPostgres(options), { ours: true })
    } catch (error) {
      // The program may just be starting or stopping: its folder is taken, its server does not answer.
      if (!(error instanceof CannotStart) || !/already runs/.test(error.message) || Date.now() > until) throw error
    }
  }
}

async function runningUrl(home: string): Promise<string | undefined> {
  if (!hasEmbeddedPostgres(home)) return undefined
  const user = whoRuns(join(home, 'servers/postgres/data'), join(home, 'postgres/data'))
  const url = postgresUrl(followed(join(serversFolder(home, user), 'postgres/socket')))
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return url
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === '28000')
      throw new CannotStart(
        `The PostgreSQL of ${home} runs, and this user may not reach it. Run the command as the user that Projectionist runs as.`,
      )
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

function followed(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return path
  }
}
