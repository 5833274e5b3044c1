import type { ItemSummary } from '@projectionist/shared/api/items'
import { Check } from 'lucide-react'
import { Link } from 'react-router'
import { cx } from '../../lib/cx.js'
import { cardTitle, episodeCode, progressOf } from '../../lib/item-words.js'
import { pathOf } from '../../lib/paths.js'
import { ago, duration } from '../../lib/time-words.js'
import { Artwork } from '../../ui/artwork.js'
import { pictureOf, shapeOf } from '../../ui/item-picture.js'
import { Progress } from '../../ui/progress.js'
import { Skeleton } from '../../ui/skeleton.js'

interface ItemRowProps {
  readonly item: ItemSummary
  readonly selected?: boolean | undefined
  readonly onSelect?: ((range: boolean) => void) | undefined
}

const row =
  'group/link grid h-full w-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4 rounded-m px-2 text-left transition-colors hover:bg-surface-2 md:grid-cols-[auto_minmax(0,1fr)_5rem_6rem_5rem_8rem]'

/** An item as a line with its facts in columns. */
export function ItemRow({ item, selected, onSelect }: ItemRowProps) {
  const shape = shapeOf(item)
  const progress = progressOf(item)
  const detail =
    item.kind === 'episode'
      ? [episodeCode(item), item.title].filter(Boolean).join(' · ')
      : item.parents.map(parent => parent.title).join(' · ')
  const body = (
    <>
      <Artwork
        picture={pictureOf(item, shape)}
        shape={shape}
        title=""
        sizes="5rem"
        className={cx(
          '!rounded-s',
          shape === 'still' ? 'w-20' : shape === 'poster' ? 'w-8' : 'w-12',
          selected && 'outline-2 outline-offset-2 outline-accent-ink',
        )}
      />
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="truncate text-body font-medium text-ink-1">{cardTitle(item)}</span>
          {item.state.watched && <Check className="size-4 shrink-0 text-ink-3" aria-label="Watched" />}
        </span>
        {detail && <span className="block truncate text-small text-ink-3">{detail}</span>}
        {progress !== null && <Progress value={progress} label="Watched so far" className="mt-1 w-32" />}
      </span>
      <span className="figures max-md:text-ink-3">{item.year}</span>
      <span className="figures max-md:hidden">{item.durationMs ? duration(item.durationMs) : ''}</span>
      <span className="max-md:hidden">{item.quality}</span>
      <span className="truncate text-ink-3 max-md:hidden">{ago(item.addedAt, Date.now())}</span>
    </>
  )
  return onSelect && selected !== undefined ? (
    <button
      type="button"
      role="checkbox"
      aria-checked={selected}
      className={row}
      data-item={item.id}
      onClick={event => onSelect(event.shiftKey)}
    >
      {body}
    </button>
  ) : (
    <Link to={pathOf(item)} state={{ summary: item }} className={row} data-item={item.id}>
      {body}
    </Link>
  )
}

export const ItemRowSkeleton = () => (
  <div className="flex h-full items-center gap-4 px-2">
    <Skeleton className="h-12 w-8" />
    <Skeleton className="h-4 w-1/3" />
  </div>
)
