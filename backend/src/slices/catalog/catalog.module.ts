import { Global, Module } from '@nestjs/common'
import { LibraryCounts } from '../../platform/library-counts.js'
import { Sql } from '../../platform/sql/sql.js'
import { CatalogHttp } from './catalog.http.js'

@Global()
@Module({
  controllers: [CatalogHttp],
  providers: [{ provide: LibraryCounts, useFactory: (sql: Sql) => ({ countOf: async (id: string, kind: string) => Number((await sql.query<{ n: number }>('select count(*) n from read.items where library_id=$1 and kind=$2 and not removed', [id, kind]))[0]!.n) }), inject: [Sql] }],
  exports: [LibraryCounts],
})
export class CatalogModule {}
