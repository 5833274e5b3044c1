import { Controller, Inject } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { getReadModels, rebuildReadModels, resumeReadModel, type ReadModel } from '@projectionist/shared/api/projections'
import { DomainError } from '../../platform/eventing/decider.js'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import type { Projection } from '../../platform/eventing/projection.js'
import { overview, type ProjectionOverview } from '../../platform/eventing/projector/overview.js'
import { Projector } from '../../platform/eventing/projector/projector.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { askOfReadModels } from './asking.js'

@Controller()
export class ProjectionsHttp {
  constructor(
    private readonly projector: Projector,
    readonly sql: Sql,
    readonly runner: CommandRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Handle(getReadModels)
  async getReadModels(_: Request<typeof getReadModels>, __: Exchange): Promise<Response<typeof getReadModels>> {
    const { sql, store } = this
    return { readModels: (await overview(this.projector.projections, { sql, store })).map(toReadModel) }
  }

  @Handle(rebuildReadModels)
  async rebuildReadModels({ body }: Request<typeof rebuildReadModels>, exchange: Exchange): Promise<void> {
    const wanted = body.name === undefined ? this.projector.projections : [this.#find(body.name)]
    const names = wanted.map(({ name }) => name)
    exchange.wrote(await askOfReadModels(this, 'rebuild', names, exchange.by('rebuild read models')))
  }

  @Handle(resumeReadModel)
  async resumeReadModel({ params }: Request<typeof resumeReadModel>, exchange: Exchange): Promise<void> {
    // Not `exchange.wrote`: who asks must not wait for what has stopped.
    await askOfReadModels(this, 'resume', [this.#find(params.name).name], exchange.by('resume a read model'))
  }

  #find(name: string): Projection {
    const found = this.projector.projections.find(each => each.name === name)
    if (!found) throw new DomainError('read-model-not-found')
    return found
  }
}

const toReadModel = (each: ProjectionOverview): ReadModel => ({
  name: each.name,
  version: each.version,
  serves: each.serves ?? null,
  state: each.state,
  position: String(each.position),
  behind: { events: each.behind.events, more: each.behind.more, since: each.behind.since ?? null },
  filling: each.filling
    ? { done: Math.min(1, each.filling.position / Math.max(1, each.filling.to)), rate: Math.round(each.filling.rate) }
    : null,
  rebuildAsked: each.asked === 'rebuild',
  fault: each.fault
    ? {
        error: each.fault.error,
        event: each.fault.event ? { ...each.fault.event, position: String(each.fault.event.position) } : null,
      }
    : null,
  trouble: each.trouble ?? null,
  givenUp: each.givenUp ?? null,
})
