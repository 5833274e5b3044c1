import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import { markWatched } from '@projectionist/shared/api/playback'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from './api.js'
import { sendOrKeep } from './kept-intents.js'
import { itemQuery } from './queries.js'

/** So many marks are on their way at once; a large selection must not hold up everything else. */
const atOnce = 4

/**
 * Marks items as watched or not, groups with all inside; answers whether any mark was kept on this device, since the server is away.
 * Shown lists follow when it is done; rejects with the first failure.
 */
export function useMarkWatched() {
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ items, watched }: { items: readonly Pick<ItemSummary, 'id'>[]; watched: boolean }) {
      const waiting = [...items]
      let kept = false
      const work = async () => {
        for (let item = waiting.shift(); item; item = waiting.shift()) {
          const { id } = item
          const done = await sendOrKeep(
            says => call(markWatched, { params: { id }, body: { watched, ...says } }),
            says => ({ kind: watched ? 'watched' : 'unwatched', itemId: id, ...says }),
          )
          if (done === 'sent') continue
          kept = true
          client.setQueryData(itemQuery(id).queryKey, known => known && withMark(known, watched))
        }
      }
      await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
      return { kept }
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

/** What brings back how items were before they were marked: those that were the other way. */
export const markedOtherwise = (items: readonly ItemSummary[], watched: boolean): readonly ItemSummary[] =>
  items.filter(item => isWatched(item) !== watched)

export const isWatched = ({ state }: Pick<ItemSummary, 'state'>): boolean =>
  state.unwatched === null ? state.watched : state.unwatched === 0
