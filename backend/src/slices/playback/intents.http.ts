import { Controller, Inject } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { sendIntents } from '@projectionist/shared/api/playback'
import { CommandRunner } from '../../platform/eventing/command-runner.js'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { Sql } from '../../platform/sql/sql.js'
import { takeIntents } from './take-intents.js'

@Controller()
export class IntentsHttp {
  constructor(
    private readonly sql: Sql,
    private readonly runner: CommandRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly catalog: EventCatalog,
  ) {}

  @Handle(sendIntents)
  async sendIntents({ body }: Request<typeof sendIntents>, exchange: Exchange): Promise<Response<typeof sendIntents>> {
    const { sql, runner, store, catalog } = this
    const by = exchange.by('done while offline')
    const { results, positions } = await takeIntents({ sql, runner, store, catalog }, exchange.caller, body, by, new Date())
    for (const position of positions) exchange.wrote(position)
    await exchange.shown('watch_state')
    return { results }
  }
}
