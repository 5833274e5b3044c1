import { randomUUID } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance } from 'fastify'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import type { Attribution } from '../../platform/eventing/decider.js'
import { handles } from '../../platform/eventing/handles.js'
import { type JobHandler, Jobs } from '../../platform/jobs/jobs.js'
import { Keys } from '../../platform/keys.js'
import { type MediaError, MediaEngine } from '../../platform/media/media-engine.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { mediaRoutes } from './media-routes.js'
import { PlaybackParts, serveSession } from './playback-parts.js'
import { SegmentClient } from './segment-client.js'
import { SegmentServer } from './segment-server.js'
import { SegmentWorker } from './segment-worker.js'
import { SessionsHttp } from './sessions.http.js'
import { StopPlay, stopping } from './stopping.js'
import { BeginTranscode, EndTranscode, FailTranscode, transcode } from './transcode.js'
import { WhatIfHttp } from './what-if.http.js'
import { takeWorkerFolder } from './worker-folder.js'

/** Sessions a node holds at once; those that only copy cost next to nothing, those that encode have a limit of their own. */
const MOST_SESSIONS = 64

@Module({
  controllers: [SessionsHttp, WhatIfHttp],
  providers: [
    {
      provide: PlaybackParts,
      useFactory: (engine: MediaEngine, keys: Keys, settings: Settings, jobs: Jobs) => PlaybackParts.make(engine, keys, settings, jobs),
      inject: [MediaEngine, Keys, Settings, Jobs],
    },
    ...[BeginTranscode, EndTranscode, FailTranscode].map(command => handles(command, transcode)),
    handles(StopPlay, stopping),
  ],
})
export class TranscodingModule implements OnModuleInit, OnApplicationShutdown {
  private server: SegmentServer | undefined

  constructor(
    private readonly parts: PlaybackParts,
    private readonly sql: Sql,
    private readonly settings: Settings,
    private readonly log: Logger,
    private readonly runner: CommandRunner,
    private readonly jobs: Jobs,
    private readonly http: HttpAdapterHost,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.settings.roles.has('worker')) await this.startWorker()
    if (this.settings.roles.has('api')) this.addRoutes()
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server?.close()
  }

  private addRoutes(): void {
    const { seal, tokens, folder } = this.parts
    const segments = new SegmentClient({ sql: this.sql, seal, enqueue: (id, epoch) => this.parts.enqueue(id, epoch) })
    mediaRoutes(this.http.httpAdapter.getInstance<FastifyInstance>(), {
      sql: this.sql, tokens, segments, log: this.log, folder, failed: (id, error) => void this.noteFailure(id, error),
    })
  }

  private async startWorker(): Promise<void> {
    const { engine, seal, folder } = this.parts
    const { host, port, transcodes } = this.settings.worker
    await takeWorkerFolder(dirname(folder), basename(folder))
    let address = ''
    const worker = new SegmentWorker({ engine, sql: this.sql, folder, address: () => address, encodes: transcodes })
    this.server = new SegmentServer(id => worker.media(id), seal)
    const listening = await this.server.listen(isLoopback(host) ? host : '0.0.0.0', port)
    address = `http://${host.includes(':') ? `[${host}]` : host}:${listening}`
    await engine.check().catch((error: MediaError) => this.log.warn({}, error.message))
    const handler: JobHandler<{ sessionId: string; epoch: number }> = {
      type: serveSession,
      concurrency: MOST_SESSIONS,
      handle: async ({ sessionId, epoch }, { signal }) => {
        const { ending, segments } = await worker.hold(sessionId, epoch, signal)
        this.log.debug({ sessionId, epoch, ending, segments }, 'session served')
        // Whoever ended it on purpose has said so already; then this changes nothing.
        if (ending === 'gone') await this.note(new EndTranscode({ sessionId, cause: 'silent', segments }, byPlayback(sessionId, 'the player fell silent')))
      },
    }
    this.jobs.work([handler as unknown as JobHandler])
  }

  private async noteFailure(sessionId: string, { code, message }: MediaError): Promise<void> {
    await this.note(new FailTranscode({ sessionId, code, detail: message.slice(0, 2000) }, byPlayback(sessionId, 'media could not be made')))
  }

  private async note(command: EndTranscode | FailTranscode): Promise<void> {
    await this.runner
      .run(transcode, command)
      .catch((error: unknown) => this.log.warn({ err: error }, 'what became of a session could not be recorded'))
  }
}

/** A session's first play has its id. */
function byPlayback(sessionId: string, reason: string): Attribution {
  const commandId = randomUUID()
  return { commandId, actor: { kind: 'process', name: 'playback' }, reason, correlationId: sessionId, causationId: commandId }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')
