import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import { markItems } from '@projectionist/shared/api/playback'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from './api.js'
import { sendOrKeep } from './kept-intents.js'
import { itemQuery } from './queries.js'

/** What became of marks: recorded under one cause, or kept on this device, with what withdraws them from there. */
export type Marked = { readonly cause: string } | { readonly withdraw: () => boolean }

/**
 * Marks items as watched or not, groups with all inside, all at once. Shown lists follow when it is done; rejects when the server
 * says no.
 */
export function useMarkWatched() {
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ items, watched }: { items: readonly Pick<ItemSummary, 'id'>[]; watched: boolean }): Promise<Marked> {
      const ids = items.map(({ id }) => id)
      const done = await sendOrKeep(
        says => call(markItems, { body: { items: ids, watched, ...says } }),
        says => ids.map(itemId => ({ kind: watched ? 'watched' : 'unwatched', itemId, ...says })),
      )
      if ('answer' in done) return { cause: done.answer.id }
      const shown = ids.map(id => ({ key: itemQuery(id).queryKey, before: client.getQueryData(itemQuery(id).queryKey) }))
      for (const { key } of shown) client.setQueryData(key, known => known && withMark(known, watched))
      return {
        withdraw() {
          if (!done.withdraw()) return false
          for (const { key, before } of shown) if (before) client.setQueryData(key, before)
          return true
        },
      }
    },
    onSettled: () => client.invalidateQueries({ predicate: query => query.meta?.topics?.includes('watch-state') ?? false }),
  })
}

/** As the item will be when the server hears of the mark. */
const withMark = (item: Item, watched: boolean): Item => {
  const { elsewhere: _, ...state } = item.state
  const unwatched = state.unwatched === null ? null : watched ? 0 : Math.max(1, state.unwatched)
  return { ...item, state: { ...state, watched, positionMs: 0, unwatched } }
}

/** Those that a mark would change. */
export const markedOtherwise = (items: readonly ItemSummary[], watched: boolean): readonly ItemSummary[] =>
  items.filter(item => isWatched(item) !== watched)

export const isWatched = ({ state }: Pick<ItemSummary, 'state'>): boolean =>
  state.unwatched === null ? state.watched : state.unwatched === 0
