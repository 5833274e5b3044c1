import type { Item } from '@projectionist/shared/api/items'
import { usePlayingElsewhere } from '../../lib/playing-elsewhere.js'
import { PlayingElsewhere } from '../../ui/playing-elsewhere.js'

/** This very item plays on another device of the person's now. */
export function ItemPlayingElsewhere({ item }: { item: Item }) {
  const { playing, nowMs } = usePlayingElsewhere()
  const there = playing.find(({ itemId }) => itemId === item.id)
  return there ? <PlayingElsewhere there={there} nowMs={nowMs} className="mt-5" /> : null
}
