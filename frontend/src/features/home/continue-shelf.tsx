import type { Response } from '@projectionist/shared/api/endpoint'
import type { getContinueWatching } from '@projectionist/shared/api/playback'
import { episodeCode } from '../../lib/item-words.js'
import { timeLeft } from '../../lib/time-words.js'
import { ItemCard } from '../../ui/item-card.js'
import { Shelf } from '../../ui/shelf.js'
import { cardSizes, cardWidths } from './card-widths.js'

export type Entry = Response<typeof getContinueWatching>['items'][number]

/** What was begun, with the time left. */
export const ContinueShelf = ({ entries }: { entries: readonly Entry[] }) => (
  <Shelf title="Continue watching" cardWidth={cardWidths.still}>
    {entries.map(({ item, positionMs, durationMs }) => (
      <ItemCard
        key={item.id}
        item={{ ...item, durationMs, state: { ...item.state, positionMs } }}
        shape="still"
        sizes={cardSizes.still}
        detail={[item.kind === 'episode' && episodeCode(item), timeLeft(positionMs, durationMs)].filter(Boolean).join(' · ')}
      />
    ))}
  </Shelf>
)
