import type { ElsewherePlace, Item } from '@projectionist/shared/api/items'
import { useQueryClient } from '@tanstack/react-query'
import { deviceSays } from './device-clock.js'
import { outbox } from './kept-intents.js'
import { itemQuery } from './queries.js'
import { ago, clock } from './time-words.js'

/** `You also got to 1:02:10 on Tablet, on Tuesday.` */
export const otherPlaceWords = (
  { positionMs, device, at }: Omit<ElsewherePlace, 'playId' | 'durationMs'>,
  now: number,
  locale?: string,
) => `You also got to ${clock(positionMs)} on ${device || 'another device'}, ${ago(at, now, locale)}.`

/** Tells no more of the other place; a decision of the person's, kept on this device while the server is away. */
export function useDismissOtherPlace(): (itemId: string, place: ElsewherePlace) => void {
  const client = useQueryClient()
  return (itemId, { playId }) => {
    client.setQueryData(itemQuery(itemId).queryKey, known => known && withoutElsewhere(known))
    outbox.keep({ kind: 'dismissed', itemId, playId, ...deviceSays() })
    void outbox.flush()
  }
}

const withoutElsewhere = (item: Item): Item => {
  const { elsewhere: _, ...state } = item.state
  return { ...item, state }
}
