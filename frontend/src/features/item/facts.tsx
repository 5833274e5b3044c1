import type { Item, ItemSummary } from '@projectionist/shared/api/items'
import { Star } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { rangeName } from '../../lib/media-words.js'
import { duration, wholeDate } from '../../lib/time-words.js'
import { Badge } from '../../ui/chip.js'

/** The one line of facts: when, how long, for whom, how good. */
export function Facts({
  item,
  more = [],
}: {
  item: ItemSummary & Partial<Pick<Item, 'files'>>
  more?: readonly (ReactNode | null)[]
}) {
  const range = item.files
    ?.flatMap(file => file.media.video)
    .map(rangeName)
    .find(Boolean)
  const words: readonly ReactNode[] = [
    item.kind === 'episode' && item.releasedOn ? wholeDate(item.releasedOn) : item.takenAt ? wholeDate(item.takenAt) : item.year,
    item.durationMs ? duration(item.durationMs) : null,
    item.rating !== null && item.rating > 0 ? (
      <span className="inline-flex items-center gap-1" title="Rated by the public, out of 10">
        <Star className="size-4 fill-accent-ink text-accent-ink" aria-hidden="true" />
        <span className="sr-only">Rated</span> {item.rating.toLocaleString(undefined, { maximumFractionDigits: 1 })}
      </span>
    ) : null,
    ...more,
  ].filter(one => one !== null && one !== '' && one !== false)
  return (
    <>
      {words.map((word, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <span aria-hidden="true" className="text-ink-3">
              ·
            </span>
          )}
          <span className="flex items-center">{word}</span>
        </Fragment>
      ))}
      {item.contentRating && <Badge>{item.contentRating}</Badge>}
      {item.quality && <Badge>{item.quality}</Badge>}
      {range && <Badge>{range}</Badge>}
    </>
  )
}
