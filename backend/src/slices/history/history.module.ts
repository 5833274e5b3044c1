import { Module } from '@nestjs/common'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { PORTRAITS, type Portrait } from '../../platform/eventing/portrait.js'
import { ImageLinks } from '../../platform/image-links.js'
import { Sql } from '../../platform/sql/sql.js'
import { HistoryHttp } from './history.http.js'
import { HistoryReader } from './reader.js'

@Module({
  controllers: [HistoryHttp],
  providers: [
    {
      provide: HistoryReader,
      useFactory: (sql: Sql, store: EventStore, catalog: EventCatalog, images: ImageLinks, portraits: readonly Portrait[]) =>
        new HistoryReader(sql, store, catalog, images, portraits),
      inject: [Sql, EVENT_STORE, EventCatalog, ImageLinks, PORTRAITS],
    },
  ],
})
export class HistoryModule {}
