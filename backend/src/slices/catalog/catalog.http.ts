import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { getItem } from '@projectionist/shared/api/items'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { ImageLinks } from '../../platform/image-links.js'
import { Sql } from '../../platform/sql/sql.js'
import { itemPage } from './item-page.js'

@Controller()
export class CatalogHttp {
  constructor(
    private readonly sql: Sql,
    private readonly images: ImageLinks,
  ) {}

  @Handle(getItem)
  async getItem({ params: { id } }: Request<typeof getItem>, exchange: Exchange): Promise<Response<typeof getItem>> {
    await exchange.reads('items', 'watch_state', 'libraries')
    return itemPage(this.sql, this.images, exchange.caller, id)
  }
}
