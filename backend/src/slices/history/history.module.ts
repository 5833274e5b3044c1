import { Module } from '@nestjs/common'
import { EventCatalog } from '../../platform/eventing/event-catalog.js'
import { EVENT_STORE, type EventStore } from '../../platform/eventing/event-store.js'
import { handles } from '../../platform/eventing/handles.js'
import { StreamKinds } from '../../platform/eventing/stream-kinds.js'
import { ImageLinks } from '../../platform/image-links.js'
import { Sql } from '../../platform/sql/sql.js'
import { exported, NoteExport } from './exported.js'
import { HistoryHttp } from './history.http.js'
import { HistoryReader } from './reader.js'

@Module({
  controllers: [HistoryHttp],
  providers: [
    handles(NoteExport, exported),
    {
      provide: HistoryReader,
      useFactory: (sql: Sql, store: EventStore, catalog: EventCatalog, images: ImageLinks, kinds: StreamKinds) =>
        new HistoryReader(sql, store, catalog, images, kinds.portraits),
      inject: [Sql, EVENT_STORE, EventCatalog, ImageLinks, StreamKinds],
    },
  ],
})
export class HistoryModule {}
