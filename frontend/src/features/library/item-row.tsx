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

const columns =
  'grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4 md:grid-cols-[auto_minmax(0,1fr)_5rem_6rem_5rem_8rem]'
const row = cx(columns, 'group/link h-full w-full rounded-m px-2 text-left transition-colors focus-visible:-outline-offset-2')

const artworkWidths = { still: 'w-20', poster: 'w-8', square: 'w-12' } as const

/** What the columns of the lines below are. */
export const ItemRowHead = ({ shape }: { shape: keyof typeof artworkWidths }) => (
  <div
    aria-hidden="true"
    className={cx(columns, 'h-8 border-b border-line px-2 text-caption font-medium text-ink-3 max-md:hidden')}
  >
    <span className={artworkWidths[shape]} />
    <span>Title</span>
    <span>Year</span>
    <span>Length</span>
    <span>Quality</span>
    <span>Added</span>
  </div>
)

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
        className={cx('!rounded-s', artworkWidths[shape])}
      >
        {selected && (
          <span className="absolute inset-0 grid place-items-center bg-black/55 text-white">
            <Check className="size-5 stroke-3" />
          </span>
        )}
      </Artwork>
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
      className={cx(row, selected ? 'bg-accent/20 ring-1 ring-accent-ink ring-inset' : 'hover:bg-surface-2')}
      data-item={item.id}
      onClick={event => onSelect(event.shiftKey)}
    >
      {body}
    </button>
  ) : (
    <Link to={pathOf(item)} state={{ summary: item }} className={cx(row, 'hover:bg-surface-2')} data-item={item.id}>
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
