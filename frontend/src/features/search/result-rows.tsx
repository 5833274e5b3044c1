import type { ItemSummary } from '@projectionist/shared/api/items'
import { ArrowRight, CornerDownLeft, Play, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { cardDetail } from '../../lib/item-words.js'
import { cx } from '../../lib/cx.js'
import { Artwork } from '../../ui/artwork.js'
import { pictureOf, shapeOf } from '../../ui/item-picture.js'

interface RowProps {
  readonly id: string
  readonly active: boolean
  readonly onPoint: () => void
  readonly onGo: () => void
}

const Line = ({ id, active, onPoint, onGo, children }: RowProps & { children: ReactNode }) => (
  <div
    id={id}
    role="option"
    aria-selected={active}
    onPointerMove={active ? undefined : onPoint}
    onClick={onGo}
    className={cx('flex min-h-11 cursor-pointer items-center gap-3 rounded-m px-3 py-1.5', active && 'bg-surface-3')}
  >
    {children}
    {active && <CornerDownLeft aria-hidden="true" className="size-4 shrink-0 text-ink-3 max-md:hidden" />}
  </div>
)

const widths = { poster: 'w-8', square: 'w-11', still: 'w-16' } as const

export function ItemResult({ item, ...row }: RowProps & { item: ItemSummary }) {
  const shape = shapeOf(item)
  return (
    <Line {...row}>
      <span className="flex w-16 shrink-0 justify-center">
        <Artwork
          picture={pictureOf(item, shape)}
          shape={shape}
          title=""
          sizes="4rem"
          className={cx('!rounded-s', widths[shape])}
        />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-body font-medium text-ink-1">{item.title}</span>
        <span className="figures block truncate text-ink-3">
          {item.kind === 'episode'
            ? `${item.parents.at(-1)?.title ?? ''} · ${cardDetail(item).split(' · ')[0]}`
            : cardDetail(item)}
        </span>
      </span>
      {item.kind === 'track' && <Play aria-label="Plays it" className="size-4 shrink-0 text-ink-3" />}
    </Line>
  )
}

export const CommandRow = ({
  icon,
  text,
  shortcut,
  ...row
}: RowProps & { icon: ReactNode; text: string; shortcut?: string | undefined }) => (
  <Line {...row}>
    <span className="text-ink-3 [&>svg]:size-5 [&>svg]:stroke-[1.75]">{icon}</span>
    <span className="flex-1 text-body text-ink-1">{text}</span>
    {shortcut && (
      <kbd className="rounded-s bg-surface-2 px-1.5 py-0.5 font-sans text-caption text-ink-3 max-md:hidden">{shortcut}</kbd>
    )}
  </Line>
)

export const MoreRow = ({ text, recent, ...row }: RowProps & { text: string; recent: boolean }) => (
  <Line {...row}>
    <span className="text-ink-3 [&>svg]:size-5 [&>svg]:stroke-[1.75]">{recent ? <RotateCcw /> : <ArrowRight />}</span>
    <span className="flex-1 text-body text-ink-1">{text}</span>
  </Line>
)
