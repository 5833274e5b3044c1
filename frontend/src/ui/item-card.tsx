import type { ItemSummary } from '@projectionist/shared/api/items'
import { Check, Play, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../lib/cx.js'
import { cardDetail, cardTitle, progressOf } from '../lib/item-words.js'
import { usePast } from '../lib/past.js'
import { pathOf, watchPath } from '../lib/paths.js'
import { timeLeft } from '../lib/time-words.js'
import { count } from '../lib/words.js'
import { Artwork } from './artwork.js'
import { pictureOf, shapeOf } from './item-picture.js'
import { SeenLine } from './progress.js'

interface ItemCardProps {
  readonly item: ItemSummary
  /** The width it is shown at, as the `sizes` of an image. */
  readonly sizes: string
  /** In place of what the card says by itself. */
  readonly detail?: ReactNode
  readonly shape?: 'poster' | 'still' | 'square'
  /** While items are being selected: whether this one is. */
  readonly selected?: boolean | undefined
  readonly onSelect?: ((range: boolean) => void) | undefined
  readonly eager?: boolean
}

const playable = new Set<ItemSummary['kind']>(['film', 'episode', 'video'])

/** An item among others: its picture, its name, one line, and how much of it was seen. */
export function ItemCard({ item, sizes, detail, shape = shapeOf(item), selected, onSelect, eager = false }: ItemCardProps) {
  const progress = progressOf(item)
  const looking = usePast()
  const line = detail ?? cardDetail(item)
  const body = (
    <>
      <Artwork
        picture={pictureOf(item, shape)}
        shape={shape}
        title={cardTitle(item)}
        detail={item.kind === 'episode' ? item.title : item.year?.toString()}
        sizes={sizes}
        eager={eager}
        className={cx(
          'transition-[outline-color,filter] outline-2 outline-offset-2 outline-transparent group-focus-visible/link:outline-accent-ink tv:outline-4 tv:outline-offset-4',
          selected && '!outline-accent-ink',
          !item.available && 'opacity-45 grayscale',
        )}
      >
        {progress !== null && <SeenLine value={progress} />}
        <Corner item={item} />
        {selected !== undefined && (
          <span
            className={cx(
              'absolute top-1.5 left-1.5 grid size-6 place-items-center rounded-full ring-2 ring-white/90',
              selected ? 'bg-accent text-on-accent' : 'bg-black/45',
            )}
          >
            {selected && <Check className="size-4 stroke-3" />}
          </span>
        )}
        <div className="absolute inset-0 bg-black/0 transition-colors group-hover/card:bg-black/15" />
      </Artwork>
      <span className="mt-2 block truncate text-small font-medium text-ink-1">{cardTitle(item)}</span>
      <span className="figures block truncate text-small text-ink-3">{line || '\u00a0'}</span>
    </>
  )
  const spoken = [
    cardTitle(item),
    cardDetail(item),
    item.state.watched && 'watched',
    progress !== null && timeLeft(item.state.positionMs, item.durationMs ?? 0),
    !item.available && 'not reachable now',
  ]
    .filter(Boolean)
    .join(', ')

  if (onSelect && selected !== undefined)
    return (
      <button
        type="button"
        role="checkbox"
        aria-checked={selected}
        aria-label={spoken}
        data-item={item.id}
        className="group/link group/card block w-full text-left outline-none"
        onClick={event => onSelect(event.shiftKey)}
      >
        {body}
      </button>
    )
  return (
    <div className="group/card relative">
      <Link
        to={pathOf(item)}
        state={{ summary: item }}
        aria-label={spoken}
        data-item={item.id}
        className="group/link block outline-none"
        onClick={event => {
          if (!onSelect || !event.shiftKey) return
          event.preventDefault()
          onSelect(true)
        }}
      >
        {body}
      </Link>
      {playable.has(item.kind) && item.available && !looking && (
        <div className={cx('pointer-events-none absolute inset-x-0 top-0 grid place-items-center', aspects[shape])}>
          <Link
            to={watchPath(item.id)}
            tabIndex={-1}
            aria-label={`Play ${cardTitle(item)}`}
            className="pointer-events-auto grid size-12 scale-90 place-items-center rounded-full bg-accent text-on-accent opacity-0 shadow-raised transition-[opacity,scale] group-hover/card:scale-100 group-hover/card:opacity-100 hover:bg-accent-strong pointer-coarse:hidden tv:hidden"
          >
            <Play className="ml-0.5 size-5 fill-current" />
          </Link>
        </div>
      )}
    </div>
  )
}

const aspects = { poster: 'aspect-2/3', still: 'aspect-video', square: 'aspect-square' } as const

/** What is worth a mark in the corner: seen, how many are left, or that the disk is away. */
function Corner({ item }: { item: ItemSummary }) {
  const left = item.state.unwatched
  const mark = !item.available ? (
    <TriangleAlert className="size-3.5" />
  ) : item.state.watched || left === 0 ? (
    <Check className="size-3.5 stroke-3" />
  ) : left !== null && (item.kind === 'series' || item.kind === 'season') ? (
    count(left)
  ) : null
  return (
    mark && (
      <span className="figures absolute top-1.5 right-1.5 grid h-6 min-w-6 place-items-center rounded-full bg-black/70 px-1.5 text-caption font-semibold text-white">
        {mark}
      </span>
    )
  )
}
