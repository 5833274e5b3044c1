import { Readable } from 'node:stream'
import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { errorCodes, type ErrorCode } from '@projectionist/shared/api/errors'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { DomainError } from '../../platform/eventing/decider.js'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { Callers } from '../../platform/http/caller.js'
import { problemOf } from '../../platform/http/problem.filter.js'
import { Keys } from '../../platform/keys.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { Downloads } from './downloads.js'
import { exportOf } from './export.js'
import { PersonalDataHttp } from './personal-data.http.js'
import { zip } from './zip.js'

/** What a person may have of theirs: everything, in one file. */
@Module({
  controllers: [PersonalDataHttp],
  providers: [{ provide: Downloads, useFactory: (keys: Keys) => new Downloads(keys), inject: [Keys] }],
})
export class PersonalDataModule implements OnModuleInit {
  constructor(
    private readonly downloads: Downloads,
    private readonly callers: Callers,
    private readonly sql: Sql,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly catalog: EventCatalog,
    private readonly settings: Settings,
    private readonly log: Logger,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    if (!this.settings.roles.has('api')) return
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>()
    fastify.get<{ Params: { token: string } }>(
      '/api/exports/:token',
      { compress: false } as object,
      async ({ params }, reply) => {
        try {
          return await this.#send(params.token, reply)
        } catch (error) {
          const problem = problemOf(error, this.log, 'GET /api/exports')
          return reply
            .status(errorCodes[problem.code as ErrorCode][0])
            .type('application/problem+json')
            .send(problem)
        }
      },
    )
  }

  async #send(token: string, reply: FastifyReply): Promise<FastifyReply> {
    const now = new Date()
    const caller = await this.callers.find(await this.downloads.open(token, now))
    if (!caller) throw new DomainError('not-found')
    const name = `projectionist-data-${now.toISOString().slice(0, 10)}.zip`
    const archive = Readable.from(zip(exportOf({ sql: this.sql, store: this.store, catalog: this.catalog }, caller, now), now), {
      objectMode: false,
    })
    archive.once('error', (error: Error) => this.log.warn({ err: error }, 'an export was cut off'))
    return reply.type('application/zip').header('content-disposition', `attachment; filename="${name}"`).send(archive)
  }
}
