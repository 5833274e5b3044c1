import type { ItemSummary, Picture } from '@projectionist/shared/api/items'
import { useQuery } from '@tanstack/react-query'
import { Music } from 'lucide-react'
import { cx } from '../../lib/cx.js'
import { itemQuery } from '../../lib/queries.js'
import { Square } from '../../ui/artwork.js'

/** A track's own picture, or its album's; undefined when there is none, or it is not known yet. */
export function useSleeve(item: ItemSummary): Picture | undefined {
  const own = item.pictures.poster ?? item.pictures.thumb
  const album = item.parents.find(parent => parent.kind === 'album')
  const { data } = useQuery({
    ...itemQuery(album?.id ?? ''),
    enabled: own === undefined && album !== undefined,
    staleTime: 10 * 60_000,
  })
  return own ?? data?.pictures.poster ?? data?.pictures.thumb
}

interface SleeveProps {
  readonly item: ItemSummary
  /** The width it is shown at, as the `sizes` of an image. */
  readonly sizes: string
  readonly eager?: boolean
  readonly className?: string
}

/** The record's sleeve; where there is none, a note. */
export function Sleeve({ item, sizes, eager = false, className }: SleeveProps) {
  const picture = useSleeve(item)
  if (picture) return <Square picture={picture} title={item.title} sizes={sizes} eager={eager} className={className ?? ''} />
  return (
    <div
      className={cx('@container grid aspect-square place-items-center rounded-m bg-surface-2 text-ink-3', className)}
      aria-hidden="true"
    >
      <Music className="size-[38cqw] stroke-[1.5]" />
    </div>
  )
}
