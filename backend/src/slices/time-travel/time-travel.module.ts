import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { StreamKinds } from '../../platform/eventing/stream-kinds.js'
import type { Projection } from '../../platform/eventing/projection.js'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Replays } from '../../platform/eventing/projector/replay.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import { PastLibraries } from '../../platform/past-libraries.js'
import { Settings } from '../../platform/settings.js'
import { Listener } from '../../platform/sql/listener.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { KeptPastLibraries } from './kept-past-libraries.js'
import { PastBuilder } from './past-builder.js'
import { Portraits } from './portraits.js'
import { TimeTravelHttp } from './time-travel.http.js'
import { TimeTravelParts } from './time-travel-parts.js'


/** Looks back: at the library as it was, at any subject as it was, at what changed between two moments. */
@Global()
@Module({})
export class TimeTravelModule implements OnModuleInit, OnApplicationShutdown {
  /** `projections` make a past library. */
  static of(projections: readonly Projection[]): DynamicModule {
    return {
      module: TimeTravelModule,
      controllers: [TimeTravelHttp],
      providers: [
        { provide: KeptPastLibraries, useFactory: (sql: Sql, store: EventStore) => new KeptPastLibraries(sql, store, projections), inject: [Sql, EVENT_STORE] },
        { provide: PastLibraries, useExisting: KeptPastLibraries },
        {
          provide: TimeTravelParts,
          useFactory: (sql: Sql, store: EventStore, catalog: EventCatalog, pasts: KeptPastLibraries, items: ItemSummaries, announcer: Announcer, kinds: StreamKinds) =>
            new TimeTravelParts(sql, store, new Portraits(kinds.portraits, catalog), pasts, items, announcer),
          inject: [Sql, EVENT_STORE, EventCatalog, KeptPastLibraries, ItemSummaries, Announcer, StreamKinds],
        },
        {
          provide: PastBuilder,
          useFactory: (sql: Sql, replays: Replays, log: Logger, pasts: KeptPastLibraries, settings: Settings, listener: Listener) =>
            new PastBuilder({ sql, replays, log, madeOf: () => pasts.madeOf() }, projections, settings.node, listener),
          inject: [Sql, Replays, Logger, KeptPastLibraries, Settings, Listener],
        },
      ],
      exports: [PastLibraries],
    }
  }

  constructor(
    @Inject(PastBuilder) private readonly builder: PastBuilder,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (this.settings.roles.has('projector')) this.builder.start()
  }

  async onApplicationShutdown(): Promise<void> {
    await this.builder.stop()
  }
}
