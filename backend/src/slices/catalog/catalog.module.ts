import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { Announcer } from '../../platform/eventing/projector/announcer.js'
import { Health } from '../../platform/http/health.js'
import { LibraryCounts } from '../../platform/library-counts.js'
import { Sql } from '../../platform/sql/sql.js'
import { Logger } from '../../platform/telemetry/logger.js'
import { CatalogHttp } from './catalog.http.js'
import { Catalog } from './catalog.js'

@Global()
@Module({
  controllers: [CatalogHttp],
  providers: [
    { provide: Catalog, useFactory: (sql: Sql, announcer: Announcer, log: Logger) => new Catalog(sql, announcer, log), inject: [Sql, Announcer, Logger] },
    { provide: LibraryCounts, useExisting: Catalog },
  ],
  exports: [LibraryCounts],
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
