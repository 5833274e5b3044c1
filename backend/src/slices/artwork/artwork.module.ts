import { Module, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { DomainError } from '../../platform/eventing/decider.js'
import { handles } from '../../platform/eventing/handles.js'
import { problemOf } from '../../platform/http/problem.filter.js'
import { PROJECTIONIST, uuidv5 } from '../../platform/ids.js'
import { ImageLinks } from '../../platform/image-links.js'
import { Dispatcher } from '../../platform/jobs/dispatcher.js'
import { Jobs, jobType } from '../../platform/jobs/jobs.js'
import { Pictures } from '../../platform/media/pictures.js'
import { Settings } from '../../platform/settings.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { artwork, SettleArtwork } from './choose-artwork.js'
import { serveImages } from './images.js'
import { lookForArtwork } from './look-for-artwork.js'

const lookForPictures = jobType('look-for-pictures', 'cpu', z.object({ itemId: z.uuid() }))
const AT_ONCE = 2

/** Pictures of items: looks for what is owed, and serves them. */
@Module({ providers: [handles(SettleArtwork, artwork)] })
export class ArtworkModule implements OnModuleInit {
  constructor(
    private readonly sql: Sql,
    private readonly pictures: Pictures,
    private readonly links: ImageLinks,
    private readonly jobs: Jobs,
    private readonly dispatcher: Dispatcher,
    private readonly runner: CommandRunner,
    private readonly settings: Settings,
    private readonly log: Logger,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const { roles } = this.settings
    if (roles.has('api'))
      serveImages(this.http.httpAdapter.getInstance<FastifyInstance>(), this.sql, this.links, this.pictures, error => problemOf(error, this.log, 'GET /api/images'))
    if (roles.has('projector'))
      this.dispatcher.follow({
        name: 'artwork',
        projection: 'artwork_owed',
        select: `select o.work_id, o.since from read.artwork_to_do o left join read.library_roots r on r.id = o.root_id
          where r.lost is null order by o.since limit $1`,
        window: 40,
        does: { job: lookForPictures, data: ({ work_id }) => ({ itemId: work_id }) },
      })
    if (roles.has('worker'))
      this.jobs.work([{ type: lookForPictures, concurrency: AT_ONCE, handle: ({ itemId }, { signal }) => this.#look(itemId, signal) }])
  }

  async #look(itemId: string, signal: AbortSignal): Promise<void> {
    const found = await lookForArtwork(this.sql, this.pictures, itemId, signal)
    if (found.outcome === 'later') return
    const commandId = uuidv5(PROJECTIONIST, `artwork ${itemId} ${found.since}`)
    const by = { commandId, actor: { kind: 'process', name: 'artwork' } as const, reason: 'look for pictures', ...found.cause }
    const data = found.outcome === 'found' ? { pictures: found.pictures, detail: '' } : { pictures: [], detail: found.detail }
    await this.runner.run(artwork, new SettleArtwork({ itemId, ...data }, by)).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error
    })
  }
}
