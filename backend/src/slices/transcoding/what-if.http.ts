import { Controller, Inject } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { whatIf } from '@projectionist/shared/api/time-travel'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import { Sql } from '../../platform/sql/sql.js'
import { deviceProfiles } from './device-profiles.js'
import { latestPlays } from './latest-plays.js'
import { replayPlays } from './replay-plays.js'

@Controller()
export class WhatIfHttp {
  constructor(
    private readonly sql: Sql,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly catalog: EventCatalog,
    private readonly items: ItemSummaries,
  ) {}

  @Handle(whatIf)
  async whatIf({ body: { profile, last } }: Request<typeof whatIf>, exchange: Exchange): Promise<Response<typeof whatIf>> {
    await exchange.reads('history')
    return replayPlays(await latestPlays({ sql: this.sql, store: this.store, catalog: this.catalog, items: this.items }, exchange.caller, last), typeof profile === 'string' ? deviceProfiles[profile] : profile)
  }
}
