import type { ItemSummary } from '@projectionist/shared/api/items'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../../lib/cx.js'
import { itemPath } from '../../lib/paths.js'
import { Artwork } from '../../ui/artwork.js'
import { Backdrop, OnBackdrop } from '../../ui/backdrop.js'
import { useItemActions } from '../../ui/item-actions.js'
import { pictureOf, shapeOf } from '../../ui/item-picture.js'
import { Text } from '../../ui/text.js'

interface ItemHeaderProps {
  readonly item: ItemSummary
  /** The line of facts under the title. */
  readonly facts: ReactNode
  /** What stands over the title; by default the groups it belongs to. */
  readonly above?: ReactNode
  /** What to do, and what it is about. */
  readonly children?: ReactNode
}

const widths = {
  poster: 'w-36 md:w-56 lg:w-64',
  square: 'w-56 md:w-64 lg:w-80',
  still: 'w-full max-w-sm md:w-80 lg:w-96',
} as const

/** Head of an item's page: its backdrop fading into the page in the tint of its artwork, its picture, title, facts and actions. */
export function ItemHeader({ item, facts, above = <Parents item={item} />, children }: ItemHeaderProps) {
  const shape = shapeOf(item)
  const picture = pictureOf(item, shape)
  const backdrop = item.pictures.backdrop ?? (shape === 'still' ? item.pictures.thumb : undefined)
  const tint = (picture ?? backdrop)?.colour
  return (
    <header
      className={cx(
        'relative isolate flex flex-col justify-end gutter',
        backdrop ? 'min-h-[min(58vh,36rem)] pt-[min(34vh,18rem)] md:pt-[min(26vh,15rem)]' : 'pt-12',
      )}
    >
      {tint && (
        <div
          aria-hidden="true"
          className="tint-mask pointer-events-none absolute inset-x-0 top-0 -z-20 h-[42rem]"
          style={{ background: `color-mix(in oklab, ${tint} 16%, transparent)` }}
        />
      )}
      <Backdrop picture={backdrop} tint={tint} />
      <OnBackdrop dim={backdrop !== undefined} className="flex flex-col gap-6 md:flex-row md:items-end md:gap-10">
        {!(shape === 'still' && backdrop) && (
          <Artwork
            picture={picture}
            shape={shape}
            title={item.title}
            detail={item.year?.toString()}
            sizes="(min-width: 64rem) 20rem, 14rem"
            eager
            className={cx('shrink-0 shadow-raised', widths[shape], backdrop && 'max-md:hidden')}
          />
        )}
        <div className="min-w-0 flex-1 md:pb-1">
          {above}
          <Text
            as="h1"
            size="display"
            className="line-clamp-3 max-w-[22ch] [overflow-wrap:anywhere]"
            title={item.title.length > 60 ? item.title : undefined}
          >
            {item.title}
          </Text>
          <div className="figures mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-body">{facts}</div>
          {children}
          {useItemActions()({ place: 'page', items: [item] })}
        </div>
      </OnBackdrop>
    </header>
  )
}

/** The groups an item belongs to, outermost first, each a way to it. */
export const Parents = ({ item }: { item: ItemSummary }) =>
  item.parents.length > 0 && (
    <nav aria-label="Belongs to" className="mb-2 flex flex-wrap gap-x-2 text-body font-medium">
      {[...item.parents].reverse().map((parent, index) => (
        <span key={parent.id} className="flex gap-x-2">
          {index > 0 && <span aria-hidden="true">·</span>}
          <Link to={itemPath(parent.id)} className="rounded-s text-ink-1 hover:text-accent-ink">
            {parent.title}
          </Link>
        </span>
      ))}
    </nav>
  )
