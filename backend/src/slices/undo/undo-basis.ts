import { Inject, Injectable } from '@nestjs/common'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { StreamKinds } from '../../platform/eventing/stream-kinds.js'
import { Sql } from '../../platform/sql/sql.js'
import type { UndoParts } from './decisions.js'

/** What undos rest on, for whoever is put together by Nest. */
@Injectable()
export class UndoBasis implements UndoParts {
  constructor(
    readonly sql: Sql,
    @Inject(EVENT_STORE) readonly store: EventStore,
    readonly catalog: EventCatalog,
    readonly kinds: StreamKinds,
  ) {}
}
