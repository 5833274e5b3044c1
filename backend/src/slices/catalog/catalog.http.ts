import { Controller } from '@nestjs/common'
import type { Request, Response } from '@projectionist/shared/api/endpoint'
import { getItem, getItems, getItemsFacets, getItemsIndex, search } from '@projectionist/shared/api/items'
import { getContinueWatching, getNextUp } from '@projectionist/shared/api/playback'
import type { Exchange } from '../../platform/http/exchange.js'
import { Handle } from '../../platform/http/handle.js'
import { ImageLinks } from '../../platform/image-links.js'
import { Catalog } from './catalog.js'
import { itemPage } from './item-page.js'
import { summaries } from './item-summaries.js'
import { listFilters } from './list-filters.js'
import { nextUp, unfinished } from './watching.queries.js'

@Controller()
export class CatalogHttp {
  constructor(
    private readonly images: ImageLinks,
    private readonly catalog: Catalog,
  ) {}

  @Handle(getItems)
  async getItems({ query }: Request<typeof getItems>, exchange: Exchange): Promise<Response<typeof getItems>> {
    const { sql, index } = await this.catalog.indexed(exchange)
    const { caller } = exchange
    const filters = await listFilters(sql, caller, query)
    const { ids, next } = index.page({ ...filters, sort: query.sort, order: query.order }, { libraries: caller.libraries }, query.limit, query.cursor)
    return { items: await summaries(sql, this.images, caller, ids), next }
  }

  @Handle(getItemsIndex)
  async getItemsIndex({ query }: Request<typeof getItemsIndex>, exchange: Exchange): Promise<Response<typeof getItemsIndex>> {
    const { sql, index } = await this.catalog.indexed(exchange)
    const filters = await listFilters(sql, exchange.caller, query)
    return index.index({ ...filters, sort: query.sort, order: query.order }, { libraries: exchange.caller.libraries })
  }

  @Handle(getItemsFacets)
  async getItemsFacets({ query }: Request<typeof getItemsFacets>, exchange: Exchange): Promise<Response<typeof getItemsFacets>> {
    const { sql, index } = await this.catalog.indexed(exchange)
    const { genres, decades, qualities } = index.facets(await listFilters(sql, exchange.caller, query), { libraries: exchange.caller.libraries })
    return { genres: [...genres], decades: [...decades], qualities: [...qualities] }
  }

  @Handle(search)
  async search({ query: { q, limit } }: Request<typeof search>, exchange: Exchange): Promise<Response<typeof search>> {
    const { sql, index } = await this.catalog.indexed(exchange)
    const found = index.search(q, { libraries: exchange.caller.libraries }, limit)
    const items = new Map((await summaries(sql, this.images, exchange.caller, found.flatMap(({ ids }) => ids))).map(item => [item.id, item]))
    return { groups: found.map(({ kind, total, ids }) => ({ kind, total, items: ids.flatMap(id => items.get(id) ?? []) })) }
  }

  @Handle(getItem)
  async getItem({ params: { id } }: Request<typeof getItem>, exchange: Exchange): Promise<Response<typeof getItem>> {
    const sql = await this.catalog.reading(exchange, 'items', 'watch_state', 'libraries')
    return itemPage(sql, this.images, exchange.caller, id)
  }

  @Handle(getContinueWatching)
  async getContinueWatching({ query: { limit } }: Request<typeof getContinueWatching>, exchange: Exchange): Promise<Response<typeof getContinueWatching>> {
    const sql = await this.catalog.reading(exchange, 'items', 'watch_state')
    const rows = await unfinished(sql, exchange.caller, limit)
    const items = new Map((await summaries(sql, this.images, exchange.caller, rows.map(row => row.item_id))).map(item => [item.id, item]))
    return {
      items: rows.flatMap(row => {
        const item = items.get(row.item_id)
        return item ? [{ item, positionMs: row.position_ms, durationMs: row.duration_ms, at: row.last_played_at }] : []
      }),
    }
  }

  @Handle(getNextUp)
  async getNextUp({ query: { limit } }: Request<typeof getNextUp>, exchange: Exchange): Promise<Response<typeof getNextUp>> {
    const sql = await this.catalog.reading(exchange, 'items', 'watch_state')
    const rows = await nextUp(sql, exchange.caller, limit)
    return { items: await summaries(sql, this.images, exchange.caller, rows.map(row => row.item_id)) }
  }
}
