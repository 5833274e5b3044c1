import type { ItemSummary } from '@projectionist/shared/api/items'
import { Play } from 'lucide-react'
import { Link } from 'react-router'
import { photoPath } from '../../lib/paths.js'
import { clock, monthWords, wholeDate } from '../../lib/time-words.js'
import { count } from '../../lib/words.js'
import { FadingPicture } from '../../ui/artwork.js'
import { pictureOf } from '../../ui/item-picture.js'
import { Skeleton } from '../../ui/skeleton.js'
import type { Justified } from './justified.js'
import type { Section, TimelineShape } from './timeline-layout.js'

interface TimelineSectionProps {
  readonly section: Section
  readonly layout: Justified | undefined
  readonly shape: TimelineShape
  readonly top: number
  readonly height: number
  readonly at: (index: number) => ItemSummary | undefined
  /** The part of the section that is near sight, px. */
  readonly visible: { readonly from: number; readonly to: number }
}

/** The photos of a month or a part of it; only those near sight are there. */
export function TimelineSection({ section, layout, shape, top, height, at, visible }: TimelineSectionProps) {
  const heading = section.heading ? shape.headingHeight : 0
  return (
    <section
      aria-label={monthWords(section.key)}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {section.heading && (
        <h2 className="flex items-end gap-3 pb-2 text-title font-semibold tracking-tight" style={{ height: heading }}>
          {monthWords(section.key) || 'Without a date'}
          <span className="figures pb-px text-small font-normal tracking-normal text-ink-3">{count(section.count)}</span>
        </h2>
      )}
      <div className="relative">
        {layout ? (
          layout.tiles.map((tile, place) => {
            const photo = at(section.start + place)
            const near = tile.top + tile.height + heading > visible.from && tile.top + heading < visible.to
            return near && photo ? <PhotoTile key={photo.id} photo={photo} {...tile} /> : null
          })
        ) : (
          <Waiting section={section} shape={shape} visible={{ from: visible.from - heading, to: visible.to - heading }} />
        )}
      </div>
    </section>
  )
}

function PhotoTile({
  photo,
  left,
  top,
  width,
  height,
}: {
  photo: ItemSummary
  left: number
  top: number
  width: number
  height: number
}) {
  const picture = pictureOf(photo, 'still')
  return (
    <Link
      to={photoPath(photo.id, photo.libraryId)}
      state={{ summary: photo }}
      aria-label={`${photo.kind === 'video' ? 'Video' : 'Photo'}${photo.takenAt ? ` of ${wholeDate(photo.takenAt)}` : ''}, ${photo.title}`}
      className="absolute overflow-hidden rounded-s transition-[filter] hover:brightness-110 focus-visible:z-10"
      style={{ left, top, width, height, backgroundColor: picture?.colour ?? 'var(--surface-2)' }}
    >
      {picture ? (
        <FadingPicture picture={picture} sizes={`${Math.ceil(width)}px`} />
      ) : (
        <span className="block truncate p-2 text-caption text-ink-3">{photo.title}</span>
      )}
      {photo.kind === 'video' && (
        <span className="figures over-picture absolute right-1.5 bottom-1 flex items-center gap-1 text-caption font-medium text-white">
          <Play className="size-3 fill-current" />
          {photo.durationMs ? clock(photo.durationMs) : ''}
        </span>
      )}
    </Link>
  )
}

/** Tiles in the usual shape, for the part one sees, while the photos are on their way. */
function Waiting({ section, shape, visible }: Pick<TimelineSectionProps, 'section' | 'shape' | 'visible'>) {
  const width = shape.rowHeight * 1.36
  const columns = Math.max(1, Math.floor((shape.width + shape.gap) / (width + shape.gap)))
  const stride = shape.rowHeight + shape.gap
  const firstRow = Math.max(0, Math.floor(visible.from / stride))
  const lastRow = Math.min(Math.ceil(section.count / columns), Math.ceil(visible.to / stride))
  const tiles = []
  for (let place = firstRow * columns; place < Math.min(section.count, lastRow * columns); place++)
    tiles.push(
      <Skeleton
        key={place}
        className="absolute"
        style={{
          left: ((place % columns) * (shape.width + shape.gap)) / columns,
          top: Math.floor(place / columns) * stride,
          width: (shape.width + shape.gap) / columns - shape.gap,
          height: shape.rowHeight,
        }}
      />,
    )
  return tiles
}
