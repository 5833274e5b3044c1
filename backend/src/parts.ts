import { join } from 'node:path'
import { eventTypes } from '@projectionist/shared/events/all'
import type { DataSource } from 'typeorm'
import { FfmpegEngine } from './adapters/ffmpeg/ffmpeg-engine.js'
import { attachedPicture, stillAt } from './adapters/ffmpeg/stills.js'
import { pictureMaker } from './adapters/artwork/picture-maker.js'
import { processProber } from './adapters/probe/prober.js'
import { readNfo } from './adapters/probe/nfo.js'
import type { Config } from './config.js'
import { refuseHalfRestored } from './platform/backup/vault-tables.js'
import { openEventStore } from './event-stores.js'
import { CommandRunner } from './platform/eventing/command-runner.js'
import { EventCatalog } from './platform/eventing/event-catalog.js'
import type { EventStore } from './platform/eventing/event-store.js'
import type { Projection } from './platform/eventing/projection.js'
import { Announcer } from './platform/eventing/projector/announcer.js'
import { Projector } from './platform/eventing/projector/projector.js'
import type { Replays } from './platform/eventing/projector/replay.js'
import { Serving } from './platform/eventing/projector/serving.js'
import { ImageLinks } from './platform/image-links.js'
import { Dispatcher } from './platform/jobs/dispatcher.js'
import { Jobs } from './platform/jobs/jobs.js'
import { PassingState } from './platform/jobs/passing-state.js'
import { Keys } from './platform/keys.js'
import { LiveBus } from './platform/live/live-bus.js'
import type { MediaEngine } from './platform/media/media-engine.js'
import type { Pictures } from './platform/media/pictures.js'
import type { Probing } from './platform/media/probing.js'
import { openDataSource, poolOf } from './platform/sql/data-source.js'
import { Listener } from './platform/sql/listener.js'
import { Sql } from './platform/sql/sql.js'
import { ReplaysInThread } from './replays-in-thread.js'
import { coreProjections, entities, projections } from './slices/all.js'
import type pino from 'pino'

/** What the program stands on, opened in order. */
export interface Parts {
  readonly config: Config
  readonly log: pino.Logger
  readonly data: DataSource
  readonly sql: Sql
  readonly listener: Listener
  readonly store: EventStore
  readonly catalog: EventCatalog
  readonly runner: CommandRunner
  readonly announcer: Announcer
  readonly projector: Projector
  readonly replays: Replays
  readonly serving: Serving
  readonly projections: readonly Projection[]
  readonly keys: Keys
  readonly images: ImageLinks
  readonly live: LiveBus
  readonly passing: PassingState
  readonly jobs: Jobs
  readonly dispatcher: Dispatcher
  readonly media: MediaEngine
  readonly pictures: Pictures
  readonly probing: Probing
  close(): Promise<void>
}

/** Connects to the servers, brings schemas up to date, and readies the read models. Throws what is missing. */
export async function openParts(config: Config, servers: { databaseUrl: string; redisUrl: string }, log: pino.Logger): Promise<Parts> {
  const data = await openDataSource(servers.databaseUrl, config.databasePool, entities)
  const pool = poolOf(data)
  pool.on('error', error => log.debug({ err: error }, 'a connection to PostgreSQL was lost'))
  const sql = new Sql(pool)
  await refuseHalfRestored(sql)
  const listener = new Listener({ connectionString: servers.databaseUrl, application_name: 'projectionist listener', keepAlive: true }, error =>
    log.debug({ err: error }, 'PostgreSQL is away'))
  const store = await openEventStore(config.eventStore, { pool, listener })
  const catalog = new EventCatalog(eventTypes)
  const announcer = new Announcer(sql, listener, config.node)
  const replays = new ReplaysInThread({ sql, store, catalog }, { databaseUrl: servers.databaseUrl, eventStore: config.eventStore })
  const projector = new Projector(projections, { sql, store, catalog, announcer, log, replays }, config.node)
  const serving = new Serving(projections, coreProjections, { sql, store })
  const keys = new Keys(data)
  const live = new LiveBus(servers.redisUrl, log)
  const passing = new PassingState(servers.redisUrl, log)
  const jobs = new Jobs(servers.redisUrl, log)
  const dispatcher = new Dispatcher(sql, jobs, announcer, log)
  const media = new FfmpegEngine({ configured: config.ffmpegPath, searchPath: config.searchPath })
  const pictures = pictureMaker({
    cache: join(config.home, 'cache'),
    stills: {
      at: async (path, atMs, signal) => stillAt((await media.tool()).ffmpeg.path, path, atMs, signal),
      attached: async (path, signal) => attachedPicture((await media.tool()).ffmpeg.path, path, signal),
    },
  })
  const probing: Probing = { prober: processProber(), readNfo }
  await projector.prepare()
  await serving.open()
  return {
    config, log, data, sql, listener, store, catalog, announcer, projector, replays, serving, projections, keys, live, passing, jobs, dispatcher, media, pictures, probing,
    runner: new CommandRunner(store, catalog),
    images: await ImageLinks.make(keys),
    async close() {
      await dispatcher.stop()
      await jobs.close()
      await Promise.all([pictures.close(), probing.prober.close()])
      await projector.stop()
      await store.close()
      announcer.close()
      live.close()
      passing.close()
      await listener.close()
      await data.destroy()
    },
  }
}
