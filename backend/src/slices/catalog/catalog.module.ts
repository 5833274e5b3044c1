import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Serving } from '../../platform/eventing/projector/serving.js'
import { Health } from '../../platform/http/health.js'
import { ImageLinks } from '../../platform/image-links.js'
import { ItemSummaries } from '../../platform/item-summaries.js'
import { LibraryCounts } from '../../platform/library-counts.js'
import { PastLibraries } from '../../platform/past-libraries.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { CatalogHttp } from './catalog.http.js'
import { Catalog } from './catalog.js'
import { nextOf } from './item-page.js'
import { summaries } from './item-summaries.js'

@Global()
@Module({
  controllers: [CatalogHttp],
  providers: [
    { provide: Catalog, useFactory: (sql: Sql, announcer: Announcer, past: PastLibraries, serving: Serving, log: Logger) => new Catalog(sql, announcer, past, serving, log), inject: [Sql, Announcer, PastLibraries, Serving, Logger] },
    { provide: LibraryCounts, useExisting: Catalog },
    {
      provide: ItemSummaries,
      useFactory: (sql: Sql, images: ImageLinks): ItemSummaries => ({
        of: (caller, ids) => summaries(sql, images, caller, ids),
        after: async (caller, id) => {
          const [item] = await summaries(sql, images, caller, [id])
          return item?.kind === 'episode' ? nextOf(sql, images, caller, item) : null
        },
      }),
      inject: [Sql, ImageLinks],
    },
  ],
  exports: [LibraryCounts, ItemSummaries],
})
export class CatalogModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly catalog: Catalog,
    health: Health,
  ) {
    health.register('catalogue', () => Promise.resolve(catalog.ready ? undefined : 'is being read'))
  }

  onModuleInit(): void {
    this.catalog.start()
  }

  onApplicationShutdown(): Promise<void> {
    return this.catalog.stop()
  }
}
