import { search } from '@projectionist/shared/api/items'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.js'

/** What goes by these words, by kind. What was found before stays while more is typed. */
export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: ['search', words],
    queryFn: ({ signal }) => call(search, { query: { q: words.slice(0, 200), limit: 6 }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
