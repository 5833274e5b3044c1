import type pg from 'pg'
import { DataSource } from 'typeorm'
import { StoredKey } from '../keys.js'
import { VaultAndLive1795392000001 } from './migrations/1-vault-and-live.js'
import { PlaybackSessions1795392000002 } from './migrations/2-playback-sessions.js'
import { ScanProgress1795392000003 } from './migrations/3-scan-progress.js'
import { SessionSegments1795392000004 } from './migrations/4-session-segments.js'
import { UndoProgress1795392000050 } from './migrations/5-undo-progress.js'
import { PastLibraries1795392000012 } from './migrations/12-past-libraries.js'
import { Erasures1795392000010 } from './migrations/10-erasures.js'
import { RefusedSignIns1795392000130 } from './migrations/13-refused-sign-ins.js'

/** Schema changes of `vault` and `live`, in order; a slice adds its own to the end. */
const migrations = [
  VaultAndLive1795392000001, PlaybackSessions1795392000002, ScanProgress1795392000003, SessionSegments1795392000004, Erasures1795392000010,
  PastLibraries1795392000012, UndoProgress1795392000050, RefusedSignIns1795392000130,
]

/** Connects and brings `vault` and `live` up to date. Entities of slices are added by `entities`. */
export async function openDataSource(url: string, poolSize: number, entities: readonly (new () => object)[]): Promise<DataSource> {
  const data = new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: [StoredKey, ...entities],
    migrations,
    migrationsTableName: 'migrations',
    schema: 'public',
    synchronize: false,
    applicationName: 'projectionist',
    extra: { keepAlive: true, connectionTimeoutMillis: 10_000 },
  })
  await data.initialize()
  await data.query('select pg_advisory_lock(8315161803712)')
  try {
    await data.runMigrations({ transaction: 'all' })
  } finally {
    await data.query('select pg_advisory_unlock_all()')
  }
  return data
}

/** The pool TypeORM uses, so that the process has one. */
export function poolOf(data: DataSource): pg.Pool {
  return (data.driver as unknown as { master: pg.Pool }).master
}
