import { mkdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { explained, type EmbeddedOptions, type EmbeddedServer } from './embedded.js'
import { lockFolder } from './folder-lock.js'
import { postgresBinaries } from './postgres-binaries.js'
import { clearAfterCrash, DATABASE, ensureDataFolder } from './postgres-data.js'
import { postgresSettings } from './postgres-settings.js'
import { ownFolder, serversFolder, whoRuns } from './run-as.js'
import { emptySocketFolder, removeSocketFolder, socketFolder } from './socket-folder.js'
import { supervise } from './supervise.js'

/**
 * Starts the PostgreSQL that comes with the program, its data in `home/postgres`, reached by a unix socket that only this user
 * (and root) may use. `url` is for `pg`: `postgresql://…?host=<folder>`. Recovers by itself from any way the program,
 * or the server, may have ended before. Throws `CannotStart`.
 */
export async function startEmbeddedPostgres({ home, log, settings }: EmbeddedOptions): Promise<EmbeddedServer> {
  const user = whoRuns(join(home, 'servers/postgres/data'), join(home, 'postgres/data'))
  const folder = join(serversFolder(home, user), 'postgres')
  const data = join(folder, 'data')
  ownFolder(folder, user)
  const lock = lockFolder(home, join(folder, 'lock'))
  try {
    await clearAfterCrash(data)
    const binaries = await postgresBinaries(folder, user)
    await ensureDataFolder(data, binaries, user)
    const sockets = socketFolder(folder, '.s.PGSQL.5432', user)
    const chosen = { ...postgresSettings(totalmem(), sockets), ...settings }
    const server = await supervise(
      {
        name: 'PostgreSQL',
        command: binaries.postgres,
        args: ['-D', data, ...Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        folder: '/',
        user,
        logFile: join(logFolder(home), 'postgres.log'),
        readyWithinMs: 120_000,
        // Fast, then immediate: both end sessions, the second leaves the log to be replayed at the next start.
        stop: [
          { signal: 'SIGINT', patienceMs: 30_000 },
          { signal: 'SIGQUIT', patienceMs: 5_000 },
          { signal: 'SIGKILL', patienceMs: 5_000 },
        ],
        async prepare() {
          await clearAfterCrash(data)
          emptySocketFolder(sockets)
        },
      },
      log,
    )
    const stop = async (): Promise<void> => {
      await server.stop()
      removeSocketFolder(folder)
      lock.release()
    }
    let stopped: Promise<void> | undefined
    const url = (database: string): string => postgresUrl(sockets, database)
    try {
      await ensureDatabase(url)
    } catch (error) {
      await stop()
      throw error
    }
    return { url: url(DATABASE), stop: () => (stopped ??= stop()) }
  } catch (error) {
    lock.release()
    throw explained(error, folder)
  }
}

/** The address of a server whose socket is in a folder. */
export const postgresUrl = (sockets: string, database = DATABASE): string =>
  `postgresql://${DATABASE}@localhost:5432/${database}?host=${encodeURIComponent(sockets)}`

async function ensureDatabase(url: (database: string) => string): Promise<void> {
  try {
    await query(url(DATABASE), 'select')
  } catch (error) {
    if ((error as { code?: string }).code !== INVALID_CATALOG_NAME) throw error
    await query(url('postgres'), `create database ${DATABASE}`)
  }
}

const INVALID_CATALOG_NAME = '3D000'

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** `home/log`, made when missing. */
export function logFolder(home: string): string {
  const folder = join(home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
