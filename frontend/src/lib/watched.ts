import type { ItemSummary } from '@projectionist/shared/api/items'
import { markWatched } from '@projectionist/shared/api/playback'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from './api.js'

/** So many marks are on their way at once; a large selection must not hold up everything else. */
const atOnce = 4

/** Marks items as watched or not, groups with all inside. Shown lists follow when it is done; rejects with the first failure. */
export function useMarkWatched() {
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ items, watched }: { items: readonly Pick<ItemSummary, 'id'>[]; watched: boolean }) {
      const waiting = [...items]
      const work = async () => {
        for (let item = waiting.shift(); item; item = waiting.shift())
          await call(markWatched, { params: { id: item.id }, body: { watched } })
      }
      await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
    },
    onSettled: () => client.invalidateQueries({ predicate: query => query.meta?.topics?.includes('watch-state') ?? false }),
  })
}

/** What brings back how items were before they were marked: those that were the other way. */
export const markedOtherwise = (items: readonly ItemSummary[], watched: boolean): readonly ItemSummary[] =>
  items.filter(item => isWatched(item) !== watched)

export const isWatched = ({ state }: Pick<ItemSummary, 'state'>): boolean =>
  state.unwatched === null ? state.watched : state.unwatched === 0
