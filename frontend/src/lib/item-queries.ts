import type { Call } from '@projectionist/shared/api/endpoint'
import { getItems, getItemsFacets, getItemsIndex } from '@projectionist/shared/api/items'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './api.js'
import type { Topic } from './live.js'

export type ItemsRequest = NonNullable<Call<typeof getItems>['query']>
export type IndexRequest = NonNullable<Call<typeof getItemsIndex>['query']>
export type FacetsRequest = NonNullable<Call<typeof getItemsFacets>['query']>

const topics: readonly Topic[] = ['items', 'watch-state']

/** One page of items. */
export const itemsQuery = (query: ItemsRequest) =>
  queryOptions({
    queryKey: ['items', 'page', query],
    queryFn: ({ signal }) => call(getItems, { query, signal }),
    meta: { topics },
  })

/** Where everything is in a list. The shape before stays while a narrower one is fetched. */
export const itemsIndexQuery = (query: IndexRequest) =>
  queryOptions({
    queryKey: ['items', 'index', query],
    queryFn: ({ signal }) => call(getItemsIndex, { query, signal }),
    placeholderData: keepPreviousData,
    // What is watched changes a list only where it is asked for.
    meta: { topics: query.watched ? topics : ['items'] },
  })

export const itemsFacetsQuery = (query: FacetsRequest) =>
  queryOptions({
    queryKey: ['items', 'facets', query],
    queryFn: ({ signal }) => call(getItemsFacets, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    meta: { topics: ['items'] },
  })
